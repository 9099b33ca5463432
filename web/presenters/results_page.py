"""The page of a search: how it was read, the list, and the ways on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.request import MAX_WINDOW, Collapse, Match, Sort
from search.results import ReadPart, SearchResult
from web.parameters.defined.query import NO
from web.parameters.query_string import Pair
from web.parameters.requests import SearchParameters
from web.presenters.advice import Advice, advice
from web.presenters.chips import Chips, chips
from web.presenters.facets import Facets, facets
from web.presenters.index_state import ShownIndex, shown_index
from web.presenters.links import search_href, without
from web.presenters.notices import (
    count_message,
    notice_message,
    relaxed_messages,
    semantic_messages,
    synonyms_message,
)
from web.presenters.paging import Paging, last_page, paging
from web.presenters.region_labels import RegionLabels
from web.presenters.result_item import ResultItem, result_item
from web.presenters.search_form import SearchForm, search_form
from web.presenters.timeline_chart import TimelineChart, timeline_chart
from web.presenters.ways import Ways, ways_of
from web.serving.found_page import FoundPage
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order to choose; the current one is no link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class Link:
    """Leads to another search, or to this one in another form."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownNotice:
    """What is to know of the results, with a way to see others where there is one."""

    text: str
    way: Link | None = None


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the query as it was read."""

    text: str
    excluded: bool
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """Everything that the page of a search shows. `read_as` is empty where the query is plain, `synonyms`
    where nothing else was looked for. `folding` is there where copies are folded, or are listed on demand;
    `counts_copies` says that filters count more articles than there are hits; `chart` is there where there is
    more than one period. `ways` are the same search as files and feeds."""

    form: SearchForm
    chips: Chips
    facets: Facets
    chart: TimelineChart | None
    title: str
    heading: str
    total: int
    listed: int
    count: str
    took: str
    read_as: tuple[ShownPart, ...]
    synonyms: ShownNotice | None
    notices: tuple[ShownNotice, ...]
    sorts: tuple[SortLink, ...]
    folding: Link | None
    counts_copies: bool
    items: tuple[ResultItem, ...]
    paging: Paging
    is_past_end: bool
    is_cut: bool
    window: str
    advice: Advice
    ways: Ways
    canonical_href: str
    index: ShownIndex


def results_page(
    found: FoundPage, parameters: SearchParameters, labels: RegionLabels, texts: Texts
) -> ResultsPage:
    """The page of what was found, with the help that is given beside it."""
    result = found.result
    pairs = without(parameters.pairs, "facets", "cursor")
    heading = texts.say("search.heading", q=result.q) if result.q else texts.say("search.heading_all")
    last = last_page(result.listed, parameters.per_page)
    return ResultsPage(
        form=search_form(pairs),
        chips=chips(pairs, labels, texts),
        facets=facets(result.facets, pairs, labels, texts),
        chart=None if found.timeline is None else timeline_chart(found.timeline, pairs, texts),
        title=_title(heading, result, parameters.page, texts),
        heading=heading,
        total=result.total,
        listed=result.listed,
        count=count_message(result.total, result.clusters, texts),
        took=f"{result.took_ms:.0f}" if result.took_ms >= 1 else f"{result.took_ms:.1f}",
        read_as=_read_as(result.read_as, texts),
        synonyms=_synonyms(result, pairs, texts),
        notices=_notices(result, pairs, texts),
        sorts=_sorts(result, pairs, texts),
        counts_copies=result.clusters < result.total,
        folding=_folding(result, parameters.request.collapse, pairs, texts),
        items=tuple(
            result_item(hit, pairs, labels.regions, texts, found.copies.get(hit.article.id, ()))
            for hit in result.hits
        ),
        paging=paging(pairs, parameters.page, result.listed, parameters.per_page),
        is_past_end=bool(result.listed and parameters.page > last),
        is_cut=result.listed > MAX_WINDOW and parameters.page == last,
        window=f"{MAX_WINDOW:,}",
        advice=advice(found.given, pairs, labels, texts),
        ways=ways_of(pairs),
        canonical_href=search_href(pairs),
        index=shown_index(result, texts),
    )


def _title(heading: str, result: SearchResult, page: int, texts: Texts) -> str:
    """The page in the history of a browser: partial matches and later pages say that they are such."""
    title = texts.say("results.in_part", title=heading) if result.relaxed is not None else heading
    return title if page == 1 else texts.say("search.page_title", q=title, page=page)


def _notices(result: SearchResult, pairs: Sequence[Pair], texts: Texts) -> tuple[ShownNotice, ...]:
    """Each message once, however many brackets it is about; what a link mends has the link behind it."""
    repaired = tuple(
        dict.fromkeys(notice_message(notice, result.repaired, texts) for notice in result.notices)
    )
    relaxed = relaxed_messages(result.relaxed, result.semantic, texts)
    as_typed = _asked_with(pairs, ("match", Match.EXACT.value), texts.say("results.as_typed"))
    full = _asked_with(pairs, ("match", Match.ALL.value), texts.say("results.only_full"))
    return (
        *_told(repaired, None if result.repaired is None else as_typed),
        *_told(relaxed, full),
        *_told(semantic_messages(result.semantic, result.total, texts), None),
    )


def _told(messages: Sequence[str], way: Link | None) -> Iterator[ShownNotice]:
    """The messages, the way behind the last of them."""
    for number, message in enumerate(messages, 1):
        yield ShownNotice(message, way if number == len(messages) else None)


def _asked_with(pairs: Sequence[Pair], pair: Pair, label: str) -> Link:
    """The same search with another value of a parameter."""
    return Link(label, search_href((*without(pairs, pair[0]), pair)))


def _synonyms(result: SearchResult, pairs: Sequence[Pair], texts: Texts) -> ShownNotice | None:
    message = synonyms_message(result.synonyms, texts)
    if not message:
        return None
    return ShownNotice(message, _asked_with(pairs, ("synonyms", NO), texts.say("results.no_synonyms")))


def _read_as(parts: Sequence[ReadPart], texts: Texts) -> tuple[ShownPart, ...]:
    if len(parts) == 1 and parts[0].kind == "word" and parts[0].field is None:
        return ()
    return tuple(_shown(part, texts) for part in parts)


def _shown(part: ReadPart, texts: Texts) -> ShownPart:
    quoted = part.kind == "phrase"
    if part.field is None:
        return ShownPart(_written(part, texts), excluded=part.kind == "not", quoted=quoted)
    value = texts.say("results.quoted", text=part.text) if quoted else _written(part, texts)
    text = texts.say("results.in_field", field=texts.say(f"field.{part.field}"), value=value)
    return ShownPart(text, excluded=part.kind == "not", quoted=False)


def _written(part: ReadPart, texts: Texts) -> str:
    if part.gap is not None:
        return f"{texts.say('results.quoted', text=part.text)}~{part.gap}"
    return f"{part.text}*" if part.kind == "prefix" else part.text


def _sorts(result: SearchResult, pairs: Sequence[Pair], texts: Texts) -> tuple[SortLink, ...]:
    by_date = (Sort.NEWEST, Sort.OLDEST, Sort.ADDED)
    usable = (Sort.RELEVANCE, *by_date) if result.q else by_date
    return tuple(
        SortLink(
            label=texts.say(f"sort.{sort.value}"),
            href=search_href((*without(pairs, "sort"), ("sort", sort.value))),
            current=sort is result.sort,
        )
        for sort in usable
    )


def _folding(result: SearchResult, collapse: Collapse, pairs: Sequence[Pair], texts: Texts) -> Link | None:
    plain = without(pairs, "collapse")
    if not result.total:
        return None
    if collapse is Collapse.NONE:
        return Link(texts.say("results.fold"), search_href(plain))
    if result.clusters == result.total:
        return None
    return Link(texts.say("results.unfold"), search_href((*plain, ("collapse", Collapse.NONE.value))))

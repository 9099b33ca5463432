"""The page of a search: how it was read, the list, and the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.tree import Regions
from search.request import MAX_WINDOW, Sort
from search.results import ReadPart, SearchResult
from web.advice import Advice
from web.params import SearchParameters
from web.presenters.links import api_search_href, search_href, without
from web.presenters.notices import notice_message, relaxed_messages, synonyms_message
from web.presenters.paging import Paging, last_page, paging
from web.presenters.result_item import ResultItem, result_item
from web.presenters.search_form import SearchForm, search_form
from web.query_string import Pair
from web.texts import say


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order to choose; the current one is no link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the query as it was read."""

    text: str
    excluded: bool
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """Everything that the page of a search shows. `read_as` is empty where the query is plain, `synonyms`
    where nothing else was looked for."""

    form: SearchForm
    title: str
    heading: str
    total: int
    took: str
    read_as: tuple[ShownPart, ...]
    synonyms: str
    notices: tuple[str, ...]
    sorts: tuple[SortLink, ...]
    items: tuple[ResultItem, ...]
    known_sources: tuple[str, ...]
    known_regions: tuple[str, ...]
    paging: Paging
    is_past_end: bool
    is_cut: bool
    window: str
    advice: Advice | None
    json_href: str
    generation: str


def results_page(
    result: SearchResult, parameters: SearchParameters, advice: Advice | None, regions: Regions
) -> ResultsPage:
    """The page of this result; `advice` is there where nothing was found."""
    pairs = parameters.pairs
    heading = say("search.heading", q=result.q) if result.q else say("search.heading_all")
    pages = paging(pairs, parameters.page, result.total, parameters.per_page)
    last = last_page(result.total, parameters.per_page)
    items = tuple(result_item(hit, pairs, regions) for hit in result.hits)
    return ResultsPage(
        form=search_form(pairs),
        title=heading if parameters.page == 1 else say("search.page_title", q=heading, page=parameters.page),
        heading=heading,
        total=result.total,
        took=f"{result.took_ms:.0f}" if result.took_ms >= 1 else f"{result.took_ms:.1f}",
        read_as=_read_as(result.read_as),
        synonyms=synonyms_message(result.synonyms),
        notices=_notices(result),
        sorts=_sorts(result, pairs),
        items=items,
        known_sources=tuple(sorted({item.source for item in items if item.source})),
        known_regions=tuple(sorted({item.region for item in items if item.region})),
        paging=pages,
        is_past_end=bool(result.total and parameters.page > last),
        is_cut=result.total > MAX_WINDOW and parameters.page == last,
        window=f"{MAX_WINDOW:,}",
        advice=advice,
        json_href=api_search_href(pairs),
        generation=result.generation,
    )


def _notices(result: SearchResult) -> tuple[str, ...]:
    """Each message once, however many brackets it is about."""
    messages = dict.fromkeys(notice_message(notice, result.repaired) for notice in result.notices)
    return (*messages, *relaxed_messages(result.relaxed))


def _read_as(parts: Sequence[ReadPart]) -> tuple[ShownPart, ...]:
    if len(parts) == 1 and parts[0].kind == "word" and parts[0].field is None:
        return ()
    return tuple(map(_shown, parts))


def _shown(part: ReadPart) -> ShownPart:
    quoted = part.kind == "phrase"
    if part.field is None:
        return ShownPart(_written(part), excluded=part.kind == "not", quoted=quoted)
    label = say(f"field.{part.field}")
    text = f"{label}：“{part.text}”" if quoted else f"{label}：{_written(part)}"
    return ShownPart(text, excluded=part.kind == "not", quoted=False)


def _written(part: ReadPart) -> str:
    if part.gap is not None:
        return f"“{part.text}”~{part.gap}"
    return f"{part.text}*" if part.kind == "prefix" else part.text


def _sorts(result: SearchResult, pairs: Sequence[Pair]) -> tuple[SortLink, ...]:
    usable = tuple(Sort) if result.q else (Sort.NEWEST, Sort.OLDEST)
    return tuple(
        SortLink(
            label=say(f"sort.{sort.value}"),
            href=search_href((*without(pairs, "sort"), ("sort", sort.value))),
            current=sort is result.sort,
        )
        for sort in usable
    )

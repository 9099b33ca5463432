"""The page of a search: how it was read, the list, and the ways on."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.tree import Regions
from search.request import MAX_WINDOW, Collapse, Sort
from search.results import ReadPart, SearchResult
from search.suggestions.query_help import QueryHelp
from web.parameters.query_string import Pair
from web.parameters.requests import SearchParameters
from web.presenters.advice import Advice, advice
from web.presenters.links import api_search_href, search_href, without
from web.presenters.notices import (
    count_message,
    notice_message,
    relaxed_messages,
    semantic_messages,
    synonyms_message,
)
from web.presenters.paging import Paging, last_page, paging
from web.presenters.result_item import ResultItem, result_item
from web.presenters.search_form import SearchForm, search_form
from web.texts import say


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order to choose; the current one is no link."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class FoldingLink:
    """Leads to the same search with copies folded, or with each of them in the list."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    """A part of the query as it was read."""

    text: str
    excluded: bool
    quoted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage:
    """Everything that the page of a search shows. `read_as` is empty where the query is plain, `synonyms`
    where nothing else was looked for. `folding` is there where copies are folded, or are listed on demand."""

    form: SearchForm
    title: str
    heading: str
    total: int
    listed: int
    count: str
    took: str
    read_as: tuple[ShownPart, ...]
    synonyms: str
    notices: tuple[str, ...]
    sorts: tuple[SortLink, ...]
    folding: FoldingLink | None
    items: tuple[ResultItem, ...]
    known_sources: tuple[str, ...]
    known_regions: tuple[str, ...]
    paging: Paging
    is_past_end: bool
    is_cut: bool
    window: str
    advice: Advice
    json_href: str
    generation: str


def results_page(
    result: SearchResult, given: QueryHelp, parameters: SearchParameters, regions: Regions
) -> ResultsPage:
    """The page of this result, with the help that is given beside it."""
    pairs = parameters.pairs
    heading = say("search.heading", q=result.q) if result.q else say("search.heading_all")
    pages = paging(pairs, parameters.page, result.listed, parameters.per_page)
    last = last_page(result.listed, parameters.per_page)
    items = tuple(result_item(hit, pairs, regions) for hit in result.hits)
    return ResultsPage(
        form=search_form(pairs),
        title=heading if parameters.page == 1 else say("search.page_title", q=heading, page=parameters.page),
        heading=heading,
        total=result.total,
        listed=result.listed,
        count=count_message(result.total, result.clusters),
        took=f"{result.took_ms:.0f}" if result.took_ms >= 1 else f"{result.took_ms:.1f}",
        read_as=_read_as(result.read_as),
        synonyms=synonyms_message(result.synonyms),
        notices=_notices(result),
        sorts=_sorts(result, pairs),
        folding=_folding(result, parameters.request.collapse, pairs),
        items=items,
        known_sources=tuple(sorted({item.source for item in items if item.source})),
        known_regions=tuple(sorted({item.region for item in items if item.region})),
        paging=pages,
        is_past_end=bool(result.listed and parameters.page > last),
        is_cut=result.listed > MAX_WINDOW and parameters.page == last,
        window=f"{MAX_WINDOW:,}",
        advice=advice(given, pairs),
        json_href=api_search_href(pairs),
        generation=result.generation,
    )


def _notices(result: SearchResult) -> tuple[str, ...]:
    """Each message once, however many brackets it is about."""
    messages = dict.fromkeys(notice_message(notice, result.repaired) for notice in result.notices)
    return (
        *messages,
        *relaxed_messages(result.relaxed, result.semantic),
        *semantic_messages(result.semantic, result.total),
    )


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
    by_date = (Sort.NEWEST, Sort.OLDEST)
    usable = (Sort.RELEVANCE, *by_date) if result.q else by_date
    return tuple(
        SortLink(
            label=say(f"sort.{sort.value}"),
            href=search_href((*without(pairs, "sort"), ("sort", sort.value))),
            current=sort is result.sort,
        )
        for sort in usable
    )


def _folding(result: SearchResult, collapse: Collapse, pairs: Sequence[Pair]) -> FoldingLink | None:
    plain = without(pairs, "collapse")
    if not result.total:
        return None
    if collapse is Collapse.NONE:
        return FoldingLink(say("results.fold"), search_href(plain))
    if result.clusters == result.total:
        return None
    return FoldingLink(say("results.unfold"), search_href((*plain, ("collapse", Collapse.NONE.value))))

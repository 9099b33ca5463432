"""The pairs of a request to the search or the article asked for; everything that is wrong is told at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum

from index.article import Part
from index.regions.resolve import RegionResolver
from search.request import (
    MAX_WINDOW,
    Collapse,
    Explaining,
    FacetRequest,
    Marking,
    Match,
    Reading,
    Recency,
    SearchRequest,
    Sort,
    Wording,
    implied_sort,
)
from search.semantic.answer import SemanticMode
from web.errors import BadParameters, Fault, FaultKind
from web.parameters.defined import counting, listing, query
from web.parameters.defined.language import LANG
from web.parameters.filters import read_filters
from web.parameters.kinds import IntegerParameter, Parameter
from web.parameters.query_string import Pair, canonical_pairs
from web.parameters.reader import ParameterReader
from web.parameters.spelling import kept_pairs
from web.parameters.table import ARTICLE_PARAMETERS, SEARCH_PARAMETERS
from web.texts.text import Message

MARKING = (query.Q, query.MATCH, query.IN, query.SYNONYMS)
"""The parameters of a search that decide what of an article is marked."""
CARRIED = (*MARKING, LANG)
"""The parameters of a search that a link to one of its articles carries."""


class MarkForm(Enum):
    """How marks are given in an answer."""

    OFFSETS = "offsets"
    HTML = "html"
    BOTH = "both"
    NONE = "none"

    @property
    def has_offsets(self) -> bool:
        return self is MarkForm.OFFSETS or self is MarkForm.BOTH

    @property
    def has_html(self) -> bool:
        return self is MarkForm.HTML or self is MarkForm.BOTH


class TextForm(Enum):
    """Which text of an article is wanted."""

    REPAIRED = "repaired"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameters:
    """A search as asked for. `pairs` lead back to it: what changes nothing is dropped, in table order.

    With a cursor `page` is 1, and says nothing.
    """

    request: SearchRequest
    page: int
    per_page: int
    fields: tuple[str, ...]
    marks: MarkForm
    pairs: tuple[Pair, ...]

    @property
    def canonical(self) -> str:
        """The pairs, sorted, as text: two searches with the same one ask for the same."""
        return canonical_pairs(self.pairs)


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleParameters:
    """An article as asked for."""

    q: str
    match: Match
    parts: tuple[Part, ...]
    wording: Wording
    text: TextForm
    marks: MarkForm
    fields: tuple[str, ...]
    pairs: tuple[Pair, ...]
    """What leads back to the same marks, in the same language where one was asked for."""


def read_search(pairs: Sequence[Pair], regions: RegionResolver) -> SearchParameters:
    """The search that these pairs ask for, regions by their codes. Raises BadParameters with every fault."""
    return read_listing(reader_of(pairs, SEARCH_PARAMETERS), SEARCH_PARAMETERS, listing.PER_PAGE, regions)


def read_listing(
    reader: ParameterReader,
    parameters: Sequence[Parameter],
    hits: IntegerParameter,
    regions: RegionResolver,
) -> SearchParameters:
    """The search that the pairs of a reader ask for; it reads them by a table that has those of a search.

    `hits` is the table's own `per_page`. Raises BadParameters with every fault, those that the reader has
    found already among them.
    """
    asked = read_query(reader)
    read = read_filters(reader, regions)
    sort = _sort(reader, asked.q)
    page = reader.integer(listing.PAGE)
    per_page = reader.integer(hits)
    cursor = reader.text(listing.CURSOR) or None
    fields = reader.names(listing.SEARCH_FIELDS)
    marks = MarkForm(reader.choice(listing.HIGHLIGHT))
    request = SearchRequest(
        q=asked.q,
        filters=read.filters,
        sort=sort,
        offset=(page - 1) * per_page,
        limit=per_page,
        snippets=reader.integer(listing.SNIPPETS),
        snippet_length=reader.integer(listing.SNIPPET_LENGTH),
        marking=Marking.NONE if marks is MarkForm.NONE else Marking.PLACES,
        reading=asked.reading,
        match=asked.match,
        wording=asked.wording,
        collapse=Collapse(reader.choice(query.COLLAPSE)),
        recency=Recency.OFF if reader.choice(query.RECENCY) == query.NO else Recency.AS_SET,
        semantic=_semantic(reader),
        explaining=Explaining.SCORES if reader.choice(query.EXPLAIN) == query.YES else Explaining.NONE,
        parts=asked.parts,
        facets=tuple(
            FacetRequest(field=field, limit=limit) for field, limit in reader.limits(counting.FACETS).items()
        ),
        cursor=cursor,
    )
    paging = _window(page, per_page) if cursor is None else _beside_cursor(reader)
    refuse((*reader.faults, *read.faults, *paging, *_explained(request)))
    return SearchParameters(
        request=request,
        page=page,
        per_page=per_page,
        fields=fields,
        marks=marks,
        pairs=kept_pairs(reader, parameters, {listing.SORT.name: () if sort is None else (sort.value,)}),
    )


def read_article(pairs: Sequence[Pair]) -> ArticleParameters:
    """What these pairs ask of an article. Raises BadParameters with every fault."""
    reader = reader_of(pairs, ARTICLE_PARAMETERS)
    parameters = ArticleParameters(
        q=reader.text(query.Q),
        match=Match(reader.choice(query.MATCH)),
        parts=_parts(reader),
        wording=_wording(reader),
        text=TextForm(reader.choice(listing.TEXT)),
        marks=MarkForm(reader.choice(listing.ARTICLE_HIGHLIGHT)),
        fields=reader.names(listing.ARTICLE_FIELDS),
        pairs=(),
    )
    refuse(reader.faults)
    return replace(parameters, pairs=kept_pairs(reader, CARRIED))


def reader_of(pairs: Sequence[Pair], parameters: Sequence[Parameter]) -> ParameterReader:
    """A reader of these pairs. `lang` is only checked: it is for whoever tells the answer, or the faults."""
    reader = ParameterReader(pairs, parameters)
    reader.choice(LANG)
    return reader


def read_query(reader: ParameterReader) -> SearchRequest:
    """A request for what the query finds, without filters, order or page.

    The table has `q`, `match`, `in`, `repair` and `synonyms`.
    """
    return SearchRequest(
        q=reader.text(query.Q),
        match=Match(reader.choice(query.MATCH)),
        parts=_parts(reader),
        reading=Reading.STRICT if reader.choice(query.REPAIR) == query.NO else Reading.FORGIVING,
        wording=_wording(reader),
    )


def refuse(faults: Sequence[Fault]) -> None:
    """Raises BadParameters where there are faults."""
    if faults:
        raise BadParameters(tuple(faults))


def _sort(reader: ParameterReader, q: str) -> Sort | None:
    """The order asked for; None where it is the one that holds anyway."""
    chosen = reader.choice(listing.SORT)
    return None if chosen is None or chosen == implied_sort(q).value else Sort(chosen)


def _parts(reader: ParameterReader) -> tuple[Part, ...]:
    return tuple(map(Part, reader.names(query.IN)))


def _semantic(reader: ParameterReader) -> SemanticMode | None:
    chosen = reader.choice(query.SEMANTIC)
    return None if chosen is None else SemanticMode(chosen)


def _wording(reader: ParameterReader) -> Wording:
    return Wording.AS_TYPED if reader.choice(query.SYNONYMS) == query.NO else Wording.ANY


def _window(page: int, per_page: int) -> tuple[Fault, ...]:
    if page * per_page <= MAX_WINDOW:
        return ()
    detail = Message("fault.window", {"window": f"{MAX_WINDOW:,}"})
    return (Fault(kind=FaultKind.WINDOW, parameter=listing.PAGE.name, detail=detail),)


def _beside_cursor(reader: ParameterReader) -> tuple[Fault, ...]:
    """That a page is asked for too: a cursor says already where the hits go on."""
    if not reader.given(listing.PAGE):
        return ()
    detail = Message("fault.page_and_cursor")
    return tuple(
        Fault(kind=FaultKind.CONFLICTING, parameter=parameter.name, detail=detail)
        for parameter in (listing.PAGE, listing.CURSOR)
    )


def _explained(request: SearchRequest) -> tuple[Fault, ...]:
    if request.explaining is Explaining.NONE or request.limit <= query.MAX_EXPLAINED:
        return ()
    detail = Message("fault.explained", {"most": query.MAX_EXPLAINED})
    return (Fault(kind=FaultKind.CONFLICTING, parameter=listing.PER_PAGE.name, detail=detail),)

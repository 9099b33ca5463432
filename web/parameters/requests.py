"""The pairs of a request to what is asked for; everything that is wrong is reported at once."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from index.regions.resolve import RegionResolver
from search.language.periods import Period
from search.request import (
    MAX_WINDOW,
    Collapse,
    Explaining,
    Filters,
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
from search.suggestions.suggestion import SuggestionKind
from search.text_analysis import TextUse
from web.errors import BadParameters, Fault, FaultKind
from web.parameters import table
from web.parameters.kinds import IntegerParameter, Parameter, default
from web.parameters.query_string import Pair, canonical_pairs
from web.parameters.reader import ParameterReader
from web.parameters.regions import read_regions
from web.texts import say

MARKING = (table.Q, table.MATCH, table.SYNONYMS)
"""The parameters of a search that decide what of an article is marked."""


class MarkForm(Enum):
    """How marks are given in an answer."""

    OFFSETS = "offsets"
    HTML = "html"
    BOTH = "both"
    NONE = "none"

    @property
    def has_offsets(self) -> bool:
        return self in {MarkForm.OFFSETS, MarkForm.BOTH}

    @property
    def has_html(self) -> bool:
        return self in {MarkForm.HTML, MarkForm.BOTH}


class TextForm(Enum):
    """Which text of an article is wanted."""

    REPAIRED = "repaired"
    ORIGINAL = "original"


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchParameters:
    """A search as asked for. `pairs` lead back to it: what changes nothing is dropped, in table order."""

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
    wording: Wording
    text: TextForm
    marks: MarkForm
    fields: tuple[str, ...]
    pairs: tuple[Pair, ...]
    """What leads back to the same marks."""


@dataclass(frozen=True, slots=True)
class AnalysisParameters:
    """A text whose analysis is asked for."""

    text: str
    use: TextUse


@dataclass(frozen=True, slots=True)
class SuggestionParameters:
    """What was typed so far, and how many suggestions of which kinds are wanted."""

    typed: str
    limit: int
    kinds: frozenset[SuggestionKind]


def read_search(pairs: Sequence[Pair], regions: RegionResolver) -> SearchParameters:
    """The search that these pairs ask for, regions by their codes. Raises BadParameters with every fault."""
    reader = ParameterReader(pairs, table.SEARCH_PARAMETERS)
    q = reader.text(table.Q)
    after = reader.period(table.PUBLISHED_AFTER)
    before = reader.period(table.PUBLISHED_BEFORE)
    sort = _sort(reader, q)
    page = reader.integer(table.PAGE)
    per_page = reader.integer(table.PER_PAGE)
    fields = reader.names(table.SEARCH_FIELDS)
    marks = MarkForm(reader.choice(table.HIGHLIGHT))
    repair = reader.choice(table.REPAIR)
    wanted, unwanted = (
        read_regions(parameter.name, reader.texts(parameter), regions)
        for parameter in (table.REGION, table.EXCLUDE_REGION)
    )
    request = SearchRequest(
        q=q,
        filters=Filters(
            source=reader.texts(table.SOURCE),
            exclude_source=reader.texts(table.EXCLUDE_SOURCE),
            region=wanted.codes,
            exclude_region=unwanted.codes,
            published_after=after.start if after else None,
            published_before=before.end if before else None,
        ),
        sort=sort,
        offset=(page - 1) * per_page,
        limit=per_page,
        snippets=reader.integer(table.SNIPPETS),
        snippet_length=reader.integer(table.SNIPPET_LENGTH),
        marking=Marking.NONE if marks is MarkForm.NONE else Marking.PLACES,
        reading=Reading.STRICT if repair == table.NO else Reading.FORGIVING,
        match=Match(reader.choice(table.MATCH)),
        wording=_wording(reader),
        collapse=Collapse(reader.choice(table.COLLAPSE)),
        recency=Recency.OFF if reader.choice(table.RECENCY) == table.NO else Recency.AS_SET,
        semantic=_semantic(reader),
        explaining=Explaining.SCORES if reader.choice(table.EXPLAIN) == table.YES else Explaining.NONE,
    )
    faults = [
        *reader.faults,
        *wanted.faults,
        *unwanted.faults,
        *_conflicts(reader, after, before),
        *_window(page, per_page),
        *_explained(request),
    ]
    _refuse(faults)
    return SearchParameters(
        request=request,
        page=page,
        per_page=per_page,
        fields=fields,
        marks=marks,
        pairs=_pairs(reader, request, fields),
    )


def read_article(pairs: Sequence[Pair]) -> ArticleParameters:
    """What these pairs ask of an article. Raises BadParameters with every fault."""
    reader = ParameterReader(pairs, table.ARTICLE_PARAMETERS)
    parameters = ArticleParameters(
        q=reader.text(table.Q),
        match=Match(reader.choice(table.MATCH)),
        wording=_wording(reader),
        text=TextForm(reader.choice(table.TEXT)),
        marks=MarkForm(reader.choice(table.ARTICLE_HIGHLIGHT)),
        fields=reader.names(table.ARTICLE_FIELDS),
        pairs=_given(reader, MARKING, {}),
    )
    _refuse(reader.faults)
    return parameters


def read_analysis(pairs: Sequence[Pair]) -> AnalysisParameters:
    """The text that these pairs want analysed. Raises BadParameters with every fault."""
    reader = ParameterReader(pairs, table.ANALYSIS_PARAMETERS)
    text = reader.text(table.ANALYSED)
    use = TextUse(reader.choice(table.AS))
    _refuse(reader.faults)
    return AnalysisParameters(text, use)


def read_suggestion(pairs: Sequence[Pair]) -> SuggestionParameters:
    """What these pairs want suggestions for. Raises BadParameters with every fault."""
    reader = ParameterReader(pairs, table.SUGGESTION_PARAMETERS)
    parameters = SuggestionParameters(
        typed=reader.text(table.TYPED),
        limit=reader.integer(table.LIMIT),
        kinds=frozenset(map(SuggestionKind, reader.names(table.KINDS))),
    )
    _refuse(reader.faults)
    return parameters


def _refuse(faults: Sequence[Fault]) -> None:
    """Raises BadParameters where there are faults."""
    if faults:
        raise BadParameters(tuple(faults))


def _sort(reader: ParameterReader, q: str) -> Sort | None:
    """The order asked for; None where it is the one that holds anyway."""
    chosen = reader.choice(table.SORT)
    return None if chosen is None or chosen == implied_sort(q).value else Sort(chosen)


def _conflicts(reader: ParameterReader, after: Period | None, before: Period | None) -> tuple[Fault, ...]:
    if after is None or before is None or after.start < before.end:
        return ()
    (written_after,) = reader.given(table.PUBLISHED_AFTER)
    (written_before,) = reader.given(table.PUBLISHED_BEFORE)
    detail = say("fault.conflict", after=written_after, before=written_before)
    return tuple(
        Fault(kind=FaultKind.CONFLICTING, parameter=parameter.name, detail=detail)
        for parameter in (table.PUBLISHED_AFTER, table.PUBLISHED_BEFORE)
    )


def _window(page: int, per_page: int) -> tuple[Fault, ...]:
    if page * per_page <= MAX_WINDOW:
        return ()
    detail = say("fault.window", window=f"{MAX_WINDOW:,}")
    return (Fault(kind=FaultKind.WINDOW, parameter=table.PAGE.name, detail=detail),)


def _semantic(reader: ParameterReader) -> SemanticMode | None:
    chosen = reader.choice(table.SEMANTIC)
    return None if chosen is None else SemanticMode(chosen)


def _wording(reader: ParameterReader) -> Wording:
    return Wording.AS_TYPED if reader.choice(table.SYNONYMS) == table.NO else Wording.ANY


def _explained(request: SearchRequest) -> tuple[Fault, ...]:
    if request.explaining is Explaining.NONE or request.limit <= table.MAX_EXPLAINED:
        return ()
    detail = say("fault.explained", most=table.MAX_EXPLAINED)
    return (Fault(kind=FaultKind.CONFLICTING, parameter=table.PER_PAGE.name, detail=detail),)


def _pairs(reader: ParameterReader, request: SearchRequest, fields: tuple[str, ...]) -> tuple[Pair, ...]:
    spelled: dict[str, tuple[str, ...]] = {
        table.REGION.name: reader.texts(table.REGION),
        table.EXCLUDE_REGION.name: reader.texts(table.EXCLUDE_REGION),
        table.SOURCE.name: request.filters.source,
        table.EXCLUDE_SOURCE.name: request.filters.exclude_source,
        table.SORT.name: () if request.sort is None else (request.sort.value,),
        table.SEARCH_FIELDS.name: (",".join(fields),),
    }
    return _given(reader, table.SEARCH_PARAMETERS, spelled)


def _given(
    reader: ParameterReader, parameters: Iterable[Parameter], spelled: Mapping[str, tuple[str, ...]]
) -> tuple[Pair, ...]:
    """The pairs of these parameters as given, or as they are `spelled`; without those at their defaults."""
    pairs: list[Pair] = []
    for parameter in parameters:
        values = spelled.get(parameter.name, reader.given(parameter))
        if isinstance(parameter, IntegerParameter):
            values = tuple(str(int(value)) for value in values)
        if values != (default(parameter),):
            pairs.extend((parameter.name, value) for value in values)
    return tuple(pairs)

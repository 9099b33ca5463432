"""The pairs of a request to what is looked up: analysis, suggestions, similar articles, copies, regions."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.resolve import RegionResolver
from search.request import Collapse, Filters, SimilarRequest
from search.suggestions.suggestion import SuggestionKind
from search.text_analysis import TextUse
from web.parameters.defined import lookups, query
from web.parameters.filters import read_filters
from web.parameters.query_string import Pair
from web.parameters.regions import read_region
from web.parameters.requests import reader_of, refuse
from web.parameters.table import (
    ANALYSIS_PARAMETERS,
    COPIES_PARAMETERS,
    REGION_PARAMETERS,
    SIMILAR_PARAMETERS,
    STATS_PARAMETERS,
    SUGGESTION_PARAMETERS,
)


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


@dataclass(frozen=True, slots=True)
class CopiesParameters:
    """At most `limit` copies that are at least so like the best one."""

    limit: int
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionsParameters:
    """The regions that are called `q`, or without it those below `parent` (the provinces for None); each with
    `depth` levels, itself one of them. `counted_under` is None where no counts are wanted."""

    parent: str | None
    q: str
    depth: int
    counted_under: Filters | None


def read_analysis(pairs: Sequence[Pair]) -> AnalysisParameters:
    """The text that these pairs want analysed. Raises BadParameters with every fault."""
    reader = reader_of(pairs, ANALYSIS_PARAMETERS)
    text = reader.text(lookups.ANALYSED)
    use = TextUse(reader.choice(lookups.AS))
    refuse(reader.faults)
    return AnalysisParameters(text, use)


def read_suggestion(pairs: Sequence[Pair]) -> SuggestionParameters:
    """What these pairs want suggestions for. Raises BadParameters with every fault."""
    reader = reader_of(pairs, SUGGESTION_PARAMETERS)
    parameters = SuggestionParameters(
        typed=reader.text(lookups.TYPED),
        limit=reader.integer(lookups.SUGGESTION_LIMIT),
        kinds=frozenset(map(SuggestionKind, reader.names(lookups.KINDS))),
    )
    refuse(reader.faults)
    return parameters


def read_similar(pairs: Sequence[Pair], regions: RegionResolver) -> SimilarRequest:
    """The similar articles that these pairs ask for. Raises BadParameters with every fault."""
    reader = reader_of(pairs, SIMILAR_PARAMETERS)
    limit = reader.integer(lookups.SIMILAR_LIMIT)
    collapse = Collapse(reader.choice(query.COLLAPSE))
    read = read_filters(reader, regions)
    refuse((*reader.faults, *read.faults))
    return SimilarRequest(limit=limit, filters=read.filters, collapse=collapse)


def read_copies(pairs: Sequence[Pair]) -> CopiesParameters:
    """The copies that these pairs ask for. Raises BadParameters with every fault."""
    reader = reader_of(pairs, COPIES_PARAMETERS)
    parameters = CopiesParameters(reader.integer(lookups.COPIES_LIMIT), reader.decimal(lookups.THRESHOLD))
    refuse(reader.faults)
    return parameters


def read_region_list(pairs: Sequence[Pair], regions: RegionResolver) -> RegionsParameters:
    """The regions that these pairs ask for. Raises BadParameters with every fault."""
    reader = reader_of(pairs, REGION_PARAMETERS)
    named = reader.texts(lookups.PARENT)
    parent = read_region(lookups.PARENT.name, named[0], regions) if named else None
    q = reader.text(lookups.NAMED)
    depth = reader.integer(lookups.DEPTH)
    counts = reader.choice(lookups.COUNTS)
    read = read_filters(reader, regions)
    refuse((*reader.faults, *(() if parent is None else parent.faults), *read.faults))
    return RegionsParameters(
        parent=None if parent is None else parent.codes[0],
        q=q,
        depth=depth,
        counted_under=read.filters if counts == query.YES else None,
    )


def read_stats(pairs: Sequence[Pair]) -> None:
    """Checks the pairs of a request that asks for everything there is. Raises BadParameters."""
    refuse(reader_of(pairs, STATS_PARAMETERS).faults)

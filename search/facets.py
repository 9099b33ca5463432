"""Facets of a request: what of a field is to be counted, and the counts as they are shown."""

from collections.abc import Sequence

from index.analysis.analyzer import Analyzer
from search.engine import FacetCounts
from search.plan import Facet
from search.planning.filters import PlannedFilter, chosen_values, is_missing_chosen
from search.request import FacetRequest, Filters
from search.results import FacetResult, FacetValue


def plan_facet(
    facet: FacetRequest, filters: Filters, planned: Sequence[PlannedFilter], analyzer: Analyzer
) -> Facet:
    """What an engine is to count: under all filters but the one that chooses among the facet's values.

    A filter that leaves values out stays: who chooses another value keeps it too. `planned` are the filters'
    conditions.
    """
    prefix = analyzer.folding.fold(facet.prefix).lstrip()
    named = (*facet.named, *_shown_in_any_case(facet, filters, analyzer))
    return Facet(
        facet.field,
        tuple(one.node for one in planned if one.chosen != facet.field),
        facet.limit,
        tuple(dict.fromkeys(value for value in named if value.startswith(prefix))),
        prefix,
        facet.order,
    )


def facet_result(
    facet: FacetRequest, counts: FacetCounts, filters: Filters, analyzer: Analyzer
) -> FacetResult:
    """The counts of a planned facet; values that are only named come last, the commonest first."""
    chosen = frozenset(chosen_values(filters, facet.field, analyzer))
    first = frozenset(value for value, _ in counts.values)
    named = sorted(
        (pair for pair in counts.named if pair[0] not in first), key=lambda pair: (-pair[1], pair[0])
    )
    given = (*counts.values, *named)
    return FacetResult(
        field=facet.field,
        values=tuple(FacetValue(value, count, value in chosen) for value, count in given),
        distinct=counts.distinct,
        other=counts.total - sum(count for _, count in given),
        missing=counts.missing,
        missing_selected=is_missing_chosen(filters, facet.field),
    )


def _shown_in_any_case(facet: FacetRequest, filters: Filters, analyzer: Analyzer) -> tuple[str, ...]:
    """The values that a filter names; a range of years names none of them."""
    values = chosen_values(filters, facet.field, analyzer)
    return tuple(value for value in values if facet.field != "year" or value in filters.year)

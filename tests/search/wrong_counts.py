"""Oracles that count wrongly, each in its own way."""

from collections import Counter
from dataclasses import replace
from typing import Final

from index.documents import IndexDocument
from search.engine import DateCounts, FacetCounts
from search.plan import Facet, FacetOrder, Histogram, Missing, Node, Plan
from tests.plan_oracle import Oracle, period


class NamedAmongTheFirst(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        found = super()._facet(query, facet)
        return replace(found, named=tuple(pair for pair in found.named if pair in found.values))


class PrefixOfTheFirst(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        found = super()._facet(query, replace(facet, prefix=""))
        return replace(found, values=tuple(pair for pair in found.values if pair[0].startswith(facet.prefix)))


class AlwaysCommonest(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        return super()._facet(query, replace(facet, order=FacetOrder.COMMONEST))


class TotalOfArticles(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        return replace(super()._facet(query, facet), total=len(self._matching(query, facet.filters)))


class MissingWithoutFilters(Oracle):
    def _facet(self, query: Node, facet: Facet) -> FacetCounts:
        missing = super()._facet(query, replace(facet, filters=())).missing
        return replace(super()._facet(query, facet), missing=missing)


class MissingAnyField(Oracle):
    def _score(self, node: Node, document: IndexDocument) -> float | None:
        if isinstance(node, Missing):
            return None if any(document.keywords.values()) else 0
        return super()._score(node, document)


class PeriodsInUtc(Oracle):
    def _histogram(self, plan: Plan, histogram: Histogram) -> DateCounts:
        counts = super()._histogram(plan, histogram)
        dates = [self.documents[name].dates.get(histogram.field) for name in self.matching(plan)]
        shifted = Counter(
            period(date - 8 * 60 * 60, histogram.interval) for date in dates if date is not None
        )
        return replace(counts, periods=tuple(sorted(shifted.items())))


class HistogramOfTheQuery(Oracle):
    def _histogram(self, plan: Plan, histogram: Histogram) -> DateCounts:
        return super()._histogram(replace(plan, filters=()), histogram)


class UndatedIsMissing(Oracle):
    def _histogram(self, plan: Plan, histogram: Histogram) -> DateCounts:
        return replace(super()._histogram(plan, histogram), undated=0)


WRONG_COUNTS: Final[tuple[type[Oracle], ...]] = (
    NamedAmongTheFirst,
    PrefixOfTheFirst,
    AlwaysCommonest,
    TotalOfArticles,
    MissingWithoutFilters,
    MissingAnyField,
    PeriodsInUtc,
    HistogramOfTheQuery,
    UndatedIsMissing,
)

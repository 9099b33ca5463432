"""Runs a plan on a state of the index: the page of hits, exact totals and counts."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from index.opensearch.mapping import SHARED
from search.deadline import Deadline
from search.engine import DateCounts, FacetCounts, Matches, ScoredId
from search.opensearch.answer import Answer, Hit
from search.opensearch.clusters import cluster_count
from search.opensearch.counting import walked
from search.opensearch.dsl import QueryWriter
from search.opensearch.facets import facet_counts
from search.opensearch.histograms import counted_field, histogram_counts
from search.opensearch.places import Places
from search.opensearch.queries import Query
from search.opensearch.request import (
    CLUSTERS,
    CLUSTERS_LEFT_OUT,
    PlanQuery,
    facet_name,
    histogram_name,
    in_window,
)
from search.opensearch.score_bound import SentScores
from search.opensearch.state import State
from search.opensearch.walk import hits_behind
from search.plan import Facet, Grouping, Histogram, Plan


class Execution:
    """One run of one plan, by one thread."""

    def __init__(self, state: State, places: Places, writer: QueryWriter, deadline: Deadline) -> None:
        self._state = state
        self._places = places
        self._writer = writer
        self._deadline = deadline

    def run(self, plan: Plan) -> Matches:
        """The page of hits that the plan wants, exact totals, and the counts. Raises what `State.search`
        does."""
        asked = PlanQuery.of(plan, self._writer)
        answer = self._state.search(asked.page(), self._deadline, asked.key, CLUSTERS_LEFT_OUT)
        counts = answer.aggregations
        return Matches(
            total=answer.total,
            hits=scored(self._hits(asked, answer), asked.sent),
            clusters=self._clusters(asked, counts) if plan.grouping is Grouping.CLUSTERS else None,
            facets=tuple(
                self._facet(asked, facet, counts[facet_name(at)]) for at, facet in enumerate(plan.facets)
            ),
            histograms=tuple(
                self._histogram(asked, histogram, counts[histogram_name(at)])
                for at, histogram in enumerate(plan.histograms)
            ),
        )

    def _hits(self, asked: PlanQuery, answer: Answer) -> Iterable[Hit]:
        plan = asked.plan
        if in_window(plan) or not plan.limit or plan.offset >= answer.total:
            return answer.hits.hits
        return hits_behind(asked, self._state, self._places, self._deadline)

    def _clusters(self, asked: PlanQuery, counts: Mapping[str, Any]) -> int:
        return cluster_count(counts[CLUSTERS], self._walk(asked, SHARED, asked.filters))

    def _facet(self, asked: PlanQuery, facet: Facet, found: Mapping[str, Any]) -> FacetCounts:
        filters = (*asked.common, *asked.own_filters(facet.filters))
        return facet_counts(facet, found, self._walk(asked, facet.field, filters))

    def _histogram(self, asked: PlanQuery, histogram: Histogram, found: Mapping[str, Any]) -> DateCounts:
        return histogram_counts(histogram, found, self._walk(asked, counted_field(histogram), asked.filters))

    def _walk(
        self, asked: PlanQuery, field: str, filters: tuple[Query, ...]
    ) -> Callable[[], Iterable[tuple[Any, int]]]:
        return lambda: walked(field, asked.query, filters, self._state, self._deadline)


def scored(hits: Iterable[Hit], sent: SentScores) -> tuple[ScoredId, ...]:
    """Hits of an order, which ends with their ids, with what their scores stand for."""
    return tuple(ScoredId(str(hit.sort[-1]), sent.meant(hit.score or 0.0)) for hit in hits)

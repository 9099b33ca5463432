"""A plan as the body of one search."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from index.opensearch.mapping import CLUSTER, ID
from search.opensearch.clusters import BUCKETS, cluster_aggregations
from search.opensearch.counting import Room, among
from search.opensearch.dsl import QueryWriter
from search.opensearch.facets import facet_aggregations
from search.opensearch.histograms import histogram_aggregations
from search.opensearch.queries import Query, filtered
from search.opensearch.score_bound import SentScores, sent_scores
from search.plan import ByDate, ByScore, Direction, Grouping, Node, Order, Plan

WINDOW: Final = 10_000
"""Hits from the first on that a page may be in (`max_result_window`); further down they are walked to."""

CLUSTERS: Final = "clusters"
CLUSTERS_LEFT_OUT: Final = f"aggregations.{CLUSTERS}.{BUCKETS}"


def facet_name(at: int) -> str:
    """Of the plan's facet number `at`, from 0."""
    return f"facet-{at}"


def histogram_name(at: int) -> str:
    """Of the plan's histogram number `at`, from 0."""
    return f"histogram-{at}"


@dataclass(frozen=True, slots=True)
class PlanQuery:
    """The query of a plan and its filters, as the cluster gets them.

    `common` are the filters that hold for all that is counted, `others` those of the plan that some facet
    leaves out: they apply to the hits alone, and to counts that name them.
    """

    plan: Plan
    writer: QueryWriter
    sent: SentScores
    query: Query
    common: tuple[Query, ...]
    others: tuple[Query, ...]

    @classmethod
    def of(cls, plan: Plan, writer: QueryWriter) -> "PlanQuery":
        """Raises UnsupportedPlan."""
        sent = sent_scores(plan.query, writer.k1)
        common = _common(plan)
        others = [node for node in plan.filters if node not in common]
        return cls(
            plan,
            writer,
            sent,
            writer.query(sent.node),
            tuple(map(writer.query, common)),
            tuple(map(writer.query, others)),
        )

    @property
    def key(self) -> Node:
        """Searches of equal queries go to the same copy of the index."""
        return self.plan.query

    @property
    def filters(self) -> tuple[Query, ...]:
        """All of the plan's."""
        return (*self.common, *self.others)

    def own_filters(self, filters: Iterable[Node]) -> list[Query]:
        """Those of a facet that are not common to all."""
        common = _common(self.plan)
        return [self.writer.query(node) for node in filters if node not in common]

    def page(self) -> dict[str, Any]:
        """The body of a search for the plan's page and counts; no hits of a page out of the window."""
        plan = self.plan
        counts = self._counts()
        aggregations = {"aggs": counts} if counts else {}
        if not plan.limit or not in_window(plan):
            return self._matching(()) | aggregations | {"size": 0}
        page = {"from": plan.offset, "size": plan.limit}
        return self.hits() | aggregations | collapsed(plan.grouping) | page

    def hits(self, more: Sequence[Query] = ()) -> dict[str, Any]:
        """The body of a search for hits in the plan's order that match these filters too.

        The scored query is the same in all searches of a plan, and all hits are counted: so each article
        is scored by the same steps.
        """
        return self._matching(more) | ordered(self.plan.order)

    def _matching(self, more: Sequence[Query]) -> dict[str, Any]:
        body = {"query": filtered(self.query, self.common), "track_total_hits": True}
        filters = [*self.others, *more]
        return body | {"post_filter": {"bool": {"filter": filters}}} if filters else body

    def _counts(self) -> Mapping[str, Query]:
        plan = self.plan
        room = Room(len(plan.facets) + len(plan.histograms))
        counts: dict[str, Query] = {}
        for at, facet in enumerate(plan.facets):
            filters = self.own_filters(facet.filters)
            counts[facet_name(at)] = among(filters, facet_aggregations(facet, room))
        for at, histogram in enumerate(plan.histograms):
            counts[histogram_name(at)] = among(self.others, histogram_aggregations(histogram, room))
        if plan.grouping is Grouping.CLUSTERS:
            counts[CLUSTERS] = among(self.others, cluster_aggregations(room))
        return counts


def in_window(plan: Plan) -> bool:
    """Whether the cluster gives the plan's page by its place alone."""
    return plan.offset + plan.limit <= WINDOW


def ordered(order: Order) -> dict[str, Any]:
    """The part of a body that says the order; ids, as keywords, are ordered by their code points."""
    match order:
        case ByScore():
            first: Query = {"_score": {"order": "desc"}}
        case ByDate(date_field, direction):
            way = "desc" if direction is Direction.NEWEST_FIRST else "asc"
            first = {date_field: {"order": way, "missing": "_last"}}
    return {"sort": [first, {ID: {"order": "asc"}}], "track_scores": True}


def collapsed(grouping: Grouping) -> dict[str, Any]:
    """The part of a body that lets each cluster be one hit."""
    return {"collapse": {"field": CLUSTER}} if grouping is Grouping.CLUSTERS else {}


def _common(plan: Plan) -> Sequence[Node]:
    """The filters of a plan that all of its facets have."""
    return [node for node in plan.filters if all(node in facet.filters for facet in plan.facets)]

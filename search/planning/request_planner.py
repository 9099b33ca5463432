"""From a request to what an engine is asked: the query understood on a state of the index, and planned."""

from dataclasses import dataclass, replace

from index.analysis.analyzer import Analyzer
from search.cursors import fingerprint
from search.deadline import SEARCH_SECONDS, Deadline
from search.expansion.expanding import Expanded
from search.facets import plan_facet
from search.language.parser import ParseResult
from search.plan import Every, Plan
from search.planning.filters import planned_filters
from search.planning.match_modes import Attempts
from search.planning.planner import grouping_of, order_of
from search.planning.query_plans import QueryPlans
from search.planning.recency import recency_curve, with_recency
from search.ranking import Ranking
from search.request import SearchRequest, Sort, implied_sort
from search.rules.pinned import PinnedResults
from search.walking import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedRequest:
    """How a page of hits is searched for, before its deadline.

    The query of `plan` is one of the `attempts`; `pins` are the articles on top.
    """

    request: SearchRequest
    place: Place
    read: ParseResult
    understood: Expanded
    sort: Sort
    plan: Plan
    attempts: Attempts
    pins: tuple[str, ...]
    deadline: Deadline

    @property
    def fingerprint(self) -> bytes:
        """Equal for all pages of the same list of hits."""
        return fingerprint((replace(self.plan, offset=0, limit=0, facets=()), self.attempts, self.pins))


@dataclass(frozen=True, slots=True)
class RequestPlanner:
    """Plans requests by tables that never change. Safe to share between threads."""

    analyzer: Analyzer
    ranking: Ranking
    queries: QueryPlans
    pinned: PinnedResults

    def planned(self, request: SearchRequest, place: Place) -> PlannedRequest:
        """The page that begins there; its time begins now.

        Raises QueryTooLong, QueryTooComplex and FilterInvalid; QuerySyntax or a kind of it where a strict
        reading was asked for.
        """
        sort = request.sort or implied_sort(request.q)
        query = self.queries.of(request, sort, place.snapshot)
        return PlannedRequest(
            request=request,
            place=place,
            read=query.read,
            understood=query.understood,
            sort=sort,
            plan=self._plan(request, place.offset, sort),
            attempts=with_recency(
                query.attempts,
                recency_curve(request, query.understood.query, sort, self.ranking, place.moment),
            ),
            pins=self.pinned.ids(request.q, self.analyzer.folding) if sort is Sort.RELEVANCE else (),
            deadline=Deadline.after(SEARCH_SECONDS),
        )

    def _plan(self, request: SearchRequest, offset: int, sort: Sort) -> Plan:
        filters = planned_filters(request.filters, self.analyzer)
        return Plan(
            query=Every(),
            filters=tuple(planned.node for planned in filters),
            order=order_of(sort),
            offset=offset,
            limit=request.limit,
            grouping=grouping_of(request.collapse),
            facets=tuple(
                plan_facet(facet, request.filters, filters, self.analyzer) for facet in request.facets
            ),
        )

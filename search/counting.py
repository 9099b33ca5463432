"""How many articles a request is for, without looking for its hits."""

from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from search.deadline import Deadline
from search.engine import SearchEngine
from search.language.understanding import Understanding
from search.plan import ByScore, Plan
from search.planning.demand import Demand
from search.planning.filters import plan_filters
from search.planning.planner import plan_query
from search.ranking import Ranking
from search.request import Match, SearchRequest


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts by one call of the engine, in which nothing is scored. Safe to share between threads."""

    engine: SearchEngine
    analyzer: Analyzer
    ranking: Ranking
    understanding: Understanding

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        """How many articles have all that the request asks for, as a search for it says: neither those that
        have a part of it, nor pinned ones that it does not find.

        Raises QueryTooLong, QueryTooComplex, FilterInvalid, IndexUnavailable and SearchTimeout.
        """
        snapshot = self.engine.snapshot()
        so_far = self.understanding.read(request.q, request.match)
        _, understood = self.understanding.on(so_far, snapshot, request)
        demand = Demand.ANY if request.match is Match.ANY else Demand.ALL
        plan = Plan(
            query=plan_query(understood.query, self.analyzer, self.ranking, demand),
            filters=plan_filters(request.filters, self.analyzer),
            order=ByScore(),
            offset=0,
            limit=0,
        )
        return snapshot.search(plan, deadline).total

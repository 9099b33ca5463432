"""What a way to match asks the engine for: in full, and where that is not enough, in part."""

from dataclasses import dataclass

from index.analysis.analyzer import Analyzer
from search.language.query import Query
from search.plan import Node
from search.planning.demand import Demand
from search.planning.planner import plan_query
from search.ranking import Ranking
from search.request import Match, Sort


@dataclass(frozen=True, slots=True)
class Attempts:
    """`full`: articles that have all that is asked for. `partial`: those that have enough of it, asked for at
    once; None where full ones are asked for first. `fallback`: what is asked for when there are no full ones;
    None for nothing. `lift`: what lifts full ones above the others that are found with them, no part of what
    a hit scores."""

    full: Node
    partial: Node | None = None
    fallback: Node | None = None
    lift: float = 0.0


def attempts(query: Query, mode: Match, sort: Sort, analyzer: Analyzer, ranking: Ranking) -> Attempts:
    """The plans of a query tree.

    In part by relevance alone: in another order, articles that have little of what was asked for would
    stand before those that have all of it.
    """
    match mode:
        case Match.ANY:
            return Attempts(plan_query(query, analyzer, ranking, Demand.ANY))
        case Match.ALL | Match.EXACT:
            return Attempts(plan_query(query, analyzer, ranking))
        case Match.SMART:
            return _smart(query, sort, analyzer, ranking)


def _smart(query: Query, sort: Sort, analyzer: Analyzer, ranking: Ranking) -> Attempts:
    full = plan_query(query, analyzer, ranking)
    partial = plan_query(query, analyzer, ranking, Demand.SOME_OF_LONG)
    some = plan_query(query, analyzer, ranking, Demand.SOME)
    if partial == full or sort is not Sort.RELEVANCE:
        return Attempts(full, fallback=None if some == full else some)
    # Where one long run is all there is, the fallback would ask for the same again.
    fallback = None if some == partial else some
    return Attempts(full, partial, fallback, ranking.full_bonus)

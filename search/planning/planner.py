"""From a query to the plan that an engine runs."""

from collections.abc import Sequence

from index.analysis.analyzer import Analyzer
from index.documents import ADDED, PUBLISHED
from search.language.query import EVERYWHERE, Everything, Phrase, Query, Run
from search.language.query import And as QueryAnd
from search.language.query import Not as QueryNot
from search.language.query import Or as QueryOr
from search.plan import (
    And,
    ByDate,
    ByScore,
    Constant,
    Direction,
    Every,
    Grouping,
    Maybe,
    Node,
    Not,
    Or,
    Order,
)
from search.planning.clause_plans import plan_leaf, score_leaf, some_words
from search.planning.demand import Demand
from search.planning.text_scores import score_title
from search.ranking import Ranking
from search.request import Collapse, Sort


def plan_query(query: Query, analyzer: Analyzer, ranking: Ranking, demand: Demand = Demand.ALL) -> Node:
    """The scored plan of a query tree."""
    match query:
        case Everything():
            return Every()
        case QueryAnd(children) if demand is Demand.ANY:
            return _any_of(children, analyzer, ranking)
        case QueryAnd(children) if demand is Demand.SOME:
            return _some_of(children, analyzer, ranking)
        case QueryAnd(children):
            node = And(tuple(plan_query(child, analyzer, ranking, demand) for child in children))
            return _with_whole_title(node, children, analyzer, ranking)
        case QueryOr(children):
            return Or(tuple(plan_query(child, analyzer, ranking, demand) for child in children))
        case QueryNot(child):
            # What must not be there is never asked for in part.
            return Not(plan_query(child, analyzer, ranking))
        case _:
            return plan_leaf(query, analyzer, ranking, demand)


def _any_of(children: Sequence[Query], analyzer: Analyzer, ranking: Ranking) -> Node:
    """One of the children is enough; those that must not be there must not."""
    wanted = [child for child in children if not isinstance(child, QueryNot)]
    unwanted = [plan_query(child, analyzer, ranking) for child in children if isinstance(child, QueryNot)]
    found = [plan_query(child, analyzer, ranking, Demand.ANY) for child in wanted]
    return And((Or(tuple(found)), *unwanted)) if found else And(tuple(unwanted))


def _some_of(children: Sequence[Query], analyzer: Analyzer, ranking: Ranking) -> Node:
    """Some words of the runs, and all of the other children."""
    runs = [child for child in children if isinstance(child, Run)]
    others = [
        plan_query(child, analyzer, ranking, Demand.SOME) for child in children if not isinstance(child, Run)
    ]
    some = some_words(runs, Demand.SOME, analyzer)
    if some is None:
        return And(tuple(plan_query(child, analyzer, ranking, Demand.SOME) for child in children))
    scores = Or(tuple(score_leaf(run, analyzer, ranking) for run in runs))
    node = And((Maybe(Constant(some, 0.0), scores), *others))
    return _with_whole_title(node, children, analyzer, ranking)


def _with_whole_title(node: Node, children: Sequence[Query], analyzer: Analyzer, ranking: Ranking) -> Node:
    """A title that is asked for as a whole may have quotes and spaces in it, which part it into texts: they
    count as if they were one."""
    texts = [
        child.text for child in children if isinstance(child, Run | Phrase) and child.parts == EVERYWHERE
    ]
    if len(texts) < 2:
        return node
    return Maybe(node, Or(score_title("".join(texts), analyzer, ranking)))


def order_of(sort: Sort) -> Order:
    """The engine's order for a caller's sort."""
    match sort:
        case Sort.RELEVANCE:
            return ByScore()
        case Sort.NEWEST:
            return ByDate(PUBLISHED, Direction.NEWEST_FIRST)
        case Sort.OLDEST:
            return ByDate(PUBLISHED, Direction.OLDEST_FIRST)
        case Sort.ADDED:
            return ByDate(ADDED, Direction.NEWEST_FIRST)


def grouping_of(collapse: Collapse) -> Grouping:
    """The engine's hits for what a caller's are to be."""
    match collapse:
        case Collapse.DUPLICATES:
            return Grouping.CLUSTERS
        case Collapse.NONE:
            return Grouping.ARTICLES

"""What each way to match asks the engine for."""

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.language.query import And as QueryAnd
from search.language.query import Not as QueryNot
from search.language.query import Or as QueryOr
from search.language.query import Phrase, Query, Run, Value
from search.plan import And, AtLeast, Characters, Constant, Keyword, Maybe, Node, Not, Or, Word
from search.planning.clause_plans import plan_leaf
from search.planning.demand import Demand
from search.planning.match_modes import attempts
from search.planning.planner import plan_query
from search.planning.text_scores import score_title
from search.ranking import Ranking
from search.request import Match, Sort

RANKING = Ranking(full_bonus=512.0)
TITLE = (Part.TITLE,)
LONG = Run("湖北省养老服务补贴")
WORDS = ("湖北省", "养老", "服务", "补贴")
SHORT = Run("科技改革")
SOURCE = Value("source", "甲报", ("甲报",))


def matching(node: Node) -> Node:
    """The node without what only scores."""
    match node:
        case Maybe(child):
            return matching(child)
        case Constant(child):
            return matching(child)
        case And(nodes):
            return And(tuple(map(matching, nodes)))
        case Or(nodes):
            return Or(tuple(map(matching, nodes)))
        case Not(child):
            return Not(matching(child))
        case _:
            return node


def words(*texts: str) -> tuple[Word, ...]:
    return tuple(map(Word, texts))


def standing(text: str) -> Characters:
    return Characters(text)


ALL_OF_LONG = Or((standing(LONG.text), And(words(*WORDS))))
SOME_OF_LONG = Or((standing(LONG.text), AtLeast(1, words(*WORDS))))
ALL_OF_SHORT = Or((standing(SHORT.text), And(words("科技", "改革"))))
ANY_OF_SHORT = Or((standing(SHORT.text), AtLeast(1, words("科技", "改革"))))


@pytest.mark.parametrize(
    ("query", "demand", "node"),
    [
        pytest.param(LONG, Demand.ALL, ALL_OF_LONG, id="all of a long run"),
        pytest.param(LONG, Demand.SOME_OF_LONG, SOME_OF_LONG, id="some of a long run"),
        pytest.param(SHORT, Demand.SOME_OF_LONG, ALL_OF_SHORT, id="all of a short one"),
        pytest.param(SHORT, Demand.SOME, ANY_OF_SHORT, id="some of a short one"),
        pytest.param(SHORT, Demand.ANY, ANY_OF_SHORT, id="any word"),
        pytest.param(
            QueryAnd((LONG, SHORT)),
            Demand.SOME_OF_LONG,
            And((SOME_OF_LONG, ALL_OF_SHORT)),
            id="of runs side by side, the long ones in part",
        ),
        pytest.param(
            QueryAnd((LONG, Run("科技"), SHORT)),
            Demand.SOME,
            And((AtLeast(1, words(*WORDS, "科技", "改革")),)),
            id="some words over all runs, each word once",
        ),
        pytest.param(
            QueryAnd((LONG, Run("科技改革", TITLE), Run("发展"))),
            Demand.SOME,
            And(
                (
                    AtLeast(
                        1,
                        (
                            *words(*WORDS),
                            Characters("科技", TITLE),
                            Characters("改革", TITLE),
                            Word("发展"),
                        ),
                    ),
                )
            ),
            id="words in their parts",
        ),
        pytest.param(
            QueryAnd((Run("科技"), Phrase("总投资"), SOURCE, QueryNot(SHORT))),
            Demand.SOME,
            And(
                (
                    AtLeast(1, words("科技")),
                    standing("总投资"),
                    Keyword("source", ("甲报",)),
                    Not(ALL_OF_SHORT),
                )
            ),
            id="phrases, fields and what is excluded stay as they are",
        ),
        pytest.param(
            QueryAnd((Phrase("总投资"), QueryOr((LONG, SHORT)))),
            Demand.SOME,
            And((standing("总投资"), Or((SOME_OF_LONG, ANY_OF_SHORT)))),
            id="brackets in part, without a run beside them",
        ),
        pytest.param(
            QueryAnd((Run("局"), QueryAnd((Run("科技"), Run("改革"))))),
            Demand.SOME,
            And((standing("局"), And((AtLeast(1, words("科技", "改革")),)))),
            id="a single character beside brackets",
        ),
        pytest.param(
            QueryAnd((SHORT, Phrase("总投资"), QueryNot(LONG))),
            Demand.ANY,
            And((Or((ANY_OF_SHORT, standing("总投资"))), Not(ALL_OF_LONG))),
            id="any part, and nothing that is excluded",
        ),
        pytest.param(
            QueryAnd((QueryNot(SHORT), QueryNot(LONG))),
            Demand.ANY,
            And((Not(ALL_OF_SHORT), Not(ALL_OF_LONG))),
            id="nothing but exclusions",
        ),
        pytest.param(
            QueryOr((LONG, QueryNot(LONG))),
            Demand.SOME_OF_LONG,
            Or((SOME_OF_LONG, Not(ALL_OF_LONG))),
            id="what must not be there is never asked for in part",
        ),
    ],
)
def test_articles_that_match(query: Query, demand: Demand, node: Node, analyzer: Analyzer) -> None:
    assert matching(plan_query(query, analyzer, RANKING, demand)) == node


def test_words_that_are_asked_for_in_part_score_as_their_runs(analyzer: Analyzer) -> None:
    plan = plan_query(QueryAnd((SHORT, Run("发展"))), analyzer, RANKING, Demand.SOME)
    full = [plan_leaf(run, analyzer, RANKING) for run in (SHORT, Run("发展"))]
    scores = Or(tuple(leaf.extra for leaf in full if isinstance(leaf, Maybe)))
    in_part = Maybe(Constant(AtLeast(1, words("科技", "改革", "发展")), 0.0), scores)
    # Both runs as one title, which says nothing about what is found.
    assert plan == Maybe(And((in_part,)), Or(score_title("科技改革发展", analyzer, RANKING)))


def plan(query: Query, analyzer: Analyzer, demand: Demand = Demand.ALL) -> Node:
    return plan_query(query, analyzer, RANKING, demand)


@pytest.mark.parametrize("query", [LONG, SHORT, QueryAnd((LONG, SHORT))], ids=["long", "short", "both"])
@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize(
    ("mode", "demand"), [(Match.ALL, Demand.ALL), (Match.EXACT, Demand.ALL), (Match.ANY, Demand.ANY)]
)
def test_one_search_is_all(query: Query, sort: Sort, mode: Match, demand: Demand, analyzer: Analyzer) -> None:
    tried = attempts(query, mode, sort, analyzer, RANKING)
    assert (tried.full, tried.partial, tried.fallback) == (plan(query, analyzer, demand), None, None)


@pytest.mark.parametrize(
    ("query", "has_partial", "has_fallback"),
    [
        pytest.param(Run("科技"), False, False, id="one word"),
        pytest.param(SHORT, False, True, id="a short run"),
        pytest.param(QueryAnd((Run("科技"), Run("改革"))), False, True, id="two words"),
        pytest.param(LONG, True, False, id="a long run, which has nothing left to leave out"),
        pytest.param(QueryAnd((LONG, SHORT)), True, True, id="a long run beside a short one"),
        pytest.param(Phrase(LONG.text), False, False, id="a phrase"),
        pytest.param(QueryNot(LONG), False, False, id="an exclusion"),
        pytest.param(QueryAnd((Phrase("科技"), SOURCE)), False, False, id="a phrase and a field"),
    ],
)
def test_smart_asks_in_part(
    query: Query,
    has_partial: bool,  # noqa: FBT001
    has_fallback: bool,  # noqa: FBT001
    analyzer: Analyzer,
) -> None:
    tried = attempts(query, Match.SMART, Sort.RELEVANCE, analyzer, RANKING)
    full = plan(query, analyzer)
    assert tried.full == full
    assert tried.partial == (plan(query, analyzer, Demand.SOME_OF_LONG) if has_partial else None)
    assert tried.lift == (RANKING.full_bonus if has_partial else 0)
    assert tried.fallback == (plan(query, analyzer, Demand.SOME) if has_fallback else None)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
@pytest.mark.parametrize("query", [SHORT, LONG, QueryAnd((LONG, SHORT))], ids=["short", "long", "both"])
def test_smart_by_date_asks_in_full_first(query: Query, sort: Sort, analyzer: Analyzer) -> None:
    tried = attempts(query, Match.SMART, sort, analyzer, RANKING)
    assert (tried.full, tried.partial) == (plan(query, analyzer), None)
    assert tried.fallback == plan(query, analyzer, Demand.SOME)

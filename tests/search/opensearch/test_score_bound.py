"""Trees that are sent in the stead of others: same articles, same order, and the scores that are meant."""

import math
from itertools import pairwise
from random import Random

import pytest

from search.opensearch.score_bound import SentScores, sent_scores, upper_bound
from search.plan import And, AtLeast, Constant, Every, Keyword, Maybe, Node, Not, Or, Word
from search.ranking import Ranking
from tests.plan_oracle import Oracle
from tests.plan_trees import document, tree
from tests.search.opensearch.judge import judge

K1 = Ranking().k1
BONUS = 1_000_000.0
MANY_WORDS = Or(tuple(Word(name) for name in ("中国", "新闻", "国", "甲乙")))


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    random = Random(1)
    return judge([document(random, number) for number in range(40)])


def scored_constants(node: Node) -> list[float]:
    match node:
        case Constant(_, score):
            return [score]
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return [score for child in nodes for score in scored_constants(child)]
        case Maybe(child, extra):
            return scored_constants(child) + scored_constants(extra)
        case _:
            return []


@pytest.mark.parametrize("seed", range(150))
def test_a_sent_tree_means_the_scores_of_its_own(seed: int, oracle: Oracle) -> None:
    random = Random(seed)
    node = tree(random, list(oracle.documents.values()))
    if seed % 3 == 0:
        node = Maybe(node, Constant(tree(random, list(oracle.documents.values()), 2), BONUS))
    sent = sent_scores(node, K1)
    meant, scores = oracle.scores(node), oracle.scores(sent.node)
    assert meant.keys() == scores.keys()
    assert {name: sent.meant(score) for name, score in scores.items()} == pytest.approx(dict(meant), abs=1e-9)
    assert min(scored_constants(sent.node), default=0.0) >= 0
    ordered = sorted(scores.values())
    assert all(sent.meant(one) <= sent.meant(other) for one, other in pairwise(ordered))


@pytest.mark.parametrize("seed", range(100))
def test_no_article_scores_more_than_the_bound(seed: int, oracle: Oracle) -> None:
    node = tree(Random(seed), list(oracle.documents.values()))
    assert max(oracle.scores(node).values(), default=0.0) <= upper_bound(node, K1)


def test_a_great_bonus_is_sent_as_little_more_than_the_rest_can_score() -> None:
    sent = sent_scores(Maybe(MANY_WORDS, Constant(Word("国"), BONUS)), K1)
    assert sent.stand_in == 2 ** math.ceil(math.log2(2 * upper_bound(MANY_WORDS, K1)))
    assert sent.node == Maybe(MANY_WORDS, Constant(Word("国"), sent.stand_in))
    assert sent.meant(sent.stand_in + 7.25) == BONUS + 7.25
    assert sent.meant(7.25) == 7.25


def test_a_bonus_that_counts_several_times_is_given_back_as_often() -> None:
    sent = sent_scores(And((Constant(Every(), BONUS), Constant(Every(), BONUS), Constant(Every(), 3.0))), K1)
    assert sent.meant(2 * sent.stand_in + 3) == 2 * BONUS + 3


@pytest.mark.parametrize(
    "node",
    [
        Word("国"),
        Constant(Word("国"), 8.0),
        Maybe(Constant(Word("国"), 5_000.0), Constant(Every(), 4_999.0)),
        Not(Constant(Word("国"), BONUS)),
        Constant(Constant(Every(), BONUS), 1.0),
        Keyword("source", ("a",)),
    ],
    ids=repr,
)
def test_what_costs_no_precision_is_sent_as_it_is(node: Node) -> None:
    """A small constant, one that the rest may reach, one that does not count, and none."""
    assert sent_scores(node, K1) == SentScores(node=node)


def test_a_loss_is_sent_as_a_gain_of_all_others() -> None:
    node = Or((Word("国"), Constant(Word("新闻"), -1.0)))
    sent = sent_scores(node, K1)
    gain = Constant(Not(And((Constant(Word("新闻"), -1.0),))), 1.0)
    assert sent == SentScores(
        node=Maybe(Or((Word("国"), Constant(Word("新闻"), 0.0))), Or((gain,))), surplus=1.0
    )

"""What a node matches follows from its conditions, as the oracle judges both."""

from random import Random

import pytest

from index.article import Part
from search.opensearch.conditions import conditions_of, holds, is_single, parts_of
from search.plan import ALL_PARTS, And, AtLeast, Constant, Maybe, Not, Or, Pairs, Word
from tests.plan_oracle import Oracle
from tests.plan_trees import document, tree
from tests.search.opensearch.judge import judge

COMPOSED = (And, Or, AtLeast, Not, Maybe, Constant)


@pytest.fixture(scope="module")
def oracle() -> Oracle:
    random = Random(3)
    return judge([document(random, number) for number in range(30)])


@pytest.mark.parametrize("seed", range(100))
def test_a_node_matches_where_its_conditions_say_so(seed: int, oracle: Oracle) -> None:
    node = tree(Random(seed), list(oracle.documents.values()))
    conditions = set(conditions_of(node))
    assert not any(isinstance(one, COMPOSED) for one in conditions)
    assert all(is_single(one) for one in conditions if isinstance(one, Pairs))
    terms = [(one.text, frozenset(one.parts)) for one in conditions if isinstance(one, Pairs)]
    assert len(set(terms)) == len(terms)
    for name in oracle.documents:
        held = {one for one in conditions if name in oracle.scores(one)}
        assert holds(node, held) == (name in oracle.scores(node)), name
        for part in parts_of(node):
            assert holds(part, held) == (name in oracle.scores(part)), part


def test_pairs_are_made_of_single_ones_and_these_of_their_fields() -> None:
    title, body = Pairs("甲乙", parts=(Part.TITLE,)), Pairs("甲乙", parts=(Part.BODY,))
    both = Pairs("甲乙", 1, 1.0, (Part.BODY, Part.TITLE))
    assert parts_of(Pairs("甲乙甲 丙丁", 2)) == [Pairs("甲乙"), Pairs("乙甲"), Pairs("丙丁")]
    assert parts_of(both) == [title, body]
    assert (parts_of(title), is_single(title), is_single(both)) == ((), True, False)
    assert holds(both, {body})
    assert not holds(Pairs("甲乙", 2, 1.0, both.parts), {title, body})


def test_a_term_is_one_condition_whatever_its_weight_and_the_order_of_its_parts() -> None:
    backwards = Pairs("甲乙", 1, 0.5, ALL_PARTS[::-1])
    assert list(conditions_of(Or((backwards, Pairs("甲乙"))))) == [Pairs("甲乙"), Pairs("甲乙")]
    assert holds(backwards, {Pairs("甲乙")})


def test_no_pair_is_never_held() -> None:
    for node in (Pairs("甲"), Pairs("甲 "), Pairs("甲乙", parts=()), Pairs("", parts=ALL_PARTS)):
        assert list(conditions_of(node)) == []
        assert not holds(node, {node, Word("甲")})

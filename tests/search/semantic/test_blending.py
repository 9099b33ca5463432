"""Two orders become one."""

from itertools import pairwise
from statistics import fmean, pstdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engine import ScoredId
from search.semantic.blending import Blending, blended

values = st.integers(-1000, 1000).map(float)


def ids(hits: tuple[ScoredId, ...]) -> str:
    return "".join(hit.id for hit in hits)


def hits_of(scores: list[float]) -> tuple[ScoredId, ...]:
    return tuple(ScoredId(chr(97 + number), score) for number, score in enumerate(scores))


@pytest.mark.parametrize(
    ("scores", "nearness", "weight", "order"),
    [
        ([3, 2, 1], {"a": 0.1, "b": 0.2, "c": 0.3}, 0, "abc"),
        ([3, 2, 1], {"a": 0.1, "b": 0.2, "c": 0.3}, 2, "cba"),
        ([9, 2, 1], {"a": 0.8, "b": 0.2, "c": 0.9}, 1, "acb"),
        ([3, 2, 1], {"a": 0.5, "b": 0.5, "c": 0.5}, 5, "abc"),
        ([1, 1, 1], {"a": 0.1, "b": 0.3, "c": 0.2}, 1, "bca"),
        ([3, 2, 1], {}, 1, "abc"),
        ([5, 4, 3, 2], {"a": 0.1, "c": 0.9}, 9, "cbda"),
        ([], {}, 1, ""),
        ([7], {"a": 0.4}, 1, "a"),
        ([7, 6], {"a": 0.4, "b": 0.9}, 2, "ab"),
        ([7, 6], {"a": 0.4, "b": 0.9}, 2.1, "ba"),
    ],
    ids=[
        "words alone",
        "mostly meaning",
        "both",
        "equally near",
        "equally good",
        "no vectors",
        "some",
        "none",
        "one",
        "two: the words decide",
        "two: unless meaning has a greater weight",
    ],
)
def test_the_order_is_that_of_both_standard_scores(
    scores: list[float], nearness: dict[str, float], weight: float, order: str
) -> None:
    assert ids(blended(hits_of(scores), scores, nearness, weight)) == order


@given(st.lists(st.tuples(values, values), min_size=2, max_size=12), st.sampled_from([0.5, 1.0, 2.0]))
def test_the_order_is_the_one_worked_out_by_hand(pairs: list[tuple[float, float]], weight: float) -> None:
    scores, near = [score for score, _ in pairs], [nearness for _, nearness in pairs]
    hits = hits_of(scores)
    sums = {
        hit.id: _standard(score, scores) + weight * (1 - 1 / len(pairs)) * _standard(nearness, near)
        for hit, (score, nearness) in zip(hits, pairs, strict=True)
    }
    order = blended(hits, scores, {hit.id: n for hit, n in zip(hits, near, strict=True)}, weight)
    assert sorted(order, key=lambda hit: hit.id) == list(hits)
    assert all(sums[first.id] >= sums[second.id] - 1e-9 for first, second in pairwise(order))


def _standard(value: float, among: list[float]) -> float:
    deviation = pstdev(among)
    return (value - fmean(among)) / deviation if deviation else 0.0


@pytest.mark.parametrize(
    ("articles", "least"), [(0, 0), (1, 0), (2, 0.5), (10, 1.5), (17, 2), (18, 2), (100_000, 2)]
)
def test_of_few_articles_one_need_not_lie_further_above_the_mean_than_it_can(
    articles: int, least: float
) -> None:
    assert Blending(nearer=2.0).least(articles) == least


@given(st.integers(2, 60))
def test_the_nearest_of_all_can_always_be_brought_in(articles: int) -> None:
    """The furthest above the mean that one of them can lie: all others are equal."""
    highest = (1 - fmean(one := [1.0, *[0.0] * (articles - 1)])) / pstdev(one)
    assert Blending().least(articles) < highest

"""Measures of one ranking: rows worked out by hand, and laws."""

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.measures import Measure, ndcg, recall, reciprocal_rank, value_of

GRADES = {"a": 2, "b": 1, "c": 1, "x": 0, "y": -2}
IDEAL = 2 + 1 / math.log2(3) + 1 / 2

# What ir_measures 0.4.3 (pytrec_eval-terrier 0.5.11) gives for nDCG@10, RR@10 and R@100.
TREC_EVAL = [
    (
        ["x", "b", "f", "a", "d", "e"],
        {"a": 3, "b": 1, "c": 2, "d": 2, "e": 0, "f": -1},
        (0.4737194479519298, 0.5, 0.75),
    ),
    (
        [*(f"x{number}" for number in range(8)), "b", "a"],
        {"a": 4, "b": 1, "c": 1},
        (0.28402051303102827, 1 / 9, 2 / 3),
    ),
    ([*(f"x{number}" for number in range(99)), "a", "b"], {"a": 1, "b": 1}, (0.0, 0.0, 0.5)),
]


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (["a", "b", "c"], 1.0),
        (["a", "c", "b"], 1.0),
        (["b", "a"], (1 + 2 / math.log2(3)) / IDEAL),
        (["x", "unknown", "a"], 1 / IDEAL),
        (["y", "a"], 2 / math.log2(3) / IDEAL),
        (["x", "y", "z"], 0.0),
        ([], 0.0),
        ([*map(str, range(10)), "a"], 0.0),
    ],
    ids=["best", "equal-grades", "swapped", "late", "negative", "none-relevant", "nothing", "too-deep"],
)
def test_ndcg_discounts_grades_by_rank(ranking: list[str], expected: float) -> None:
    assert ndcg(ranking, GRADES, 10) == pytest.approx(expected)


def test_the_ideal_is_cut_at_the_same_depth() -> None:
    assert ndcg(["a", "b"], GRADES, 2) == 1.0


@pytest.mark.parametrize(
    ("ranking", "expected"),
    [
        (["b"], 1.0),
        (["x", "a", "b"], 1 / 2),
        ([*map(str, range(9)), "c"], 1 / 10),
        ([*map(str, range(10)), "c"], 0.0),
        ([], 0.0),
    ],
)
def test_the_first_relevant_article_counts(ranking: list[str], expected: float) -> None:
    assert reciprocal_rank(ranking, GRADES, 10) == expected


@pytest.mark.parametrize(
    ("ranking", "depth", "expected"),
    [
        (["c", "x", "b", "a"], 100, 1.0),
        (["c", "x", "b", "a"], 3, 2 / 3),
        (["x", "y"], 100, 0.0),
        ([], 100, 0.0),
    ],
)
def test_recall_is_the_share_of_relevant_articles(ranking: list[str], depth: int, expected: float) -> None:
    assert recall(ranking, GRADES, depth) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [(Measure.NDCG_10, 2 / math.log2(3) / IDEAL), (Measure.MRR_10, 0.5), (Measure.RECALL_100, 1 / 3)],
    ids=lambda value: value.value if isinstance(value, Measure) else "",
)
def test_a_measure_has_the_depth_of_its_name(measure: Measure, expected: float) -> None:
    assert value_of(measure, ["x", "a", *map(str, range(98)), "b"], GRADES) == pytest.approx(expected)


@pytest.mark.parametrize(
    ("ranking", "grades", "expected"),
    TREC_EVAL,
    ids=["graded", "late", "deep"],
)
def test_values_are_those_of_trec_eval(
    ranking: list[str], grades: dict[str, int], expected: tuple[float, float, float]
) -> None:
    found = tuple(value_of(measure, ranking, grades) for measure in Measure)
    assert found == pytest.approx(expected, abs=1e-12)


ARTICLES = "abcdef"
graded = st.dictionaries(st.sampled_from(ARTICLES), st.integers(-2, 4), min_size=1).filter(
    lambda grades: max(grades.values()) > 0
)
rankings = st.lists(st.sampled_from(ARTICLES), unique=True)


@given(rankings, graded, st.sampled_from(Measure))
def test_a_measure_lies_between_0_and_1(ranking: list[str], grades: dict[str, int], measure: Measure) -> None:
    assert 0 <= value_of(measure, ranking, grades) <= 1


@given(graded, st.integers(1, 6))
def test_the_best_of_all_rankings_has_an_ndcg_of_1(grades: dict[str, int], depth: int) -> None:
    best = max(ndcg(ranking, grades, depth) for ranking in permutations(grades))
    assert best == pytest.approx(1)


@given(rankings, graded, st.data())
def test_moving_a_better_article_up_never_lowers_ndcg(
    ranking: list[str], grades: dict[str, int], data: st.DataObject
) -> None:
    if len(ranking) < 2:
        return
    upper = data.draw(st.integers(0, len(ranking) - 2))
    lower = data.draw(st.integers(upper + 1, len(ranking) - 1))
    if grades.get(ranking[lower], 0) < grades.get(ranking[upper], 0):
        return
    swapped = list(ranking)
    swapped[upper], swapped[lower] = swapped[lower], swapped[upper]
    assert ndcg(swapped, grades, 10) >= ndcg(ranking, grades, 10) - 1e-12


@given(rankings, graded, st.sampled_from(Measure))
def test_articles_that_nobody_judged_change_nothing_behind_the_rest(
    ranking: list[str], grades: dict[str, int], measure: Measure
) -> None:
    assert value_of(measure, [*ranking, "p", "q"], grades) == value_of(measure, ranking, grades)

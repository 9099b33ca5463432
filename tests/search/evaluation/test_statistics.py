"""Intervals and significance: beside plain oracles, and the same each time."""

import math
from itertools import product
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.evaluation.bootstrap import Estimate, estimate
from search.evaluation.significance import p_value

eighths = st.integers(-8, 8).map(lambda number: number / 8)


class TestInterval:
    @given(st.lists(st.integers(0, 8).map(lambda number: number / 8), min_size=1, max_size=30))
    def test_it_holds_the_mean_and_lies_among_the_values(self, values: list[float]) -> None:
        found = estimate(values)
        assert found.mean == fmean(values)
        assert min(values) <= found.low <= found.mean + 1e-12
        assert found.mean - 1e-12 <= found.high <= max(values)

    def test_equal_values_leave_no_doubt(self) -> None:
        assert estimate([0.1] * 40) == Estimate(0.1, 0.1, 0.1)

    def test_one_query_says_nothing_of_others(self) -> None:
        assert estimate([0.3]) == Estimate(0.3, 0.3, 0.3)

    def test_it_is_as_wide_as_the_normal_one_where_there_are_many(self) -> None:
        values = [(number * 37 % 101) / 100 for number in range(400)]
        found, half = estimate(values), 1.96 * stdev(values) / math.sqrt(len(values))
        assert found.high - found.mean == pytest.approx(half, rel=0.1)
        assert found.mean - found.low == pytest.approx(half, rel=0.1)

    def test_it_is_the_same_each_time(self) -> None:
        values = [0.0, 0.5, 1.0, 0.25, 0.125]
        assert estimate(values) == estimate(values)


def exact_p(differences: list[float]) -> float:
    """The share of all choices of signs, also of differences of 0, with a sum at least as far from 0."""
    observed = abs(sum(differences))
    sums = [
        abs(sum(sign * one for sign, one in zip(signs, differences, strict=True)))
        for signs in product((1, -1), repeat=len(differences))
    ]
    return fmean(one >= observed for one in sums)


class TestSignificance:
    # Eighths are exact in binary, so the oracle needs no tolerance.
    @given(st.lists(eighths, max_size=9))
    def test_few_differences_are_counted_out(self, differences: list[float]) -> None:
        assert p_value(differences) == pytest.approx(exact_p(differences))

    @pytest.mark.parametrize(
        ("differences", "p"),
        [
            ([], 1.0),
            ([0.0, 0.0], 1.0),
            ([0.5], 1.0),
            ([0.5] * 5, 2 / 2**5),
            ([-0.5] * 13, 2 / 2**13),
            ([0.5] * 14, 1 / 10_001),
            ([0.1, 0.2, -0.3], 1.0),
        ],
        ids=["none", "equal", "one", "five-wins", "last-exact", "first-drawn", "balanced"],
    )
    def test_known_cases(self, differences: list[float], p: float) -> None:
        # By chance a draw of 14 signs may be all alike, once in 8,192: a few of 10,000.
        assert p_value(differences) == pytest.approx(p, abs=6e-4)

    def test_drawing_comes_close_to_counting(self) -> None:
        differences = [(number % 5 - 1.6) / 8 for number in range(16)]
        assert p_value(differences) == pytest.approx(exact_p(differences), abs=0.02)

    @given(st.lists(eighths, max_size=12))
    def test_the_direction_does_not_matter(self, differences: list[float]) -> None:
        assert p_value(differences) == p_value([-one for one in differences])

    def test_it_is_never_0_and_the_same_each_time(self) -> None:
        differences = [0.01 * (1 + number % 3) for number in range(200)]
        assert p_value(differences) == p_value(differences) == 1 / 10_001

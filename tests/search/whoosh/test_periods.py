"""Dates by year, month and day in China, against the calendar of Python."""

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.plan import Interval
from search.whoosh.periods import count_periods
from tests.plan_oracle import period


@pytest.mark.parametrize(
    ("moment", "year", "month", "day"),
    [
        pytest.param(datetime(1969, 12, 31, 15, 59, 59, tzinfo=UTC), -1, -1, -1, id="the evening before"),
        pytest.param(datetime(1969, 12, 31, 16, 0, 0, tzinfo=UTC), 0, 0, 0, id="midnight in China"),
        pytest.param(datetime(2024, 2, 29, 15, 0, tzinfo=UTC), 54, 649, 19782, id="a leap day"),
    ],
)
def test_periods_are_those_of_china(moment: datetime, year: int, month: int, day: int) -> None:
    seconds = int(moment.timestamp())
    for interval, number in zip(Interval, (year, month, day), strict=True):
        assert period(seconds, interval) == number
        assert count_periods(np.array([seconds]), interval) == ((number, 1),)


@given(st.lists(st.integers(-(2**40), 2**40), max_size=30), st.sampled_from(Interval))
def test_periods_are_counted_as_by_the_calendar(dates: list[int], interval: Interval) -> None:
    numbers = [period(date, interval) for date in dates]
    expected = tuple((number, numbers.count(number)) for number in sorted(set(numbers)))
    assert count_periods(np.array(dates, dtype=np.int64), interval) == expected

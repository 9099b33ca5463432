"""Dates as people write them, and the periods that they mean."""

from datetime import datetime

import pytest

from index.describe.times import CHINA
from search.language.periods import read_period


def at(year: int, month: int = 1, day: int = 1) -> datetime:
    return datetime(year, month, day, tzinfo=CHINA)


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        pytest.param("2024", at(2024), at(2025), id="year"),
        pytest.param("2024-03", at(2024, 3), at(2024, 4), id="month"),
        pytest.param("2024-12", at(2024, 12), at(2025), id="December"),
        pytest.param("2024-02-29", at(2024, 2, 29), at(2024, 3), id="leap day"),
        pytest.param("2024-12-31", at(2024, 12, 31), at(2025), id="last day of the year"),
        pytest.param("1900", at(1900), at(1901), id="first year"),
        pytest.param("2100", at(2100), at(2101), id="last year"),
    ],
)
def test_a_date_means_its_whole_period(written: str, start: datetime, end: datetime) -> None:
    period = read_period(written)
    assert period is not None
    assert (period.start, period.end) == (start, end)


@pytest.mark.parametrize(
    "written",
    [
        *("", "24", "1899", "2101", "2024-3", "2024-13", "2024-00", "2024-01-00", "2023-02-29", "2024-01-32"),
        *("２０２４", "2024-01-01T00:00", " 2024", "2024\n", "2024/03", "-2024"),
    ],
)
def test_anything_else_is_no_date(written: str) -> None:
    assert read_period(written) is None

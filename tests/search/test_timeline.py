"""Timelines: every period from the first to the last, and no more than can be drawn."""

from collections.abc import Sequence

import pytest

from search.engine import DateCounts
from search.errors import TooManyBuckets
from search.plan import Interval
from search.timeline import MAX_BUCKETS, buckets_of


def counted(interval: Interval, *periods: tuple[int, int]) -> DateCounts:
    return DateCounts(field="published", interval=interval, periods=periods, undated=2)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        pytest.param(counted(Interval.DAY), [], id="nothing"),
        pytest.param(counted(Interval.YEAR, (54, 3)), [("2024", 3)], id="one"),
        pytest.param(
            counted(Interval.YEAR, (-1, 1), (1, 2)), [("1969", 1), ("1970", 0), ("1971", 2)], id="years"
        ),
        pytest.param(
            counted(Interval.MONTH, (-1, 1), (1, 2)),
            [("1969-12", 1), ("1970-01", 0), ("1970-02", 2)],
            id="months",
        ),
        pytest.param(
            counted(Interval.DAY, (58, 1), (60, 1)),
            [("1970-02-28", 1), ("1970-03-01", 0), ("1970-03-02", 1)],
            id="days",
        ),
    ],
)
def test_a_period_without_articles_is_there_too(
    counts: DateCounts, expected: Sequence[tuple[str, int]]
) -> None:
    assert [(bucket.start, bucket.count) for bucket in buckets_of(counts)] == expected


@pytest.mark.parametrize("interval", list(Interval))
def test_so_many_periods_are_given_and_no_more(interval: Interval) -> None:
    assert len(buckets_of(counted(interval, (0, 1), (MAX_BUCKETS - 1, 1)))) == MAX_BUCKETS
    with pytest.raises(TooManyBuckets, match=f"at most 1,000 {interval.value}s, not 1,001: ask for"):
        buckets_of(counted(interval, (0, 1), (MAX_BUCKETS, 1)))

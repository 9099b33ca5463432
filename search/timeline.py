"""Hits by time: how many articles of a search lie in each year, month or day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from types import MappingProxyType
from typing import Final

from search.engine import DateCounts
from search.errors import TooManyBuckets
from search.plan import Interval

MAX_BUCKETS: Final = 1_000
"""Periods of one timeline (API contract)."""

_EPOCH: Final = date(1970, 1, 1)
_MONTHS: Final = 12

_LONGER: Final[Mapping[Interval, str]] = MappingProxyType(
    {
        Interval.DAY: "ask for months or years, or for fewer years",
        Interval.MONTH: "ask for years, or for fewer of them",
        Interval.YEAR: "ask for fewer years",
    }
)


@dataclass(frozen=True, slots=True)
class Bucket:
    """The articles of a period, which is written `2024`, `2024-03` or `2024-03-05`, in China's time."""

    start: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """The articles of a search by the period that they were published in, from the first one to the last;
    periods in between that have none are there too.

    `total` articles are found in the state that `generation` names, `undated` of them without a date.
    """

    interval: Interval
    buckets: tuple[Bucket, ...]
    undated: int
    total: int
    generation: str


def buckets_of(counts: DateCounts) -> tuple[Bucket, ...]:
    """All periods from the first one with articles to the last. Raises TooManyBuckets."""
    if not counts.periods:
        return ()
    known = dict(counts.periods)
    periods = range(counts.periods[0][0], counts.periods[-1][0] + 1)
    if len(periods) > MAX_BUCKETS:
        raise TooManyBuckets(
            f"a timeline has at most {MAX_BUCKETS:,} {counts.interval.value}s, not {len(periods):,}: "
            f"{_LONGER[counts.interval]}"
        )
    return tuple(Bucket(_written(period, counts.interval), known.get(period, 0)) for period in periods)


def _written(period: int, interval: Interval) -> str:
    match interval:
        case Interval.YEAR:
            return f"{_EPOCH.year + period:04}"
        case Interval.MONTH:
            years, month = divmod(period, _MONTHS)
            return f"{_EPOCH.year + years:04}-{month + 1:02}"
        case Interval.DAY:
            return (_EPOCH + timedelta(days=period)).isoformat()

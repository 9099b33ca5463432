"""Dates as people write them in requests and queries: a year, a month or a day in China."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.describe.times import CHINA

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Bounds of the reliability plan."""
MONTHS = 12

_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: `start` belongs to it, `end` is the first instant after it. Both are aware."""

    start: datetime
    end: datetime


def read_period(text: str) -> Period | None:
    """The period that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` names in +08:00; None if it names none."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    year, month, day = (int(group) if group else None for group in written.groups())
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return None
    try:
        start = datetime(year, 1 if month is None else month, 1 if day is None else day, tzinfo=CHINA)
    except ValueError:
        return None
    if day is not None:
        return Period(start, start + timedelta(days=1))
    if month is not None and month < MONTHS:
        return Period(start, start.replace(month=month + 1))
    return Period(start, start.replace(year=year + 1, month=1))

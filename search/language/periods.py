"""Dates as people write them in requests and queries: a year, a month or a day in China."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from index.describe.times import CHINA

FIRST_YEAR, LAST_YEAR = 1900, 2100
"""Bounds of the reliability plan."""
MONTHS = 12

_YEAR = re.compile(r"[0-9]{4}")
_WRITTEN = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of time: `start` belongs to it, `end` is the first instant after it. Both are aware."""

    start: datetime
    end: datetime


def read_year(text: str) -> int | None:
    """The year that `YYYY` names; None for other text, and for years out of bounds."""
    year = int(text) if _YEAR.fullmatch(text) else 0
    return year if FIRST_YEAR <= year <= LAST_YEAR else None


def read_period(text: str) -> Period | None:
    """The period that `YYYY`, `YYYY-MM` or `YYYY-MM-DD` names in +08:00; None if it names none."""
    written = _WRITTEN.fullmatch(text)
    if written is None:
        return None
    month, day = (int(group) if group else None for group in written.groups()[1:])
    year = read_year(written[1])
    if year is None:
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

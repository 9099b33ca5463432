"""Stretches of time in which articles came in, and how they are written."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from search.language.periods import read_period

GENERATION: Final = re.compile(r"[0-9]{1,18}\.[0-9]{1,18}")
_TIME: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,6})?(?:Z|[+-][0-9]{2}:[0-9]{2})"
)


@dataclass(frozen=True, slots=True)
class Window:
    """From `since` on and before `until`; aware, in whole seconds. Windows that follow one another have
    every article once."""

    since: datetime
    until: datetime

    @classmethod
    def of(cls, since: datetime, until: datetime) -> "Window":
        """From the one to the other; an empty one where that would be backwards."""
        return cls(since, max(since, until))


def read_moment(text: str) -> datetime | None:
    """A time with its offset from UTC, in whole seconds, or the first instant of a date in +08:00; None for
    other text."""
    if not _TIME.fullmatch(text):
        period = read_period(text)
        return None if period is None else period.start.astimezone(UTC)
    try:
        return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        return None


def written_moment(moment: datetime) -> str:
    """A time as answers have it: in UTC with a Z, so that it can stand in an address as it is, where a plus
    would be a blank."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

"""Times as the answers and pages write them, all in China's time."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from index.describe.times import CHINA
from web.texts.text import Language
from web.texts.texts import Texts

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""In English; not those of the process's locale."""


@dataclass(frozen=True, slots=True)
class ShownTime:
    """A time for people as its day and to the minute, and both for the `datetime` attribute."""

    day: str
    minute: str
    machine_day: str
    machine: str


def iso_time(time: datetime) -> str:
    """ISO 8601 in seconds with +08:00."""
    return time.astimezone(CHINA).isoformat(timespec="seconds")


def today_in_china() -> date:
    """The day that it is in China now."""
    return datetime.now(CHINA).date()


def shown_day(day: date, texts: Texts) -> str:
    """The day as 2024年3月5日, or 5 March 2024."""
    if texts.language is Language.EN:
        return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
    return f"{day.year}年{day.month}月{day.day}日"


def shown_time(time: datetime, texts: Texts) -> ShownTime:
    """The time as its day, and with hour and minute."""
    local = time.astimezone(CHINA)
    day = shown_day(local.date(), texts)
    return ShownTime(
        day=day,
        minute=f"{day} {local:%H:%M}",
        machine_day=local.date().isoformat(),
        machine=iso_time(time),
    )

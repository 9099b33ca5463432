"""Times as the answers and pages write them, all in China's time."""

from dataclasses import dataclass
from datetime import date, datetime

from index.describe.times import CHINA


@dataclass(frozen=True, slots=True)
class ShownTime:
    """A time for people, and for the `datetime` attribute."""

    day: str
    minute: str
    machine: str


def iso_time(time: datetime) -> str:
    """ISO 8601 in seconds with +08:00."""
    return time.astimezone(CHINA).isoformat(timespec="seconds")


def shown_day(day: date) -> str:
    """The day as 2024年3月5日."""
    return f"{day.year}年{day.month}月{day.day}日"


def shown_time(time: datetime) -> ShownTime:
    """The time as 2024年3月5日, and with hour and minute."""
    local = time.astimezone(CHINA)
    day = shown_day(local.date())
    return ShownTime(day=day, minute=f"{day} {local:%H:%M}", machine=iso_time(time))

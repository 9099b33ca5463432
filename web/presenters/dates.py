"""Times as the answers and pages write them, all in China's time."""

from dataclasses import dataclass
from datetime import datetime

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


def shown_time(time: datetime) -> ShownTime:
    """The time as 2024年3月5日, and with hour and minute."""
    local = time.astimezone(CHINA)
    day = f"{local.year}年{local.month}月{local.day}日"
    return ShownTime(day=day, minute=f"{day} {local:%H:%M}", machine=iso_time(time))

"""Dates and times as Chinese pages write them, and as records give them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8), "+08:00")
"""The offset of Asia/Shanghai, which has had no other since 1991; what states no offset is in it."""

_YEARS = range(1900, 2100)
"""Years that an article can be of, in China's time; one that seems to be of another is a mistake."""

_NUMERALS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "o": 0}

_DATE = re.compile(
    r"(?<![0-9])(?P<year>(?:19|20)[0-9]{2}|[一二][零〇○o一二三四五六七八九]{3})\s*[年/.\-]\s*"
    r"(?P<month>[0-9]{1,2}|[一二三四五六七八九十]{1,2})\s*[月/.\-]\s*"
    r"(?P<day>[0-9]{1,2}|[一二三四五六七八九十]{1,3})\s*(?:日|(?![0-9]|\.[0-9]))"
    r"(?:[\st]*(?:(?P<half>上午|下午|晚上)\s*)?"
    r"(?P<hour>[0-2]?[0-9])[:时点](?P<minute>[0-5]?[0-9])(?:[:分](?P<second>[0-5]?[0-9]))?(?![0-9])分?秒?)?"
)
"""On folded text: full-width digits and colons are ASCII, 時 is 时, T is t."""

_ISO = re.compile(
    r"(?:19|20)[0-9]{2}-[0-9]{2}-[0-9]{2}"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:Z|[+-][0-9]{2}:?[0-9]{2})?)?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    """A date in a text: its span in code points, half open, and the moment; midnight where no time stands."""

    start: int
    end: int
    moment: datetime
    has_time: bool


def find_dates(folded: str) -> Iterator[FoundDate]:
    """Every full date of a folded text, in order; what is no date of the calendar is passed over."""
    for match in _DATE.finditer(folded):
        try:
            moment = _moment(match)
        except ValueError:
            continue
        yield FoundDate(match.start(), match.end(), moment, match["hour"] is not None)


def parse_published(text: str) -> datetime:
    """The aware moment of `YYYY-MM-DD` or of an ISO 8601 date and time, years 1900 to 2099 in China.

    A date alone is midnight in China; a time without an offset is China's. Fractions of a second are dropped:
    no news is dated so, and an export gives whole seconds. Raises ValueError.
    """
    if _ISO.fullmatch(text) is not None:
        moment = datetime.fromisoformat(text).replace(microsecond=0)
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=CHINA)
        if moment.astimezone(CHINA).year in _YEARS:
            return moment
    raise ValueError(f"{text!r} is neither YYYY-MM-DD nor an ISO 8601 date and time of 1900 to 2099")


def _moment(match: re.Match[str]) -> datetime:
    hour = int(match["hour"] or 0)
    if match["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    elif match["half"] == "上午" and hour == 12:
        hour = 0
    return datetime(
        _number(match["year"]),
        _number(match["month"]),
        _number(match["day"]),
        hour,
        int(match["minute"] or 0),
        int(match["second"] or 0),
        tzinfo=CHINA,
    )


def _number(text: str) -> int:
    """Of ASCII digits, of numerals said one by one (二〇二四) or of tens (三十一); raises ValueError."""
    if text.isascii() and text.isdigit():
        return int(text)
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(str(_NUMERALS[char]) for char in text))
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        raise ValueError(f"{text} is no number below a hundred")
    return _NUMERALS.get(tens, 1) * 10 + _NUMERALS.get(ones, 0)

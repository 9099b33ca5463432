"""Dates and times as Chinese pages write them, and as records give them."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from heapq import merge
from typing import Final

from index.describe.numerals import NUMERAL, number

CHINA: Final = timezone(timedelta(hours=8), "+08:00")
"""The offset of Asia/Shanghai, which has had no other since 1991; what states no offset is in it."""

_YEARS = range(1900, 2100)
"""Years that an article can be of, in China's time; one that seems to be of another is a mistake."""

_MINGUO = 1911
"""What a year of the Republic's count (民国113年) lacks to the common one."""

_LAST_CENTURY = 69
"""Two-digit years from here on are of the 1900s, those below of the 2000s: the rule of POSIX `strptime`."""

_MONTH_AND_DAY = (
    rf"(?P<month>[0-9]{{1,2}}|[{NUMERAL}]{{1,2}})\s*[月/.\-]\s*"
    rf"(?P<day>[0-9]{{1,2}}|[{NUMERAL}廿卅]{{1,3}})(?:\s*[日号]|(?![0-9]|\.[0-9]))"
)
_FULL = re.compile(
    rf"(?<![0-9v])(?<![0-9]\.)(?P<date>(?P<year>(?:19|20)[0-9]{{2}}|[一二](?: ?[{NUMERAL}]){{3}})"
    rf"\s*[年/.\-]\s*{_MONTH_AND_DAY})"
)
"""On folded text: full-width digits and colons are ASCII, 時 is 时, T is t."""

_MINGUO_YEAR = re.compile(
    rf"(?P<date>(?:中华)?民国\s*(?P<year>[0-9]{{1,3}}|[{NUMERAL}百]{{1,5}}|元)\s*[年/.\-]\s*{_MONTH_AND_DAY})"
)
_SHORT = re.compile(
    r"(?:(?:时间|日期)\s*+:?\s*+(?=[0-9])|(?=['’‘]))"
    rf"(?P<date>['’‘]?(?P<year>[0-9]{{2,3}})\s*(?P<mark>[年/.\-])\s*{_MONTH_AND_DAY})"
)
"""A year of two digits, or of three by the Republic's count, is certain only where something announces it."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])\.?"
)
_ENGLISH_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_AMERICAN, _BRITISH = (
    re.compile(rf"(?<![0-9a-z])(?P<date>{order},? ?(?P<year>(?:19|20)[0-9]{{2}})(?![0-9]))")
    for order in (rf"{_MONTH_NAME} ?{_ENGLISH_DAY}", rf"{_ENGLISH_DAY} ?{_MONTH_NAME}")
)

_CLOCK = re.compile(
    r"(?:(?P<iso>t)|(?<![\s,])[\s,]*+(?:[(]?(?:星期|周)[一二三四五六日天][)]?[\s,]*+)?)"
    r"(?:(?P<half>上午|下午|中午|凌晨|清晨|早晨|早上|傍晚|晚上|夜间|深夜|[ap]\.?m\.?)\s*+)?"
    rf"(?P<hour>[0-2]?[0-9]|[{NUMERAL}]{{1,3}})\s?"
    rf"(?:[:时点]\s?(?P<minute>[0-5]?[0-9]|[{NUMERAL}]{{1,3}})(?![0-9{NUMERAL}])"
    rf"(?:\s?[:分]\s?(?P<second>[0-5]?[0-9]|[{NUMERAL}]{{1,3}})(?![0-9{NUMERAL}])(?:\.[0-9]{{1,9}})?)?分?秒?"
    r"|(?P<whole>[时点][半整钟]?))"
    r"(?:\s?(?P<english>[ap])\.?m(?![a-z])\.?)?"
    r"(?P<offset>(?<=[0-9])z(?![a-z])|\s?(?(iso)[+-]|\+)(?:0[0-9]|1[0-4]):?[0-5][0-9](?![0-9]))?"
)
"""The time of day right behind a date."""

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
    """Every full date of a folded text, in order; what is no date of the calendar is passed over.

    A year of two digits counts only behind 时间, 日期 or an apostrophe, where the other reading of the three
    numbers (day, month, year between slashes) is none. A time that is none of the clock is left out, the date
    stays. What is told from today (昨天, 3小时前) is no date.
    """
    found = (
        _found(folded, pattern, year)
        for pattern, year in (
            (_FULL, _common_year),
            (_MINGUO_YEAR, _minguo_year),
            (_SHORT, _short_year),
            (_AMERICAN, _common_year),
            (_BRITISH, _common_year),
        )
    )
    end = 0
    for date in merge(*found, key=lambda date: date.start):
        if date.start >= end:
            end = date.end
            yield date


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


def _found(
    folded: str, pattern: re.Pattern[str], year: Callable[[re.Match[str]], int]
) -> Iterator[FoundDate]:
    for match in pattern.finditer(folded):
        try:
            day = datetime(year(match), _month(match["month"]), number(match["day"]), tzinfo=CHINA)
        except ValueError:
            continue
        if day.year not in _YEARS:
            continue
        clock = _CLOCK.match(folded, match.end())
        moment = None if clock is None else _at(day, clock)
        if clock is None or moment is None:
            yield FoundDate(match.start("date"), match.end(), day, has_time=False)
        else:
            yield FoundDate(match.start("date"), clock.end(), moment, has_time=True)


def _common_year(match: re.Match[str]) -> int:
    return number(match["year"])


def _minguo_year(match: re.Match[str]) -> int:
    return _MINGUO + (1 if match["year"] == "元" else number(match["year"]))


def _short_year(match: re.Match[str]) -> int:
    year = int(match["year"])
    if len(match["year"]) == 3:
        return _MINGUO + year
    if match["mark"] == "/" and year <= 31:
        raise ValueError("could be a day or a month that comes first")
    return year + (1900 if year >= _LAST_CENTURY else 2000)


def _month(text: str) -> int:
    return _MONTHS.index(text[:3]) + 1 if text[:3] in _MONTHS else number(text)


def _at(day: datetime, clock: re.Match[str]) -> datetime | None:
    """The moment that a clock says of a day; None where it says none, or not for certain."""
    half = clock["half"] or clock["english"] or ""
    whole = clock["whole"] or ""
    if whole == "点" and not half:
        return None  # 3点意见 are three points
    try:
        hour = _hour(number(clock["hour"]), half)
        minute = 30 if whole.endswith("半") else number(clock["minute"] or "0")
        moment = day.replace(hour=hour % 24, minute=minute, second=number(clock["second"] or "0"))
        if hour == 24:
            moment = day + timedelta(days=1) if moment == day else day.replace(hour=hour)
        return moment.replace(tzinfo=_zone(clock["offset"]))
    except ValueError:
        return None


def _hour(hour: int, half: str) -> int:
    """The hour of the day, 0 to 24; ValueError where the half of the day leaves two readings, or none."""
    if hour > 24:
        raise ValueError("no hour")
    match half:
        case "上午" | "凌晨" | "清晨" | "早晨" | "早上" | "a" | "am" | "a.m" | "a.m.":
            return 0 if hour == 12 else hour
        case "下午" | "p" | "pm" | "p.m" | "p.m.":
            return hour + 12 if hour < 12 else hour
        case "中午":
            return hour + 12 if hour < 10 else hour
        case "傍晚" | "晚上" | "夜间" | "深夜":
            if hour in range(4, 12):
                return hour + 12
            if hour in range(16, 24):
                return hour
            raise ValueError("the night has two ends")
    return hour


def _zone(offset: str | None) -> timezone:
    if not offset:
        return CHINA
    digits = offset.strip().replace(":", "")
    if digits == "z":
        return UTC
    shift = timedelta(hours=int(digits[1:3]), minutes=int(digits[3:5]))
    return timezone(-shift if digits[0] == "-" else shift)

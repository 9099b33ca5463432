"""Years, months and days: 2024年12月5日, 二〇二四年十二月五日."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from search.numerals.notation import BEFORE_DIGITS, BEFORE_HAN, Written
from search.numerals.spoken import DIGITS, ZEROS, spoken, spoken_value

_YEAR: Final = rf"[12][0-9]{{3}}|[一二][{ZEROS}一二三四五六七八九]{{3}}"
_MONTH: Final = "1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九]"
_DAY: Final = "3[01]|[12][0-9]|0?[1-9]|三十一?|二?十[一二三四五六七八九]?|[一二三四五六七八九]"
_BEFORE: Final = f"(?:{BEFORE_DIGITS}|{BEFORE_HAN})"
_DATE: Final = re.compile(
    f"{_BEFORE}(?:(?P<year>{_YEAR})年(?:(?P<month>{_MONTH})月(?:(?P<day>{_DAY})日)?)?"
    f"|(?P<only_month>{_MONTH})月(?:(?P<only_day>{_DAY})日)?)"
)
_YEARS: Final = re.compile(f"{_BEFORE}(?P<first>{_YEAR})(?P<to>[-—–~至到])(?P<last>{_YEAR})年")

_CIRCLED: Final = str.maketrans("0123456789", "〇" + DIGITS[1:])
_ZEROED: Final = str.maketrans("0123456789", DIGITS)


@dataclass(frozen=True, slots=True)
class _Date:
    """A date with its month or without a day or a year."""

    year: int | None
    month: int | None
    day: int | None

    def forms(self) -> Iterator[str]:
        yield self._digits("{}")
        yield self._han(_CIRCLED)
        yield self._digits("{:02}")
        yield self._han(_ZEROED)

    def _digits(self, number: str) -> str:
        return "".join(
            number.format(value) + unit
            for value, unit in ((self.year, "年"), (self.month, "月"), (self.day, "日"))
            if value is not None
        )

    def _han(self, digits: dict[int, int]) -> str:
        year = "" if self.year is None else str(self.year).translate(digits) + "年"
        month = "" if self.month is None else spoken(self.month) + "月"
        return year + month + ("" if self.day is None else spoken(self.day) + "日")


def dates(text: str) -> Iterator[Written]:
    """A year with or without a month and day, or a month with or without a day."""
    for match in _DATE.finditer(text):
        date = _Date(
            year=_year(match["year"]),
            month=_number(match["month"] or match["only_month"]),
            day=_number(match["day"] or match["only_day"]),
        )
        yield Written(*match.span(), tuple(dict.fromkeys(date.forms())))


def spans_of_years(text: str) -> Iterator[Written]:
    """From one year to another, with one 年 behind both: 2021—2025年."""
    for match in _YEARS.finditer(text):
        digits = f"{_year(match['first'])}{match['to']}{_year(match['last'])}年"
        forms = (digits, digits.translate(_CIRCLED), digits.translate(_ZEROED))
        yield Written(*match.span(), tuple(dict.fromkeys(forms)))


def _year(text: str | None) -> int | None:
    return None if text is None else int("".join(map(_digit, text)))


def _digit(char: str) -> str:
    return char if char.isascii() else "0" if char in ZEROS else str(DIGITS.index(char))


def _number(text: str | None) -> int | None:
    if text is None:
        return None
    return int(text) if text.isascii() else spoken_value(text)

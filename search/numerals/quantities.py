"""Quantities: 一百亿元 and 100亿元, 120㎡ and 120平方米, 三年 and 3年."""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from search.numerals.notation import BEFORE_DIGITS, BEFORE_HAN, Written
from search.numerals.units import UNITS, Unit, UnitKind
from search.numerals.values import (
    DIGITS_PATTERN,
    HAN_PATTERN,
    SCALE_PATTERN,
    digit_forms,
    digits_value,
    han_form,
    han_value,
    paired,
    scaled_forms,
)

LEAST_COUNTED: Final = 10
LEAST_BARE: Final = 10**4
"""A number without a unit behind it is one only with 万 or 亿 in it."""
_YEARS: Final = (1000, 3000)
_NUMBERED_BY_YEAR: Final = "年届"
"""Before these such a number is a year: 2024年, 2024届."""

_BY_SIGN: Final[Mapping[str, Unit]] = MappingProxyType(
    {sign.lower(): unit for unit in UNITS for sign in unit.signs}
)


def _any_of(signs: list[str]) -> str:
    """The longest sign that stands there; one of letters ends where no letter or digit follows."""
    longest_first = sorted(signs, key=len, reverse=True)
    return "|".join(
        re.escape(sign) + ("(?![0-9a-z])" if sign[-1].isascii() else "") for sign in longest_first
    )


_UNIT: Final = f"(?P<unit>{_any_of(list(_BY_SIGN))})"
_MEASURED: Final = (
    re.compile(f"{BEFORE_DIGITS}{DIGITS_PATTERN}{SCALE_PATTERN}?{_UNIT}"),
    re.compile(f"{BEFORE_HAN}{HAN_PATTERN}{_UNIT}"),
)
_BARE: Final = (
    re.compile(f"{BEFORE_DIGITS}{DIGITS_PATTERN}{SCALE_PATTERN}"),
    re.compile(f"{BEFORE_HAN}{HAN_PATTERN}"),
)
_DOCUMENT_NUMBER: Final = re.compile(r"[〕\])】][0-9]+号")

_SIGNS: Final = [sign for sign, unit in _BY_SIGN.items() if len(unit.signs) > 1]
_SYMBOL: Final = re.compile("|".join(sign for sign in _SIGNS if len(sign) == 1))
_WHOLE: Final = re.compile("|".join(sign for sign in _SIGNS if not re.search("[0-9a-z]", sign)))
"""Signs that are units as a run of their own; of letters they may mean anything (M2 is money)."""
_BEHIND: Final = re.compile(f"(?<=[0-9万亿/每])(?:{_any_of(_SIGNS)})")


def quantities(text: str) -> Iterator[Written]:
    """Numbers with a unit behind them, and those with 万 or 亿 in them."""
    labelled = {match.start() + 1 for match in _DOCUMENT_NUMBER.finditer(text)}
    for pattern in _MEASURED:
        for match in pattern.finditer(text):
            value, unit = _value(match), _BY_SIGN[match["unit"]]
            if value is not None and match.start() not in labelled and _is_measured(value, unit):
                yield Written(*match.span(), tuple(_with_unit(value, unit)))
    for pattern in _BARE:
        for match in pattern.finditer(text):
            value = _value(match)
            if value is not None and value >= LEAST_BARE:
                yield Written(*match.span(), tuple(_in_turn(tuple(scaled_forms(value)), _said(value))))


def units(text: str) -> Iterator[Written]:
    """Units with several signs: symbols anywhere, names as the whole run, signs behind a number or stroke."""
    if _WHOLE.fullmatch(text):
        yield Written(0, len(text), _BY_SIGN[text].signs)
    for pattern in (_SYMBOL, _BEHIND):
        for match in pattern.finditer(text):
            yield Written(*match.span(), _BY_SIGN[match[0]].signs)


def _value(match: re.Match[str]) -> Decimal | None:
    """None for what is no number, or one too large to say."""
    groups = match.groupdict()
    try:
        if (digits := groups.get("digits")) is not None:
            return digits_value(digits, groups.get("scale"))
        return han_value(groups["han"], groups["after"], groups["of"])
    except ValueError:
        return None


def _is_measured(value: Decimal, unit: Unit) -> bool:
    if unit.kind is UnitKind.COUNT and value < LEAST_COUNTED:
        return False
    low, high = _YEARS
    return not (unit.signs[0] in _NUMBERED_BY_YEAR and low <= value < high)


def _with_unit(value: Decimal, unit: Unit) -> Iterator[str]:
    name, *others = unit.signs
    digits = tuple(digit_forms(value))
    said = _said(value)[:1] if unit.kind is UnitKind.LABEL else _said(value)
    first, *rest = (form + name for form in _in_turn(digits, said))
    yield first
    yield from rest[:1]
    yield from (digits[0] + sign for sign in others)
    yield from rest[1:]


def _said(value: Decimal) -> tuple[str, ...]:
    said = han_form(value)
    return tuple(filter(None, (said, paired(said))))


def _in_turn(digits: tuple[str, ...], said: tuple[str, ...]) -> Iterator[str]:
    """The first with digits, the first in words, and the others after them."""
    yield from digits[:1]
    yield from said[:1]
    yield from digits[1:]
    yield from said[1:]

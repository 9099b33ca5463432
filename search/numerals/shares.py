"""Shares and ordinals: 百分之六 and 6%, 第十二 and 第12."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from search.numerals.notation import BEFORE_DIGITS, Written
from search.numerals.spoken import spoken, spoken_value
from search.numerals.values import DIGITS_PATTERN, HAN_PATTERN, digits_value, han_form, han_value, plain_form

_SHARES: Final = {"%": "百分之", "‰": "千分之"}
_SIGNED: Final = re.compile(f"{BEFORE_DIGITS}{DIGITS_PATTERN}(?P<sign>[%‰])")
_SAID: Final = re.compile(f"(?P<name>百分之|千分之)(?:{DIGITS_PATTERN}|{HAN_PATTERN}(?!几))")
_WHOLE: Final = "百分之百"

_ORDINAL: Final = re.compile(
    r"第(?:(?P<digits>[0-9]{1,4})(?![0-9a-z.%])|(?P<han>[零〇○一二三四五六七八九十百千]+)(?!几))"
)
_COUNTED: Final = re.compile("季度|部分|标段|[条款项章节届号批次期轮页版卷名位集]")
"""What is numbered with small ordinals in digits too; 第一 before other words is a word."""


def percentages(text: str) -> Iterator[Written]:
    """Hundredths and thousandths, with their sign or in words."""
    for match in _SIGNED.finditer(text):
        yield Written(*match.span(), _share_forms(digits_value(match["digits"], None), match["sign"]))
    for match in _SAID.finditer(text):
        sign = next(sign for sign, name in _SHARES.items() if name == match["name"])
        if (value := _said_value(match)) is not None:
            yield Written(*match.span(), _share_forms(value, sign))


def ordinals(text: str) -> Iterator[Written]:
    """From the tenth on, and smaller ones before what is numbered: 第一批."""
    for match in _ORDINAL.finditer(text):
        value = _ordinal_value(match)
        if value is not None and (value >= 10 or (value and _COUNTED.match(text, match.end()))):
            yield Written(*match.span(), (f"第{value}", f"第{spoken(value)}"))


def _share_forms(value: Decimal, sign: str) -> tuple[str, ...]:
    whole = (_WHOLE,) if sign == "%" and value == 100 else ()
    return (plain_form(value) + sign, _SHARES[sign] + han_form(value), *whole)


def _said_value(match: re.Match[str]) -> Decimal | None:
    if match["digits"]:
        return digits_value(match["digits"], None)
    if match[0] == _WHOLE:
        return Decimal(100)
    try:
        return han_value(match["han"], match["after"], match["of"])
    except ValueError:
        return None


def _ordinal_value(match: re.Match[str]) -> int | None:
    try:
        return int(match["digits"]) if match["digits"] else spoken_value(match["han"])
    except ValueError:
        return None

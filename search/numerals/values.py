"""Numbers of both notations, and the ways to write one."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from search.numerals.notation import HAN
from search.numerals.spoken import DIGITS, LIMIT, ZEROS, spoken, spoken_value

DIGITS_PATTERN: Final = (
    r"(?P<digits>(?!0[0-9])(?:[0-9]{1,3}(?:,[0-9]{3}){1,4}|[0-9]{1,15})(?:\.[0-9]{1,4})?)(?![0-9]|,[0-9]{3})"
)
"""1234.5 or 1,234.5; neither with zeros before it nor a part of a longer number."""

HAN_PATTERN: Final = (
    rf"(?P<han>[{HAN}]+)(?:点(?P<after>[{ZEROS}一二三四五六七八九]{{1,4}})(?P<of>万亿|[万亿])?)?"
)
"""一百二十, 六点五, 一点五亿."""
SCALE_PATTERN: Final = r"(?P<scale>万亿|[十百千]?亿|[十百千]?万|[百千](?![瓦米克]))"

_SIZES: Final = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_SCALES: Final = (("万亿", Decimal(10**12)), ("亿", Decimal(10**8)), ("万", Decimal(10**4)))
_MOST_DECIMALS: Final = 4
_LARGEST_COEFFICIENT: Final = 10**5
"""15000万 is written, 150000万 is 15亿."""
_LARGEST_PLAIN: Final = 10**8


def digits_value(digits: str, scale: str | None) -> Decimal:
    """The value of 1,234.5 before a scale such as 千万. Raises ValueError where it is too large to say."""
    value = Decimal(digits.replace(",", ""))
    for char in scale or "":
        value *= _SIZES[char]
    if value >= LIMIT:
        raise ValueError(f"{digits}{scale or ''} is not below {LIMIT}")
    return value


def han_value(whole: str, after: str | None, scale: str | None) -> Decimal:
    """The value of a number in words, its decimals and the scale behind those. Raises ValueError."""
    decimals = "".join("0" if char in ZEROS else str(DIGITS.index(char)) for char in after or "")
    return digits_value(f"{spoken_value(whole)}.{decimals}0", scale)


def scaled_forms(value: Decimal) -> Iterator[str]:
    """With 万 and 亿 as documents write them, the largest first: 1.5亿, 15000万. None for small numbers."""
    for name, size in _SCALES:
        coefficient = value / size
        if 1 <= coefficient < _LARGEST_COEFFICIENT and _decimals(coefficient) <= _MOST_DECIMALS:
            yield plain_form(coefficient) + name


def digit_forms(value: Decimal) -> Iterator[str]:
    """All ways with digits, the usual first: 1.5万, 15000, 15,000."""
    scaled = tuple(scaled_forms(value))
    yield from scaled
    if value < _LARGEST_PLAIN or not scaled:
        yield plain_form(value)
        if value >= 1000:
            yield f"{value.normalize():,f}"


def han_form(value: Decimal) -> str:
    """The number in words. Raises ValueError for one that is not below `spoken.LIMIT`."""
    whole, _, after = plain_form(value).partition(".")
    return spoken(int(whole)) + ("点" + "".join(DIGITS[int(char)] for char in after) if after else "")


def paired(han: str) -> str | None:
    """The same number with 两: 两百 for 二百, 两 for 二; None where only 二 is said."""
    return "两" + han[1:] if han == "二" or (han[0] == "二" and han[1] in "百千万亿") else None


def plain_form(value: Decimal) -> str:
    """Digits alone, with as many decimals as the number has."""
    return f"{value.normalize():f}"


def _decimals(value: Decimal) -> int:
    return len(plain_form(value).partition(".")[2])

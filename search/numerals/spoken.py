"""Whole numbers as Chinese says them: 一万零五百."""

import re
from typing import Final

LIMIT: Final = 10**16
"""Numbers from 0 to below this can be said."""
LONGEST: Final = 31
"""Characters of the longest of them."""

DIGITS: Final = "零一二三四五六七八九"
ZEROS: Final = "零〇○"
"""Zero as it is said, and the two circles that are written for it."""

_UNITS: Final = (("亿", 10**8), ("万", 10**4), ("千", 1000), ("百", 100), ("十", 10))
_VALUES: Final = {digit: value for value, digit in enumerate(DIGITS)}
_PLAIN: Final = str.maketrans(dict.fromkeys(ZEROS, "零") | {"两": "二"})
_MISPLACED_TWO: Final = re.compile(r"(?<!^)两(?![百千万亿])|^两(?![百千万亿]|$)")
"""两 is two before a unit or alone; 十两 is a weight."""


def spoken(value: int) -> str:
    """The number in words. Raises ValueError for one that is not from 0 to below LIMIT."""
    if not 0 <= value < LIMIT:
        raise ValueError(f"{value} is not from 0 to below {LIMIT}")
    text = _spoken(value)
    return text[1:] if text.startswith("一十") else text


def spoken_value(text: str) -> int:
    """The number that these words say, with any zero and with 两 for 二.

    Raises ValueError for what is not said like that: 一万五, 二三十, 百.
    """
    plain = text.translate(_PLAIN)
    if len(text) > LONGEST or _MISPLACED_TWO.search(text):
        raise ValueError(f"{text} is no number")
    value = _value(plain)
    if spoken(value) != plain:
        raise ValueError(f"{text} is no number; {value} is {spoken(value)}")
    return value


def _spoken(value: int) -> str:
    for name, size in _UNITS:
        high, low = divmod(value, size)
        if high:
            gap = "零" if 0 < low < size // 10 else ""
            return _spoken(high) + name + gap + (_spoken(low) if low else "")
    return DIGITS[value]


def _value(text: str) -> int:
    """What the words come to, also of words that nobody would say."""
    for name, size in _UNITS:
        head, unit, tail = text.rpartition(name)
        if unit:
            tail = tail.lstrip("零")
            return (_value(head) if head else 1) * size + (_value(tail) if tail else 0)
    if text not in _VALUES:
        raise ValueError(f"{text} is no number")
    return _VALUES[text]

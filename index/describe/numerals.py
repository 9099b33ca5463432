"""Chinese numerals as documents write numbers, years and days with them."""

from typing import Final

_ZEROS = "〇○◯oоο0"
_DIGITS: Final = {char: value for value, char in enumerate("零一二三四五六七八九")} | dict.fromkeys(_ZEROS, 0)
"""Zero is also written as a circle of any kind, as the letter O of three scripts, and as the digit."""

NUMERAL: Final = "".join(_DIGITS) + "十"
"""The characters of folded numerals, as the inside of a set of `re`."""


def number(text: str) -> int:
    """The value of ASCII digits or of folded numerals below a thousand: 31, 三十一, 廿五, 一百一十三, 一一三.

    White space in it is passed over. Raises ValueError.
    """
    plain = "".join(text.split()).replace("廿", "二十").replace("卅", "三十")
    if plain.isascii() and plain.isdigit():
        return int(plain)
    hundreds, hundred, rest = plain.partition("百")
    if hundred:
        return 100 * _digit(hundreds) + (number(rest.removeprefix("零")) if rest else 0)
    tens, ten, ones = plain.partition("十")
    if ten:
        return 10 * (_digit(tens) if tens else 1) + (_digit(ones) if ones else 0)
    if not plain:
        raise ValueError("no numeral")
    return int("".join(str(_digit(char)) for char in plain))


def _digit(text: str) -> int:
    try:
        return _DIGITS[text]
    except KeyError:
        raise ValueError(f"{text!r} is no digit") from None

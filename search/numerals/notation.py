"""What one notation finds in a folded run."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

HAN: Final = "零〇○一二两三四五六七八九十百千万亿"
"""The characters of numbers in words, as the inside of a set of `re`."""

BEFORE_DIGITS: Final = rf"(?=[0-9])(?<![0-9a-z.,:/\-第])(?<![0-9{HAN}%][—–~至到])"
"""Digits are read as a number only where no longer number, word or range begins before them.

That a digit follows is asked first, as most places of a text end there.
"""

BEFORE_HAN: Final = rf"(?=[{HAN}])(?<![0-9{HAN}a-z.点第之个几数统唯])(?<![0-9{HAN}%][—–~至到])"
"""The same for numbers in words; 数十万, 几十万 and 三分之二 are no numbers of their own."""


@dataclass(frozen=True, slots=True)
class Written:
    """A part of a folded run, half-open, with all the ways to write it; the part may be none of them.

    The ways depend on what is written, not on how: whichever of them is in the run, they are the same.
    """

    start: int
    end: int
    forms: tuple[str, ...]


Notation = Callable[[str], Iterator[Written]]
"""Finds the parts of a folded run that are in one notation."""

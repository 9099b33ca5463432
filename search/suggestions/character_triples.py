"""Which three characters ever stand side by side: a set that says yes to all of them, and to few others."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from search.suggestions.columns import Columns

BITS: Final = 24
"""Binary logarithm of the places: 2 MiB. 200,000 titles have some 2 million triples, so that about one triple
in nine that stands nowhere is taken for one that does."""

_MASK: Final = (1 << BITS) - 1
_FIRST: Final = 0x9E3779B1
_SECOND: Final = 0x85EBCA77
_THIRD: Final = 0xC2B2AE3D
"""Odd multipliers without structure (those of xxHash, Y. Collet, 2012), so that places spread evenly."""


@dataclass(frozen=True, slots=True)
class CharacterTriples:
    """The triples of neighbouring characters of many texts, as a Bloom filter with one hash function.

    Immutable and safe to share between threads. The same texts give the same set in every process.
    """

    _seen: memoryview = field(repr=False)

    @classmethod
    def of(cls, texts: Iterable[str]) -> "CharacterTriples":
        """The triples of these texts."""
        seen = bytearray(1 << (BITS - 3))
        for text in texts:
            for place in _places(text):
                seen[place >> 3] |= 1 << (place & 7)
        return cls(memoryview(seen).toreadonly())

    @classmethod
    def from_columns(cls, columns: Columns) -> "CharacterTriples":
        """The set that has these columns. Raises KeyError where one is missing."""
        return cls(columns["seen"])

    @property
    def columns(self) -> Columns:
        """All that it holds."""
        return {"seen": self._seen}

    def unseen(self, text: str) -> int:
        """How many triples of a text stand nowhere."""
        seen = self._seen
        return [seen[place >> 3] >> (place & 7) & 1 for place in _places(text)].count(0)


def _places(text: str) -> Iterator[int]:
    codes = [ord(char) for char in text]
    for first, second, third in zip(codes, codes[1:], codes[2:], strict=False):
        mixed = first * _FIRST + second * _SECOND + third * _THIRD
        yield (mixed ^ mixed >> 17) & _MASK

"""What stands beside each character, and how often."""

import math
import sys
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import accumulate
from typing import Final

from search.suggestions.columns import Columns, numbers

UNSEEN = -4.0
"""The weight of a pair that stands nowhere; of one that was seen it is the binary logarithm of 1 + its count.
Chosen by hand on 2026-11-28: two unseen pairs, as a wrong character makes them, are worse than rare ones."""


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Characters, the most usual first, and the weight of each."""

    chars: str = ""
    weights: bytes = b""
    """In eighths, at most 255: pairs seen more than 2**31 times weigh alike."""

    @classmethod
    def of(cls, counts: Iterable[tuple[str, int]]) -> "Neighbours":
        ranked = sorted(counts, key=lambda counted: (-counted[1], counted[0]))
        weights = bytes(min(255, round(8 * math.log2(1 + count))) for _, count in ranked)
        return cls("".join(char for char, _ in ranked), weights)

    def weight(self, char: str) -> float:
        """How usual it is beside this character; UNSEEN where it never stands there."""
        at = self.chars.find(char)
        return UNSEEN if at < 0 else self.weights[at] / 8

    def weighed(self) -> Iterator[tuple[str, float]]:
        """Each character with its weight, the heaviest first."""
        return ((char, weight / 8) for char, weight in zip(self.chars, self.weights, strict=True))


KEPT: Final = 512
"""Characters whose neighbours a table keeps as they are needed: those of some ten queries, in 2 MB."""


class NeighbourTable:
    """The neighbours of characters; those of one that has none are empty.

    Immutable and safe to share between threads. They lie one behind the other, and are found by the code
    point. Those that were asked for last are kept: some characters have thousands, and a query asks for a
    few dozen characters' a thousand times.
    """

    __slots__ = ("_chars", "_starts", "_weights", "find")

    find: Callable[[str], Neighbours]
    """Gives the neighbours of a character; "" has none."""

    def __init__(self, starts: memoryview, chars: memoryview, weights: memoryview) -> None:
        """`starts` says by code point where in the others those of a character begin."""
        self._starts, self._chars, self._weights = starts, chars, weights
        # Of a function that knows no table: else a table would hold itself, and its file, for long.
        self.find = lru_cache(KEPT)(partial(_neighbours, starts, chars, weights))

    @classmethod
    def of(cls, counts: Iterable[tuple[str, str, int]]) -> "NeighbourTable":
        """The table of these characters, each with a neighbour and how often that stands there."""
        found: dict[str, list[tuple[str, int]]] = {}
        for char, neighbour, count in counts:
            found.setdefault(char, []).append((neighbour, count))
        neighbours = {ord(char): Neighbours.of(counted) for char, counted in found.items()}
        lengths = [0] * (max(neighbours, default=-1) + 1)
        for code, each in neighbours.items():
            lengths[code] = len(each.chars)
        ranked = [neighbours[code] for code in sorted(neighbours)]
        return cls(
            starts=numbers(accumulate(lengths, initial=0)),
            chars=numbers(ord(char) for each in ranked for char in each.chars),
            weights=memoryview(b"".join(each.weights for each in ranked)),
        )

    @classmethod
    def from_columns(cls, columns: Columns) -> "NeighbourTable":
        """The table that has these columns. Raises KeyError where one is missing."""
        return cls(columns["starts"], columns["chars"], columns["weights"])

    @property
    def columns(self) -> Columns:
        """All that it holds."""
        return {"starts": self._starts, "chars": self._chars, "weights": self._weights}


def _neighbours(starts: memoryview, chars: memoryview, weights: memoryview, char: str) -> Neighbours:
    code = ord(char) if char else len(starts)
    if code + 1 >= len(starts):
        return _NONE
    place = slice(starts[code], starts[code + 1])
    return Neighbours(chars[place].tobytes().decode(_CODE_POINTS), weights[place].tobytes())


_NONE: Final = Neighbours()
_CODE_POINTS: Final = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"

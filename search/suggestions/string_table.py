"""Many short strings in little memory."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from heapq import merge
from itertools import accumulate
from typing import Final, TypeVar, overload

from search.suggestions.columns import Columns, numbers

STEP: Final = 20_000
"""Items that are sorted at once: some 20 ms."""

_LAST: Final = "\U0010ffff"


class StringTable(Sequence[str]):
    """An immutable list of strings that lie in UTF-8 one behind the other; each is made when it is asked for.

    A string of 25 Chinese characters takes 79 bytes here, 132 in a list.
    """

    __slots__ = ("_ends", "_joined")

    def __init__(self, joined: memoryview, ends: memoryview) -> None:
        """`ends` says where in `joined` each ends, after a 0."""
        self._joined = joined
        self._ends = ends

    @classmethod
    def of(cls, strings: Iterable[str]) -> "StringTable":
        """The table of these strings. Raises OverflowError where they have 4 GiB or more."""
        listed = [string.encode() for string in strings]
        return cls(memoryview(b"".join(listed)), numbers(accumulate(map(len, listed), initial=0)))

    @classmethod
    def from_columns(cls, columns: Columns) -> "StringTable":
        """The table that has these columns. Raises KeyError where one is missing."""
        return cls(columns["joined"], columns["ends"])

    @property
    def columns(self) -> Columns:
        """All that it holds."""
        return {"joined": self._joined, "ends": self._ends}

    def __len__(self) -> int:
        return len(self._ends) - 1

    @overload
    def __getitem__(self, at: int) -> str: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[str]: ...
    def __getitem__(self, at: int | slice) -> str | Sequence[str]:
        if isinstance(at, slice):
            return [self[number] for number in range(*at.indices(len(self)))]
        if at < 0:
            raise IndexError(at)
        return self._joined[self._ends[at] : self._ends[at + 1]].tobytes().decode()

    def encoded(self, at: int) -> bytes:
        """A string in UTF-8, which has the order of the strings and costs half as much."""
        return self._joined[self._ends[at] : self._ends[at + 1]].tobytes()

    def beginning_with(self, order: Sequence[int], prefix: str) -> slice:
        """Where in `order`, places in the order of their strings, those stand that begin with the prefix."""
        return self.between(order, prefix, prefix + _LAST)

    def between(self, order: Sequence[int], low: str, high: str) -> slice:
        """Where in such an order the strings from `low` up to before `high` stand."""
        return between(order, _encoded(low), _encoded(high), self.encoded)


Item = TypeVar("Item")
Text = TypeVar("Text", str, bytes)


def sorted_in_steps(items: Sequence[Item], key: Callable[[Item], str]) -> list[Item]:
    """As `sorted`, but other threads run meanwhile: one call of that on 400,000 items would stop them all for
    most of a second."""
    steps = [sorted(items[at : at + STEP], key=key) for at in range(0, len(items), STEP)]
    return list(merge(*steps, key=key))


def beginning_with(order: Sequence[int], prefix: str, key: Callable[[int], str]) -> slice:
    """Where in `order`, sorted by `key`, the keys stand that begin with the prefix."""
    return between(order, prefix, prefix + _LAST, key)


def between(order: Sequence[int], low: Text, high: Text, key: Callable[[int], Text]) -> slice:
    """Where in `order`, sorted by `key`, the keys from `low` up to before `high` stand."""
    start = bisect_left(order, low, key=key)
    return slice(start, bisect_left(order, high, start, key=key))


def _encoded(text: str) -> bytes:
    # What was typed may hold half a surrogate pair, which no string has: it finds nothing.
    return text.encode("utf-8", "surrogatepass")

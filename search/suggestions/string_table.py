"""Many short strings in little memory."""

from array import array
from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from heapq import merge
from itertools import accumulate
from typing import Final, TypeVar, overload

STEP: Final = 20_000
"""Items that are sorted at once: some 20 ms."""


class StringTable(Sequence[str]):
    """An immutable list of strings that lie one behind the other in a single one.

    A string of 25 Chinese characters takes 54 bytes here, 132 in a list.
    """

    __slots__ = ("_ends", "_joined")

    def __init__(self, strings: Iterable[str]) -> None:
        listed = tuple(strings)
        self._joined = "".join(listed)
        self._ends = array("L", accumulate(map(len, listed), initial=0))

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
        return self._joined[self._ends[at] : self._ends[at + 1]]


Item = TypeVar("Item")


def sorted_in_steps(items: Sequence[Item], key: Callable[[Item], str]) -> list[Item]:
    """As `sorted`, but other threads run meanwhile: one call of that on 400,000 items would stop them all for
    most of a second."""
    steps = [sorted(items[at : at + STEP], key=key) for at in range(0, len(items), STEP)]
    return list(merge(*steps, key=key))


def numbers(values: Iterable[int]) -> "array[int]":
    """Numbers below 2**32 in four bytes each."""
    return array("I", values)


def beginning_with(order: Sequence[int], prefix: str, key: Callable[[int], str]) -> slice:
    """Where in `order`, sorted by `key`, the keys stand that begin with the prefix."""
    return between(order, prefix, prefix + "\U0010ffff", key)


def between(order: Sequence[int], low: str, high: str, key: Callable[[int], str]) -> slice:
    """Where in `order`, sorted by `key`, the keys from `low` up to before `high` stand."""
    start = bisect_left(order, low, key=key)
    return slice(start, bisect_left(order, high, start, key=key))

"""A sorted dictionary of byte strings: the strings one behind the other, found by binary search."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile

LANDMARK_EVERY: Final = 32
"""Terms from one that is kept in memory to the next."""

_ABOVE_UTF8 = b"\xff"
"""Above every byte of UTF-8, so that prefix + this is behind all strings with the prefix."""


def term_bytes(text: str) -> bytes:
    """A term as a dictionary holds it. What is asked for may be no proper text: then it is found nowhere."""
    return text.encode("utf-8", "surrogatepass")


def dictionary_arrays(name: str, terms: Sequence[bytes]) -> Mapping[str, Array]:
    """The arrays of a dictionary; the terms rise strictly."""
    lengths = np.fromiter(map(len, terms), dtype=np.int64, count=len(terms))
    return {
        f"{name}.bytes": np.frombuffer(b"".join(terms), dtype=np.uint8),
        f"{name}.ends": np.cumsum(lengths).astype(np.uint32 if int(lengths.sum()) < 2**32 else np.uint64),
    }


class TermDictionary:
    """Reads a dictionary.

    A term's ordinal is its place in the order of bytes, that of code points.
    """

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._ends = file.array(f"{name}.ends").data
        self._bytes = file.array(f"{name}.bytes", self._ends[-1] if len(self._ends) else 0).data

    def __len__(self) -> int:
        return len(self._ends)

    def term(self, ordinal: int) -> bytes:
        """The term of an ordinal."""
        start = self._ends[ordinal - 1] if ordinal else 0
        return bytes(self._bytes[start : self._ends[ordinal]])

    def find(self, term: bytes) -> int:
        """The ordinal of a term, -1 where it is not there."""
        at = self._place(term)
        return at if at < len(self) and self.term(at) == term else -1

    def starting_with(self, prefix: bytes) -> tuple[int, int]:
        """The first ordinal with this prefix, and the first behind those that have it."""
        return self._place(prefix), self._place(prefix + _ABOVE_UTF8)

    def terms(self) -> Iterator[bytes]:
        """All terms, rising."""
        data, start = bytes(self._bytes), 0
        for end in self._ends.tolist():
            yield data[start:end]
            start = end

    @cached_property
    def _landmarks(self) -> list[bytes]:
        """Each LANDMARK_EVERY-th term, so that most of a search runs over objects of Python."""
        return [self.term(ordinal) for ordinal in range(0, len(self), LANDMARK_EVERY)]

    def _place(self, term: bytes) -> int:
        """The ordinal of the first term that is not below this one."""
        landmark = bisect_left(self._landmarks, term)
        if not landmark:
            return 0
        # All terms between the landmarks at once: that costs less than to look at a few of them in the file.
        low = (landmark - 1) * LANDMARK_EVERY
        ends = self._ends[low : low + LANDMARK_EVERY].tolist()
        start = self._ends[low - 1] if low else 0
        data = bytes(self._bytes[start : ends[-1]])

        def nth(at: int) -> bytes:
            return data[ends[at - 1] - start if at else 0 : ends[at] - start]

        return low + bisect_left(range(len(ends)), term, key=nth)


def union(dictionaries: Iterable[Iterable[bytes]]) -> tuple[list[bytes], list[NDArray[np.int64]]]:
    """All terms of several dictionaries, rising, and for each dictionary where its terms stand among them."""
    lists = [list(dictionary) for dictionary in dictionaries]
    terms = sorted(set().union(*lists))
    places = dict(zip(terms, range(len(terms)), strict=True))
    return terms, [
        np.fromiter(map(places.__getitem__, listed), dtype=np.int64, count=len(listed)) for listed in lists
    ]

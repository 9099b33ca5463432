"""Frequencies beside the postings of words: a byte each, the few that need more apart."""

from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.integers import narrow

_LARGE: Final = 255
"""Stands for a frequency of this or more."""


def frequency_arrays(name: str, frequencies: NDArray[np.uint32]) -> Mapping[str, Array]:
    """The arrays of frequencies, in the order of the postings."""
    large = np.flatnonzero(frequencies >= _LARGE)
    return {
        f"{name}.small": np.minimum(frequencies, _LARGE).astype(np.uint8),
        f"{name}.large_at": narrow(large),
        f"{name}.large": frequencies[large],
    }


class Frequencies:
    """Reads frequencies, which are exact."""

    def __init__(self, file: ArrayFile, name: str, count: int) -> None:
        self._small = file.array(f"{name}.small", count)
        self._large_at = file.array(f"{name}.large_at").data
        self._large = file.array(f"{name}.large", len(self._large_at))

    def at(self, places: NDArray[np.int64]) -> NDArray[np.unsignedinteger]:
        """The frequencies of these postings."""
        small: NDArray[np.uint8] = self._small[places]
        is_large = small == _LARGE
        if not is_large.any():
            return small
        frequencies = small.astype(np.uint32)
        for place in is_large.nonzero()[0].tolist():
            frequencies[place] = self._large[bisect_left(self._large_at, int(places[place]))]
        return frequencies

    def between(self, start: int, end: int) -> NDArray[np.unsignedinteger]:
        """The frequencies of the postings from `start` up to before `end`; not to be written to."""
        small: NDArray[np.uint8] = self._small[start:end]
        first = bisect_left(self._large_at, start)
        last = bisect_left(self._large_at, end, lo=first)
        if first == last:
            return small
        frequencies = small.astype(np.uint32)
        at = np.asarray(self._large_at[first:last]).astype(np.int64) - start
        frequencies[at] = self._large[first:last]
        return frequencies

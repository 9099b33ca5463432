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
    arrays: dict[str, Array] = {f"{name}.small": np.minimum(frequencies, _LARGE).astype(np.uint8)}
    if len(large):
        arrays |= {f"{name}.large_at": narrow(large), f"{name}.large": frequencies[large]}
    return arrays


class Frequencies:
    """Reads frequencies, which are exact."""

    def __init__(self, file: ArrayFile, name: str) -> None:
        self._small = file.array(f"{name}.small")
        large_at, large = file.array_or_none(f"{name}.large_at"), file.array_or_none(f"{name}.large")
        self._large_at = np.zeros(0, dtype=np.uint8).data if large_at is None else large_at.data
        self._large = np.zeros(0, dtype=np.uint32) if large is None else large

    def between(self, start: int, end: int) -> NDArray[np.uint32]:
        """The frequencies of the postings from `start` up to before `end`."""
        frequencies = self._small[start:end].astype(np.uint32)
        first = bisect_left(self._large_at, start)
        last = bisect_left(self._large_at, end, lo=first)
        if first < last:
            at = np.asarray(self._large_at[first:last]).astype(np.int64) - start
            frequencies[at] = self._large[first:last]
        return frequencies

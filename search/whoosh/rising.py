"""Rising document numbers and positions: moved to a state's numbers, joined, looked up in one another."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.whoosh.reading import Mask, Numbers


def numbered(documents: NDArray[Any], base: int) -> Numbers:
    """A segment's documents, numbered over all segments; the segment's first one is `base`."""
    numbers = documents.astype(np.intp, copy=False)
    return numbers + base if base else numbers


def concatenated(parts: Sequence[Numbers]) -> Numbers:
    """Numbers one behind the other; not copied where there is one part."""
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)


def run_ends(rising: NDArray[Any]) -> Mask:
    """Where the last of equal neighbours stands, for each number once."""
    last = np.ones(len(rising), dtype=np.bool_)
    np.not_equal(rising[1:], rising[:-1], out=last[:-1])
    return last


def contained(wanted: NDArray[Any], rising: NDArray[Any]) -> Mask:
    """Which of `wanted` are among `rising`; both have the same dtype, or numpy would copy the longer one."""
    if not len(rising):
        return np.zeros(len(wanted), dtype=np.bool_)
    at = rising.searchsorted(wanted)
    np.minimum(at, len(rising) - 1, out=at)
    same: Mask = rising[at] == wanted
    return same

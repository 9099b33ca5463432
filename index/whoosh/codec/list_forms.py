"""How a list is packed: in the form of the fewest bytes.

It follows from the length and the universe of the list, so it is not stored: writer and reader work it out.
"""

from typing import Final

import numpy as np
from numpy.typing import NDArray

RAW, BITMAP, LOW8, LOW16, LOW20 = range(5)
WIDTHS: Final = {LOW8: 8, LOW16: 16, LOW20: 20}
PACKED: Final = (BITMAP, LOW8, LOW16, LOW20)

_ZERO_BITS: Final = {LOW8: 3, LOW16: 1, LOW20: 1}
"""What a zero of a bit string counts for, in the choice of the form. Low parts of 8 bits leave so many that
reading them takes long: 63,000 numbers below 115 million are decoded in 276 us, with 16 bits in 65. So
counted, the index is 1 % larger than it could be."""

_DIRECTORY_BYTES: Final = 16
"""What the directory holds for a packed list, so that short ones stay raw."""


def forms_of(counts: NDArray[np.int64], universe: int) -> NDArray[np.uint8]:
    """How lists of these lengths, of numbers below `universe`, are packed: in the fewest bytes."""
    sizes = np.empty((5, len(counts)), dtype=np.float64)
    sizes[RAW] = 4.0 * counts
    sizes[BITMAP] = universe / 8 + _DIRECTORY_BYTES
    for kind, width in WIDTHS.items():
        bits = counts * (width + 1) + _ZERO_BITS[kind] * (universe >> width)
        sizes[kind] = (bits + 8) / 8 + _DIRECTORY_BYTES
    best: NDArray[np.uint8] = sizes.argmin(axis=0).astype(np.uint8)
    return best


def form_of(count: int, universe: int) -> int:
    """The same for one list, ten times faster."""
    best, least = RAW, 4.0 * count
    if universe / 8 + _DIRECTORY_BYTES < least:
        best, least = BITMAP, universe / 8 + _DIRECTORY_BYTES
    for kind, width in WIDTHS.items():
        bits = count * (width + 1) + _ZERO_BITS[kind] * (universe >> width)
        size = (bits + 8) / 8 + _DIRECTORY_BYTES
        if size < least:
            best, least = kind, size
    return best


def places_taken(kind: int, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Elements that lists take in the planes of a kind: two nibbles share a byte, and no two lists do."""
    return counts + (counts & 1) if kind == LOW20 else counts


def bit_bytes(kind: int, counts: NDArray[np.int64], universe: int) -> NDArray[np.int64]:
    """The bytes of the bit strings of lists."""
    if kind == BITMAP:
        return np.full(len(counts), -(-universe // 8), dtype=np.int64)
    return ((counts + (universe >> WIDTHS[kind])) >> 3) + 1


def bit_bytes_of_one(kind: int, count: int, universe: int) -> int:
    """The same for one list, ten times faster."""
    if kind == BITMAP:
        return -(-universe // 8)
    return ((count + (universe >> WIDTHS[kind])) >> 3) + 1

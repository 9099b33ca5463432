"""Bit strings, packed into bytes: where bits are set, how many are before one, where the n-th zero is.

Bit i is bit i % 8, from the least on, of byte i // 8. Counting and selecting by words and their bytes follow
S. Vigna, "Broadword implementation of rank/select queries" (2008).
"""

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array

Words = NDArray[np.uint64]

_EACH_BYTE: Final = np.uint64(0x0101010101010101)
_TOP_BITS: Final = np.uint64(0x8080808080808080)
_BYTE: Final = np.uint64(0xFF)
_ONE, _THREE, _SEVEN, _EIGHT = (np.uint64(number) for number in (1, 3, 7, 8))


def _selected_bits() -> NDArray[np.int64]:
    """By byte << 3 | n: its n-th set bit, from 0 on; 8 where it has no more."""
    bits = np.unpackbits(np.arange(256, dtype=np.uint8)[:, None], axis=1, bitorder="little").view(np.bool_)
    table = np.full((256, 8), 8, dtype=np.int64)
    for byte in range(256):
        (found,) = bits[byte].nonzero()
        table[byte, : len(found)] = found
    return table.reshape(-1)


_SELECTED: Final = _selected_bits()


def packed(places: NDArray[np.int64], size: int) -> Array:
    """A bit string of `size` bytes in which the bits at these places are set."""
    bits = np.zeros(size * 8, dtype=np.uint8)
    bits[places] = 1
    return np.packbits(bits, bitorder="little")


def mask_of(bits: Array) -> NDArray[np.bool_]:
    """Which bits are set."""
    return np.unpackbits(bits, bitorder="little").view(np.bool_)


def places_of(bits: Array) -> NDArray[np.intp]:
    """Where the set bits are, rising."""
    return mask_of(bits).nonzero()[0]


def words_of(bits: Array) -> Words:
    """The bit string in words of 64 bits, filled up with zeros."""
    words = np.zeros(-(-len(bits) // 8), dtype="<u8")
    words.view(np.uint8)[: len(bits)] = bits
    return words.astype(np.uint64, copy=False)


def ranks(words: Words, wanted: NDArray[Any]) -> NDArray[np.int64]:
    """How many set bits are below each wanted one, -1 where it is not set itself."""
    through = np.cumsum(np.bitwise_count(words), dtype=np.int64)
    at = wanted >> 6
    from_bit = words[at] >> (wanted & 63).astype(np.uint64)
    found: NDArray[np.int64] = through[at]
    found -= np.bitwise_count(from_bit)
    found[from_bit & _ONE == 0] = -1
    return found


def places_of_zeros(words: Words, wanted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Where the wanted zeros are; zeros are numbered from 0, and there are more of them than any number."""
    zeros = np.uint8(64) - np.bitwise_count(words)
    through = np.cumsum(zeros, dtype=np.int64)
    at = through.searchsorted(wanted, side="right")
    # The number of the zero in its word, then in its byte: a byte of `reached` has its top bit where more
    # zeros than that are in the bytes up to it. All top bits are set before, so no byte borrows from another.
    left = (wanted - through[at] + zeros[at]).astype(np.uint64)
    flipped = ~words[at]
    in_bytes = _counts_of_bytes(flipped)
    through_bytes = in_bytes * _EACH_BYTE
    reached = (through_bytes | _TOP_BITS) - (left + _ONE) * _EACH_BYTE
    shift = (_EIGHT - np.bitwise_count((reached >> _SEVEN) & _EACH_BYTE)) << _THREE
    left -= ((through_bytes - in_bytes) >> shift) & _BYTE
    selected = ((flipped >> shift) & _BYTE) << _THREE | left
    places: NDArray[np.int64] = (at << 6) + shift.astype(np.int64)
    places += _SELECTED[selected.astype(np.intp)]
    return places


def _counts_of_bytes(words: Words) -> Words:
    """In each byte of a word how many of its bits are set."""
    return np.bitwise_count(words.view(np.uint8)).view(np.uint64)

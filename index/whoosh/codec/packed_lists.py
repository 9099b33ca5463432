"""Many rising lists of numbers, packed: Elias-Fano codes with low parts of whole bytes.

Elias-Fano (P. Elias 1974; S. Vigna, "Quasi-succinct indices", 2013) splits each number of a list into a low
part of `width` bits, stored as it is, and a high part, stored in unary: bit `high + i` of a bit string is set
for the i-th number. With n numbers below U that takes about n * (width + 1) + U / 2**width bits, the least
near width = log2(U / n). Here the width is one that numpy reads without shifting bits (ADR 0017): that costs
about a bit a number more than the best width, and a number is decoded in about 2 ns.

How a list is packed follows from n and U alone (`_kinds`), so that it need not be stored.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile

Numbers = NDArray[np.uint32]

_RAW, _BITMAP, _LOW8, _LOW16, _LOW20 = range(5)
_WIDTHS: Final = {_LOW8: 8, _LOW16: 16, _LOW20: 20}
_KINDS: Final = (_BITMAP, _LOW8, _LOW16, _LOW20)

_DIRECTORY_BYTES: Final = 16
"""What the directory holds for a packed list, so that short ones stay raw."""

_EMPTY: Final = np.zeros(0, dtype=np.uint32)
_FIRST_PLACES: Final = np.arange(1 << 16, dtype=np.uint32)


def _kinds(counts: NDArray[np.int64], universe: int) -> NDArray[np.uint8]:
    """How lists of these lengths, of numbers below `universe`, are packed: in the fewest bytes."""
    sizes = np.empty((5, len(counts)), dtype=np.float64)
    sizes[_RAW] = 4.0 * counts
    sizes[_BITMAP] = universe / 8 + _DIRECTORY_BYTES
    for kind, width in _WIDTHS.items():
        sizes[kind] = (counts * (width + 1) + (universe >> width) + 8) / 8 + _DIRECTORY_BYTES
    best: NDArray[np.uint8] = sizes.argmin(axis=0).astype(np.uint8)
    return best


def _kind(count: int, universe: int) -> int:
    """The same for one list, ten times faster."""
    best, least = _RAW, 4.0 * count
    if universe / 8 + _DIRECTORY_BYTES < least:
        best, least = _BITMAP, universe / 8 + _DIRECTORY_BYTES
    for kind, width in _WIDTHS.items():
        size = (count * (width + 1) + (universe >> width) + 8) / 8 + _DIRECTORY_BYTES
        if size < least:
            best, least = kind, size
    return best


@dataclass(frozen=True, slots=True)
class Lists:
    """Lists one behind the other: list i is values[starts[i]:starts[i + 1]], and rises strictly."""

    starts: NDArray[np.int64]
    values: Numbers

    @property
    def counts(self) -> NDArray[np.int64]:
        return self.starts[1:] - self.starts[:-1]


class ListPacker:
    """Packs lists of numbers below `universe`, chunk after chunk."""

    def __init__(self, universe: int) -> None:
        self._universe = universe
        self._counts: list[NDArray[np.int64]] = []
        self._planes: dict[str, list[Array]] = {}
        self._ends: dict[int, list[NDArray[np.int64]]] = {kind: [] for kind in _KINDS}

    def add(self, lists: Lists) -> None:
        """Append lists."""
        counts = lists.counts
        self._counts.append(counts)
        kinds = _kinds(counts, self._universe)
        of_values = np.repeat(kinds, counts)
        self._put("raw", lists.values[of_values == _RAW])
        for kind in _KINDS:
            chosen = np.flatnonzero(kinds == kind)
            if len(chosen):
                self._pack(kind, counts[chosen], lists.values[of_values == kind])

    def arrays(self, name: str) -> Mapping[str, Array]:
        """The arrays of all lists; `name` begins their names."""
        counts = np.concatenate([np.zeros(1, dtype=np.int64), *self._counts])
        offsets = np.cumsum(counts)
        arrays: dict[str, Array] = {"offsets": _smallest_offsets(offsets)}
        kinds = _kinds(counts[1:], self._universe)
        packed = np.flatnonzero(kinds != _RAW)
        arrays["packed"] = packed.astype(np.uint32)
        before = np.cumsum(counts[1:][packed]) - counts[1:][packed]
        arrays["before"] = _smallest_offsets(before)
        elements, bits = (np.zeros(len(packed), dtype=np.int64) for _ in range(2))
        for kind in _KINDS:
            of_kind = kinds[packed] == kind
            padded = _padded(kind, counts[1:][packed][of_kind])
            elements[of_kind] = np.cumsum(padded) - padded
            sizes = np.concatenate([np.zeros(0, dtype=np.int64), *self._ends[kind]])
            bits[of_kind] = np.cumsum(sizes) - sizes
        arrays["elements"], arrays["bits"] = _smallest_offsets(elements), _smallest_offsets(bits)
        for plane, chunks in self._planes.items():
            arrays[plane] = np.concatenate(chunks)
        return {f"{name}.{key}": array for key, array in arrays.items()}

    def _put(self, plane: str, values: Array) -> None:
        self._planes.setdefault(plane, []).append(values)

    def _pack(self, kind: int, counts: NDArray[np.int64], values: Numbers) -> None:
        if kind == _BITMAP:
            highs = values.astype(np.int64)
            sizes = np.full(len(counts), -(-self._universe // 8), dtype=np.int64)
        else:
            width = _WIDTHS[kind]
            places = np.arange(len(values), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
            highs = (values >> np.uint32(width)).astype(np.int64) + places
            sizes = (highs[np.cumsum(counts) - 1] >> 3) + 1
            self._put_lows(kind, counts, values, places)
        self._ends[kind].append(sizes)
        bits = np.zeros(int(sizes.sum()) * 8, dtype=np.uint8)
        bits[highs + np.repeat((np.cumsum(sizes) - sizes) << 3, counts)] = 1
        self._put(f"highs{kind}", np.packbits(bits, bitorder="little"))

    def _put_lows(
        self, kind: int, counts: NDArray[np.int64], values: Numbers, places: NDArray[np.int64]
    ) -> None:
        if kind == _LOW8:
            self._put("lows8", values.astype(np.uint8))
        elif kind == _LOW16:
            self._put("lows16", values.astype(np.uint16))
        else:
            padded = _padded(kind, counts)
            at = places + np.repeat(np.cumsum(padded) - padded, counts)
            lows = np.zeros(int(padded.sum()), dtype=np.uint16)
            nibbles = np.zeros(len(lows), dtype=np.uint8)
            lows[at] = values.astype(np.uint16)
            nibbles[at] = (values >> np.uint32(16)).astype(np.uint8) & 15
            self._put("lows20", lows)
            self._put("nibbles", nibbles[0::2] | (nibbles[1::2] << 4))


_PLANES: Final = ("raw", "lows8", "lows16", "lows20", "nibbles", *(f"highs{kind}" for kind in _KINDS))


class PackedLists:
    """Reads packed lists. Safe to share between threads."""

    def __init__(self, file: ArrayFile, name: str, universe: int) -> None:
        self._universe = universe
        self._offsets = file.array(f"{name}.offsets")
        self._packed = file.array(f"{name}.packed")
        self._before, self._elements, self._bits = (
            file.array(f"{name}.{key}", len(self._packed)) for key in ("before", "elements", "bits")
        )
        self._planes = {plane: file.array(f"{name}.{plane}") for plane in _PLANES}
        # A look at one number costs a third in a view of what it costs in an array.
        self._offset_view, self._packed_view = self._offsets.data, self._packed.data

    def __len__(self) -> int:
        return max(0, len(self._offsets) - 1)

    @property
    def total(self) -> int:
        """How many numbers all lists hold together."""
        return int(self._offset_view[-1]) if len(self._offset_view) else 0

    @property
    def nbytes(self) -> int:
        """Bytes of all its arrays in the file."""
        directory = (self._offsets, self._packed, self._before, self._elements, self._bits)
        return sum(array.nbytes for array in (*directory, *self._planes.values()))

    def count(self, at: int) -> int:
        """How many numbers a list holds."""
        return int(self._offset_view[at + 1] - self._offset_view[at])

    def counts(self) -> NDArray[np.int64]:
        """How many numbers each list holds."""
        offsets = self._offsets.astype(np.int64)
        return offsets[1:] - offsets[:-1]

    def start(self, at: int) -> int:
        """How many numbers the lists before this one hold together."""
        return int(self._offset_view[at])

    def numbers(self, at: int) -> Numbers:
        """One list."""
        start, end = self._offset_view[at], self._offset_view[at + 1]
        slot = bisect_left(self._packed_view, at)
        if slot == len(self._packed_view) or self._packed_view[slot] != at:
            start -= self._numbers_before(slot)
            end -= self._numbers_before(slot)
            return self._planes["raw"][start:end]
        kind = _kind(end - start, self._universe)
        element, bit = int(self._elements[slot]), int(self._bits[slot])
        bits_end = _bits_end(kind, end - start, self._universe, bit)
        highs = _set_bits(self._planes[f"highs{kind}"], bit, bits_end)[: end - start]
        if kind != _BITMAP:
            highs -= _places(len(highs))
            self._add_lows(kind, highs, element)
        return highs

    def places(self, at: int, wanted: Numbers) -> NDArray[np.int64]:
        """Where in a list each wanted number stands, -1 where it does not. A bitmap is not decoded."""
        start, end = self._offset_view[at], self._offset_view[at + 1]
        if _kind(end - start, self._universe) == _BITMAP:
            begin = int(self._bits[bisect_left(self._packed_view, at)])
            return _places_in_bitmap(
                self._planes[f"highs{_BITMAP}"][begin : begin - (-self._universe // 8)], wanted
            )
        numbers = self.numbers(at)
        found = numbers.searchsorted(wanted)
        np.minimum(found, len(numbers) - 1, out=found)
        return np.where(numbers[found] == wanted, found, -1)

    def lists(self, low: int, high: int) -> Lists:
        """The lists from `low` up to before `high`, decoded together."""
        offsets = self._offsets[low : high + 1].astype(np.int64)
        if not len(offsets):
            return Lists(np.zeros(1, dtype=np.int64), _EMPTY)
        starts = offsets - offsets[0]
        counts = np.diff(starts)
        first, last = (bisect_left(self._packed_view, at) for at in (low, high))
        if first == last:
            before = self._numbers_before(first)
            begin = int(offsets[0]) - before
            return Lists(starts, self._planes["raw"][begin : begin + int(starts[-1])])
        packed = self._packed[first:last].astype(np.int64) - low
        values = np.empty(int(starts[-1]), dtype=np.uint32)
        is_raw = np.ones(len(counts), dtype=bool)
        is_raw[packed] = False
        raw_begin = int(offsets[0]) - self._numbers_before(first)
        raw_count = int(counts[is_raw].sum())
        values[np.repeat(is_raw, counts)] = self._planes["raw"][raw_begin : raw_begin + raw_count]
        kinds = _kinds(counts[packed], self._universe)
        for kind in _KINDS:
            chosen = np.flatnonzero(kinds == kind)
            if len(chosen):
                of_kind = packed[chosen]
                decoded = self._decode(kind, counts[of_kind], first + chosen)
                values[_spread(starts[of_kind], counts[of_kind])] = decoded
        return Lists(starts, values)

    def _numbers_before(self, slot: int) -> int:
        """How many numbers the packed lists before this slot of the directory hold."""
        if slot < len(self._before):
            return int(self._before[slot])
        if not slot:
            return 0
        return int(self._before[-1]) + self.count(int(self._packed[-1]))

    def _decode(self, kind: int, counts: NDArray[np.int64], slots: NDArray[np.int64]) -> Numbers:
        """Lists of one kind that stand one behind the other in its planes."""
        bits = self._bits[slots].astype(np.int64)
        plane = self._planes[f"highs{kind}"]
        last = len(slots) - 1
        end = _bits_end(kind, int(counts[last]), self._universe, int(bits[last]))
        highs = _set_bits(plane, int(bits[0]), end)[: int(counts.sum())]
        shift = (bits - bits[0]) << 3
        if kind == _BITMAP:
            return highs - np.repeat(shift, counts).astype(np.uint32)
        places = np.arange(len(highs), dtype=np.uint32)
        highs -= np.repeat(shift, counts).astype(np.uint32)
        highs -= places - np.repeat(np.cumsum(counts) - counts, counts).astype(np.uint32)
        if kind == _LOW20:
            elements = self._elements[slots].astype(np.int64)
            begin, stop = int(elements[0]), int(elements[last]) + int(_padded(kind, counts[last:])[0])
            at = _spread(elements - begin, counts)
            highs <<= np.uint32(20)
            highs |= self._planes["lows20"][begin:stop][at]
            highs |= _nibbles(self._planes["nibbles"][begin >> 1 : stop >> 1])[at]
            return highs
        self._add_lows(kind, highs, int(self._elements[slots[0]]))
        return highs

    def _add_lows(self, kind: int, highs: Numbers, element: int) -> None:
        """Turn the high parts of neighbouring lists, from this element of the kind on, into the numbers."""
        highs <<= np.uint32(_WIDTHS[kind])
        end = element + len(highs)
        highs |= self._planes[f"lows{_WIDTHS[kind]}"][element:end]
        if kind == _LOW20:
            highs |= _nibbles(self._planes["nibbles"][element >> 1 : (end + 1) >> 1])[: len(highs)]


def concatenated(chunks: Sequence[Numbers]) -> Numbers:
    """Numbers one behind the other."""
    return np.concatenate(chunks) if chunks else _EMPTY


def _padded(kind: int, counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """Elements that lists take in the planes of a kind: two nibbles share a byte, and no two lists do."""
    return counts + (counts & 1) if kind == _LOW20 else counts


def _bits_end(kind: int, count: int, universe: int, start: int) -> int:
    """A byte at or behind the end of the bit string of a list that begins at `start`."""
    if kind == _BITMAP:
        return start - (-universe // 8)
    return start + ((count + (universe >> _WIDTHS[kind])) >> 3) + 1


def _set_bits(plane: Array, start: int, end: int) -> Numbers:
    """Where the set bits between two bytes are, counted from the first of them."""
    bits = np.unpackbits(plane[start:end], bitorder="little").view(np.bool_)
    return bits.nonzero()[0].astype(np.uint32)


def _places(count: int) -> Numbers:
    """The numbers from 0 up to before `count`; not to be written to."""
    return _FIRST_PLACES[:count] if count <= len(_FIRST_PLACES) else np.arange(count, dtype=np.uint32)


def _places_in_bitmap(bitmap: Array, wanted: Numbers) -> NDArray[np.int64]:
    """How many set bits are below each wanted one, -1 where it is not set itself."""
    padded = np.zeros(-(-len(bitmap) // 8) * 8, dtype=np.uint8)
    padded[: len(bitmap)] = bitmap
    words = padded.view("<u8").astype(np.uint64, copy=False)
    counts = np.bitwise_count(words)
    before = np.cumsum(counts, dtype=np.int64) - counts
    at, bit = wanted >> np.uint32(6), (wanted & np.uint32(63)).astype(np.uint64)
    word = words[at]
    is_set = (word >> bit) & np.uint64(1)
    places: NDArray[np.int64] = before[at] + np.bitwise_count(word & ((np.uint64(1) << bit) - np.uint64(1)))
    places[is_set == 0] = -1
    return places


def _nibbles(pairs: Array) -> Numbers:
    """Bits 16 to 19 of numbers, two of which share a byte."""
    both = np.empty((len(pairs), 2), dtype=np.uint32)
    both[:, 0] = pairs & 15
    both[:, 1] = pairs >> 4
    both <<= 16
    return both.reshape(-1)


def _spread(starts: NDArray[np.int64], counts: NDArray[np.int64]) -> NDArray[np.int64]:
    """The numbers start, start + 1, … for each start, as many as its count."""
    spread: NDArray[np.int64] = np.arange(int(counts.sum()), dtype=np.int64)
    spread += np.repeat(starts - (np.cumsum(counts) - counts), counts)
    return spread


def _smallest_offsets(values: NDArray[np.int64]) -> Array:
    """As 32-bit numbers where they fit."""
    return values.astype(np.uint32 if not len(values) or int(values.max()) < 2**32 else np.uint64)

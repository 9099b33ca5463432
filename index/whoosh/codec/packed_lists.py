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
from typing import Any, Final, TypeVar

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.bit_strings import mask_of, packed, places_of, places_of_zeros, ranks, words_of
from index.whoosh.codec.list_forms import (
    BITMAP,
    LOW8,
    LOW16,
    LOW20,
    PACKED,
    RAW,
    WIDTHS,
    bit_bytes,
    bit_bytes_of_one,
    form_of,
    forms_of,
    places_taken,
)

Numbers = NDArray[np.uint32]
Members = NDArray[np.intp] | NDArray[np.bool_]
"""Rising numbers, or by number whether it is one of them."""
Number = TypeVar("Number", np.uint32, np.intp)

PROBED_FROM: Final = 20_000
PROBED: Final = 100
"""Numbers are looked for in a list from this length on without decoding it where it is longer than them by
this factor. Measured: decoding 60,000 numbers takes 75 us, looking for 50 of them 45 us, for 300 80."""

_EMPTY: Final = np.zeros(0, dtype=np.uint32)
_FIRST_PLACES: Final = np.arange(1 << 16, dtype=np.uint32)
_FIRST_INDICES: Final = np.arange(1 << 16, dtype=np.intp)


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

    def add(self, lists: Lists) -> None:
        """Append lists."""
        counts = lists.counts
        self._counts.append(counts)
        kinds = forms_of(counts, self._universe)
        of_values = np.repeat(kinds, counts)
        self._put("raw", lists.values[of_values == RAW])
        for kind in PACKED:
            chosen = np.flatnonzero(kinds == kind)
            if len(chosen):
                self._pack(kind, counts[chosen], lists.values[of_values == kind])

    def arrays(self, name: str) -> Mapping[str, Array]:
        """The arrays of all lists; `name` begins their names."""
        counts = np.concatenate([np.zeros(1, dtype=np.int64), *self._counts])
        offsets = np.cumsum(counts)
        arrays: dict[str, Array] = {"offsets": _smallest_offsets(offsets)}
        kinds = forms_of(counts[1:], self._universe)
        slots = np.flatnonzero(kinds != RAW)
        lengths, kinds = counts[1:][slots], kinds[slots]
        arrays["packed"] = slots.astype(np.uint32)
        arrays["before"] = _smallest_offsets(np.cumsum(lengths) - lengths)
        elements, bits = (np.zeros(len(slots), dtype=np.int64) for _ in range(2))
        for kind in PACKED:
            of_kind = kinds == kind
            padded = places_taken(kind, lengths[of_kind])
            elements[of_kind] = np.cumsum(padded) - padded
            sizes = bit_bytes(kind, lengths[of_kind], self._universe)
            bits[of_kind] = np.cumsum(sizes) - sizes
        arrays["elements"], arrays["bits"] = _smallest_offsets(elements), _smallest_offsets(bits)
        for plane, chunks in self._planes.items():
            arrays[plane] = np.concatenate(chunks)
        return {f"{name}.{key}": array for key, array in arrays.items()}

    def _put(self, plane: str, values: Array) -> None:
        self._planes.setdefault(plane, []).append(values)

    def _pack(self, kind: int, counts: NDArray[np.int64], values: Numbers) -> None:
        highs = values.astype(np.int64)
        if kind != BITMAP:
            places = np.arange(len(values), dtype=np.int64) - np.repeat(np.cumsum(counts) - counts, counts)
            highs >>= WIDTHS[kind]
            highs += places
            self._put_lows(kind, counts, values, places)
        sizes = bit_bytes(kind, counts, self._universe)
        highs += np.repeat((np.cumsum(sizes) - sizes) << 3, counts)
        self._put(f"highs{kind}", packed(highs, int(sizes.sum())))

    def _put_lows(
        self, kind: int, counts: NDArray[np.int64], values: Numbers, places: NDArray[np.int64]
    ) -> None:
        if kind == LOW8:
            self._put("lows8", values.astype(np.uint8))
        elif kind == LOW16:
            self._put("lows16", values.astype(np.uint16))
        else:
            padded = places_taken(kind, counts)
            at = places + np.repeat(np.cumsum(padded) - padded, counts)
            lows = np.zeros(int(padded.sum()), dtype=np.uint16)
            nibbles = np.zeros(len(lows), dtype=np.uint8)
            lows[at] = values.astype(np.uint16)
            nibbles[at] = (values >> np.uint32(16)).astype(np.uint8) & 15
            self._put("lows20", lows)
            self._put("nibbles", nibbles[0::2] | (nibbles[1::2] << 4))


_PLANES: Final = ("raw", "lows8", "lows16", "lows20", "nibbles", *(f"highs{kind}" for kind in PACKED))


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
        return self._unpacked(at, _FIRST_PLACES)

    def indices(self, at: int) -> NDArray[np.intp]:
        """One list, of the type that numpy indexes with."""
        return self._unpacked(at, _FIRST_INDICES)

    def members(self, at: int) -> Members:
        """One list, in the form that is nearer to how it is stored."""
        count = self.count(at)
        if form_of(count, self._universe) != BITMAP:
            return self.indices(at)
        bits = self._bit_string(BITMAP, count, bisect_left(self._packed_view, at))
        return mask_of(bits)[: self._universe]

    def _unpacked(self, at: int, places: NDArray[Number]) -> NDArray[Number]:
        """One list, of the type of `places`, which count up from 0."""
        slot = bisect_left(self._packed_view, at)
        if not self._is_packed(at, slot):
            return self._raw(at, slot).astype(places.dtype, copy=False)
        count = self.count(at)
        return self._decoded(form_of(count, self._universe), count, slot, places)

    def _is_packed(self, at: int, slot: int) -> bool:
        """Whether a list is the one in this slot of the directory, the first that is not before it."""
        return slot < len(self._packed_view) and self._packed_view[slot] == at

    def _raw(self, at: int, slot: int) -> Numbers:
        before = self._numbers_before(slot)
        start, end = self._offset_view[at], self._offset_view[at + 1]
        return self._planes["raw"][start - before : end - before]

    def _decoded(self, kind: int, count: int, slot: int, places: NDArray[Number]) -> NDArray[Number]:
        """The packed list of this kind and length in a slot of the directory."""
        highs = places_of(self._bit_string(kind, count, slot)).astype(places.dtype, copy=False)
        if kind != BITMAP:
            highs -= places[:count] if count <= len(places) else np.arange(count, dtype=places.dtype)
            self._add_lows(kind, highs, int(self._elements[slot]))
        return highs

    def places(self, at: int, wanted: NDArray[Number]) -> NDArray[np.int64]:
        """Where in a list each wanted number stands, -1 where it does not. They are below the universe.

        Of a long list only what is near the wanted numbers is decoded.
        """
        slot = bisect_left(self._packed_view, at)
        if not self._is_packed(at, slot):
            return _places_among(self._raw(at, slot), wanted)
        count = self.count(at)
        kind = form_of(count, self._universe)
        if kind == BITMAP:
            return ranks(words_of(self._bit_string(kind, count, slot)), wanted)
        if kind in {LOW8, LOW16} and count >= PROBED_FROM and len(wanted) * PROBED < count:
            return self._probed(kind, count, slot, wanted)
        firsts: NDArray[Any] = _FIRST_INDICES if wanted.dtype == np.intp else _FIRST_PLACES
        return _places_among(self._decoded(kind, count, slot, firsts), wanted)

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
        kinds = forms_of(counts[packed], self._universe)
        for kind in PACKED:
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

    def _bit_string(self, kind: int, count: int, slot: int) -> Array:
        """The bits of the list in a slot of the directory, which has `count` numbers."""
        begin = int(self._bits[slot])
        return self._planes[f"highs{kind}"][begin : begin + bit_bytes_of_one(kind, count, self._universe)]

    def _probed(self, kind: int, count: int, slot: int, wanted: NDArray[Number]) -> NDArray[np.int64]:
        """`places`: numbers with the same high part stand between two zeros of the bit string."""
        width = WIDTHS[kind]
        highs = (wanted >> width).astype(np.int64)
        zeros = places_of_zeros(
            words_of(self._bit_string(kind, count, slot)), np.concatenate([np.maximum(highs - 1, 0), highs])
        )
        starts = zeros[: len(wanted)] + 1
        starts[highs == 0] = 0
        counts = zeros[len(wanted) :] - starts
        starts -= highs
        # All numbers with one of these high parts, side by side, and which of the wanted each may be.
        owners = np.arange(len(wanted)).repeat(counts)
        at = (starts - np.cumsum(counts) + counts)[owners]
        at += np.arange(len(at))
        lows = self._planes[f"lows{width}"]
        hits = (lows[at + int(self._elements[slot])] == wanted.astype(lows.dtype)[owners]).nonzero()[0]
        places = np.full(len(wanted), -1, dtype=np.int64)
        places[owners[hits]] = at[hits]
        return places

    def _decode(self, kind: int, counts: NDArray[np.int64], slots: NDArray[np.int64]) -> Numbers:
        """Lists of one kind that stand one behind the other in its planes."""
        bits = self._bits[slots].astype(np.int64)
        last = len(slots) - 1
        end = int(bits[last]) + bit_bytes_of_one(kind, int(counts[last]), self._universe)
        highs = places_of(self._planes[f"highs{kind}"][int(bits[0]) : end]).astype(np.uint32)
        shift = (bits - bits[0]) << 3
        if kind == BITMAP:
            return highs - np.repeat(shift, counts).astype(np.uint32)
        places = np.arange(len(highs), dtype=np.uint32)
        highs -= np.repeat(shift, counts).astype(np.uint32)
        highs -= places - np.repeat(np.cumsum(counts) - counts, counts).astype(np.uint32)
        if kind == LOW20:
            elements = self._elements[slots].astype(np.int64)
            begin, stop = int(elements[0]), int(elements[last]) + int(places_taken(kind, counts[last:])[0])
            at = _spread(elements - begin, counts)
            highs <<= np.uint32(20)
            highs |= self._planes["lows20"][begin:stop][at]
            highs |= _nibbles(self._planes["nibbles"][begin >> 1 : stop >> 1])[at]
            return highs
        self._add_lows(kind, highs, int(self._elements[slots[0]]))
        return highs

    def _add_lows(self, kind: int, highs: NDArray[Any], element: int) -> None:
        """Turn the high parts of neighbouring lists, from this element of the kind on, into the numbers."""
        highs <<= WIDTHS[kind]
        end = element + len(highs)
        highs |= self._planes[f"lows{WIDTHS[kind]}"][element:end]
        if kind == LOW20:
            highs |= _nibbles(self._planes["nibbles"][element >> 1 : (end + 1) >> 1])[: len(highs)]


def _places_among(numbers: NDArray[Any], wanted: NDArray[Number]) -> NDArray[np.int64]:
    """Where among rising numbers, one at least, each wanted one stands; -1 where it does not."""
    # Of one type, or numpy would copy the longer array.
    found = numbers.searchsorted(wanted.astype(numbers.dtype, copy=False))
    np.minimum(found, len(numbers) - 1, out=found)
    return np.where(numbers[found] == wanted, found, -1)


def concatenated(chunks: Sequence[Numbers]) -> Numbers:
    """Numbers one behind the other."""
    return np.concatenate(chunks) if chunks else _EMPTY


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

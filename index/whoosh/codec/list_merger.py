"""Merges the lists of several segments: those of each term, one behind the other."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.whoosh.codec.numbering import Renumbering
from index.whoosh.codec.packed_lists import Lists, Numbers, PackedLists

CHUNK_NUMBERS = 4_000_000
"""Numbers that are merged together; some 60 bytes of memory each. Chosen by hand."""


class Values(Protocol):
    """Values that stand beside the numbers of all lists of a source."""

    def between(self, start: int, end: int) -> NDArray[np.uint32]: ...


@dataclass(frozen=True, slots=True)
class ListSource:
    """The lists of one segment. `places`: by list, which list of the result it goes into, rising strictly.

    `documents`: the document of each unit of numbers; a number n is in unit n >> unit_bits.
    """

    lists: PackedLists
    places: NDArray[np.int64]
    numbering: Renumbering
    documents: NDArray[np.uint32] | None = None
    unit_bits: int = 0
    beside: Values | None = None


@dataclass(frozen=True, slots=True)
class MergedChunk:
    """The next lists of the result that are not empty.

    `places`: which of all lists of the sources each of them is. `beside`: the values beside the numbers,
    where the sources have some.
    """

    places: NDArray[np.int64]
    lists: Lists
    beside: NDArray[np.uint32] | None


def merged_lists(sources: Sequence[ListSource], count: int) -> Iterator[MergedChunk]:
    """The lists of the result, in chunks; `count`: how many, with those of which nothing is left."""
    for low, high in _chunks(sources, count):
        pieces = [_piece(source, low, high) for source in sources]
        counts = np.zeros(high - low, dtype=np.int64)
        for piece in pieces:
            counts[piece.places] += piece.counts
        starts = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
        values = np.empty(int(starts[-1]), dtype=np.uint32)
        with_values = any(piece.beside is not None for piece in pieces)
        beside = np.empty(len(values), dtype=np.uint32) if with_values else None
        ends = starts[:-1].copy()
        for piece in pieces:
            to = np.arange(len(piece.values)) + np.repeat(
                ends[piece.places] - (np.cumsum(piece.counts) - piece.counts), piece.counts
            )
            values[to] = piece.values
            if beside is not None and piece.beside is not None:
                beside[to] = piece.beside
            ends[piece.places] += piece.counts
        left = np.flatnonzero(counts)
        yield MergedChunk(left + low, Lists(np.append(starts[left], starts[-1]), values), beside)


@dataclass(frozen=True, slots=True)
class _Piece:
    """What one source gives to a chunk."""

    places: NDArray[np.int64]
    counts: NDArray[np.int64]
    values: Numbers
    beside: NDArray[np.uint32] | None


def _piece(source: ListSource, low: int, high: int) -> _Piece:
    first, last = (int(at) for at in source.places.searchsorted([low, high]))
    lists = source.lists.lists(first, last)
    places = source.places[first:last] - low
    counts, values = lists.counts, lists.values
    beside = None
    if source.beside is not None:
        start = source.lists.start(first)
        beside = source.beside.between(start, start + len(values))
    documents = values
    if source.documents is not None:
        documents = source.documents[values >> np.uint32(source.unit_bits)]
    if not source.numbering.keeps_all:
        keep = source.numbering.live[documents]
        kept = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(keep)])
        counts = np.diff(kept[lists.starts])
        values, documents = values[keep], documents[keep]
        beside = None if beside is None else beside[keep]
    moved = (values.astype(np.int64) + source.numbering.moved[documents]).astype(np.uint32)
    return _Piece(places, counts, moved, beside)


def _chunks(sources: Sequence[ListSource], count: int) -> Iterator[tuple[int, int]]:
    """Ranges of lists of the result that hold about CHUNK_NUMBERS together, one list at least."""
    numbers = np.zeros(count, dtype=np.int64)
    for source in sources:
        numbers[source.places] += source.lists.counts()
    ends = np.cumsum(numbers)
    low = 0
    while low < count:
        limit = (int(ends[low - 1]) if low else 0) + CHUNK_NUMBERS
        high = max(low + 1, int(ends.searchsorted(limit, side="right")))
        yield low, high
        low = high

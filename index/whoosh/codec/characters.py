"""The character field: where each pair of neighbouring characters stands, and each character's documents.

Every character of a part begins one pair: it and the one behind it, or it and the gap, where it is the last.
So the places of the pairs that begin with a character are all its places, and a run of n characters is n - 1
pairs.
"""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.documents import IndexDocument
from index.whoosh.codec.array_file import Array, ArrayFile
from index.whoosh.codec.integers import narrow
from index.whoosh.codec.list_merger import ListSource, merged_lists
from index.whoosh.codec.numbering import Renumbering
from index.whoosh.codec.packed_lists import ListPacker, Lists, Members, Numbers, PackedLists
from index.whoosh.codec.positions import UNIT, UNIT_BITS, Positions

GAP: Final = "\0"
"""Stands behind the last character of a part; no text holds it, since it is a control character."""

_ALPHABET: Final = "characters.alphabet"
_PAIR_ENDS: Final = "characters.pair_ends"
_SECONDS: Final = "characters.seconds"
_PLACES: Final = "characters.places"
_DOCUMENTS: Final = "characters.documents"
_TITLES: Final = "characters.titles"

_CODES: Final = 0x110000
FEW: Final = 100_000
"""Characters that are sorted in less time than a table of all code points is filled."""
_PAIR_BITS: Final = np.uint64(32)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """The pair dictionary as arrays: pairs are sorted by first, then by second character.

    `alphabet`: code points, rising, the gap among them. `ends`: by place in the alphabet, how many pairs
    begin with this character or one before it. `seconds`: of each pair, the place of its second character in
    the alphabet.
    """

    alphabet: NDArray[np.uint32]
    ends: NDArray[np.int64]
    seconds: Array

    def codes(self) -> NDArray[np.uint64]:
        """Each pair as one number, rising: first code point << 32 | second."""
        firsts = np.repeat(self.alphabet, np.diff(self.ends, prepend=0)).astype(np.uint64)
        return firsts << _PAIR_BITS | self.alphabet[self.seconds]

    @classmethod
    def of_codes(cls, codes: NDArray[np.uint64]) -> "_Pairs":
        firsts, seconds = codes >> _PAIR_BITS, codes & np.uint64(2**32 - 1)
        alphabet = np.union1d(firsts, np.zeros(1, dtype=np.uint64))
        return cls(
            alphabet.astype(np.uint32),
            firsts.searchsorted(alphabet, side="right"),
            alphabet.searchsorted(seconds).astype(np.uint32),
        )

    def arrays(self) -> Mapping[str, Array]:
        return {_ALPHABET: self.alphabet, _PAIR_ENDS: narrow(self.ends), _SECONDS: narrow(self.seconds)}


class Characters:
    """Reads the character field of a segment."""

    def __init__(self, file: ArrayFile, positions: Positions, count: int) -> None:
        self._alphabet = file.array(_ALPHABET)
        self._ends = file.array(_PAIR_ENDS)
        self._seconds = file.array(_SECONDS)
        # A look at one number costs a third in a view of what it costs in an array.
        self._end_view, self._second_view = self._ends.data, self._seconds.data
        self.places = PackedLists(file, _PLACES, positions.extent)
        self.documents = PackedLists(file, _DOCUMENTS, count)
        self.titles = PackedLists(file, _TITLES, count)

    def documents_with(self, character: str) -> Members:
        """The documents of a character."""
        rank = self._rank(character)
        return self.documents.members(rank) if rank >= 0 else np.zeros(0, dtype=np.intp)

    def titles_with(self, character: str) -> Members:
        """The documents in whose title a character stands."""
        rank = self._rank(character)
        return self.titles.members(rank) if rank >= 0 else np.zeros(0, dtype=np.intp)

    def pair(self, first: str, second: str) -> int:
        """The ordinal of a pair, -1 where it stands nowhere."""
        rank, next_rank = self._rank(first), self._rank(second)
        if rank < 0 or next_rank < 0:
            return -1
        low, high = self._range(rank)
        at = bisect_left(self._second_view, next_rank, low, high)
        return at if at < high and self._second_view[at] == next_rank else -1

    def positions(self, character: str) -> Numbers:
        """All places of a character, rising."""
        rank = self._rank(character)
        if rank < 0:
            return np.zeros(0, dtype=np.uint32)
        places = self.places.lists(*self._range(rank)).values.copy()
        places.sort()
        return places

    def pairs(self) -> _Pairs:
        """The pair dictionary."""
        return _Pairs(self._alphabet, self._ends.astype(np.int64), self._seconds)

    def alphabet(self) -> NDArray[np.uint32]:
        """The code points of all characters, rising, the gap among them."""
        return self._alphabet

    @cached_property
    def _ranks(self) -> Mapping[int, int]:
        """The place in the alphabet of each code point."""
        return dict(zip(self._alphabet.tolist(), range(len(self._alphabet)), strict=True))

    def _rank(self, character: str) -> int:
        return self._ranks.get(ord(character), -1)

    def _range(self, rank: int) -> tuple[int, int]:
        return self._end_view[rank - 1] if rank else 0, self._end_view[rank]


def character_arrays(documents: Sequence[IndexDocument], positions: Positions) -> Mapping[str, Array]:
    """The character field of documents."""
    codes = _laid_out(documents, positions)
    alphabet, ranks = _ranked(codes)
    places = np.flatnonzero(codes).astype(np.uint32)
    firsts, seconds = ranks[places], ranks[places + np.uint32(1)]
    documents_of = positions.unit_documents[places >> np.uint32(UNIT_BITS)]
    order, begins, listed = _inverted(firsts, seconds, places, len(alphabet))
    dictionary = _Pairs(
        alphabet,
        (listed >> _PAIR_BITS).searchsorted(np.arange(len(alphabet), dtype=np.uint64), side="right"),
        (listed & np.uint64(2**32 - 1)).astype(np.uint32),
    )
    packer = ListPacker(positions.extent)
    packer.add(Lists(np.append(begins, len(order)), order))
    inside = places - (positions.first_units[documents_of] << np.uint32(UNIT_BITS))
    in_title = np.flatnonzero(inside < positions.part_starts[documents_of, 1])
    return {
        **dictionary.arrays(),
        **packer.arrays(_PLACES),
        **_document_lists(firsts, documents_of, len(alphabet), len(documents)).arrays(_DOCUMENTS),
        **_document_lists(firsts[in_title], documents_of[in_title], len(alphabet), len(documents)).arrays(
            _TITLES
        ),
    }


def merged_characters(
    sources: Sequence[Characters],
    held: Sequence[Positions],
    documents: Sequence[Renumbering],
    moved: Sequence[Renumbering],
    merged: Positions,
) -> Mapping[str, Array]:
    """The character field of segments whose documents and positions are renumbered so.

    `held` and `merged` are how characters are numbered before and after.
    """
    codes = [source.pairs().codes() for source in sources]
    every, places = _union(codes)
    packer = ListPacker(merged.extent)
    kept: list[NDArray[np.uint64]] = [np.zeros(0, dtype=np.uint64)]
    lists = [
        ListSource(source.places, place, numbering, positions.unit_documents, UNIT_BITS)
        for source, place, numbering, positions in zip(sources, places, moved, held, strict=True)
    ]
    for chunk in merged_lists(lists, len(every)):
        packer.add(chunk.lists)
        kept.append(every[chunk.places])
    pairs = _Pairs.of_codes(np.concatenate(kept))
    alphabets = [source.alphabet() for source in sources]
    return {
        **pairs.arrays(),
        **packer.arrays(_PLACES),
        **_merged_documents(
            [source.documents for source in sources], alphabets, documents, pairs.alphabet
        ).arrays(_DOCUMENTS),
        **_merged_documents(
            [source.titles for source in sources], alphabets, documents, pairs.alphabet
        ).arrays(_TITLES),
    }


def _merged_documents(
    sources: Sequence[PackedLists],
    alphabets: Sequence[NDArray[np.uint32]],
    documents: Sequence[Renumbering],
    merged: NDArray[np.uint32],
) -> ListPacker:
    """The documents of each character of the merged alphabet, from those of each one's of the sources."""
    every, places = _union(alphabets)
    packer = ListPacker(sum(int(numbering.live.sum()) for numbering in documents))
    lists = [
        ListSource(source, place, numbering)
        for source, place, numbering in zip(sources, places, documents, strict=True)
    ]
    done = 0
    for chunk in merged_lists(lists, len(every)):
        letters = merged.searchsorted(every[chunk.places])
        end = int(letters[-1]) + 1 if len(letters) else done
        counts = np.zeros(end - done, dtype=np.int64)
        counts[letters - done] = chunk.lists.counts
        packer.add(Lists(np.append(0, np.cumsum(counts)), chunk.lists.values))
        done = end
    packer.add(Lists(np.zeros(len(merged) - done + 1, dtype=np.int64), np.zeros(0, dtype=np.uint32)))
    return packer


def _laid_out(documents: Sequence[IndexDocument], positions: Positions) -> NDArray[np.uint32]:
    """The code point at each position, 0 where there is none; one more 0 at the end."""
    pieces: list[str] = []
    units = np.diff(positions.first_units).tolist()
    for document, taken in zip(documents, units, strict=True):
        texts = [document.characters.get(part, "") for part in Part]
        size = sum(map(len, texts)) + len(Part)
        pieces += (GAP.join(texts), GAP * (taken * UNIT - size + 1))
    pieces.append(GAP)
    return np.frombuffer("".join(pieces).encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint32)


def _ranked(codes: NDArray[np.uint32]) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The alphabet of a text, the gap first, and the place in it of each character."""
    if len(codes) < FEW:
        alphabet, ranks_of_few = np.unique(codes, return_inverse=True)
        return alphabet, ranks_of_few.astype(np.uint32)
    present = np.zeros(_CODES, dtype=bool)
    present[codes] = True
    alphabet = np.flatnonzero(present).astype(np.uint32)
    ranks = np.zeros(_CODES, dtype=np.uint32)
    ranks[alphabet] = np.arange(len(alphabet), dtype=np.uint32)
    return alphabet, ranks[codes]


def _inverted(
    firsts: NDArray[np.uint32], seconds: NDArray[np.uint32], places: Numbers, letters: int
) -> tuple[Numbers, NDArray[np.int64], NDArray[np.uint64]]:
    """Places sorted by pair, then rising; where among them those of each pair begin; and the pairs: the place
    of the first character in the alphabet << 32 | that of the second."""
    if letters <= 1 << 16:
        # Sorting plain numbers is many times faster than sorting indirectly.
        keys = firsts.astype(np.uint64)
        keys <<= np.uint64(16)
        keys |= seconds
        keys <<= np.uint64(32)
        keys |= places
        keys.sort()
        halves = keys.astype("<u8", copy=False).view("<u4")
        narrow_pairs = halves[1::2].astype(np.uint32)
        begins = _begins(narrow_pairs)
        listed = narrow_pairs[begins].astype(np.uint64)
        listed = (listed >> np.uint64(16)) << _PAIR_BITS | listed & np.uint64(0xFFFF)
        return halves[0::2].astype(np.uint32), begins, listed
    pairs = firsts.astype(np.uint64) << _PAIR_BITS | seconds
    order = np.argsort(pairs, kind="stable")
    begins = _begins(pairs[order])
    return places[order], begins, pairs[order[begins]]


def _document_lists(
    characters: NDArray[np.uint32], documents: NDArray[np.uint32], letters: int, count: int
) -> ListPacker:
    """The documents of each character, from its occurrences."""
    small = letters * count < 1 << 32
    keys: Array = characters.astype(np.uint32 if small else np.uint64)
    keys *= keys.dtype.type(count)
    keys += documents
    keys.sort()
    keys = keys[_begins(keys)]
    letters_of = keys // keys.dtype.type(max(count, 1))
    counts = np.bincount(letters_of.astype(np.int64), minlength=letters)
    packer = ListPacker(count)
    keys -= letters_of * keys.dtype.type(count)
    packer.add(Lists(np.append(0, np.cumsum(counts)), keys.astype(np.uint32)))
    return packer


def _begins(rising: Array) -> NDArray[np.int64]:
    """Where each different number of a sorted array begins."""
    begins = np.ones(len(rising), dtype=bool)
    np.not_equal(rising[1:], rising[:-1], out=begins[1:])
    return np.flatnonzero(begins)


def _union(sets: Sequence[NDArray[np.uint64] | NDArray[np.uint32]]) -> tuple[Array, list[NDArray[np.int64]]]:
    """All numbers of several rising arrays, rising, and where those of each array stand among them."""
    every, places = np.unique(np.concatenate(sets), return_inverse=True)
    return every, np.split(places, np.cumsum([len(numbers) for numbers in sets])[:-1])

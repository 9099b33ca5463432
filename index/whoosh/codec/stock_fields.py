"""The fields of a segment in one shape: sorted terms by ordinal, and postings as Python lists."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from index.whoosh.codec.packed_lists import Numbers
from index.whoosh.codec.positions import UNIT
from index.whoosh.codec.segment_reader import SegmentReader


@dataclass(frozen=True, slots=True)
class StockPostings:
    """By document of a term, rising: its weight, the length of the field, and what the format encodes."""

    documents: list[int]
    weights: list[float]
    lengths: list[int]
    values: list[bytes] | None = None


class FieldTerms(Protocol):
    """The terms of a field as UTF-8, in the order of bytes; each has a document."""

    @property
    def count(self) -> int: ...

    def term(self, ordinal: int) -> bytes: ...

    def postings(self, ordinal: int) -> StockPostings: ...


@dataclass(frozen=True, slots=True)
class WordTerms:
    """The word field."""

    reader: SegmentReader

    @property
    def count(self) -> int:
        return len(self.reader.words.terms)

    def term(self, ordinal: int) -> bytes:
        return self.reader.words.terms.term(ordinal)

    def postings(self, ordinal: int) -> StockPostings:
        documents = self.reader.words.lists.numbers(ordinal)
        return StockPostings(
            documents.tolist(),
            self.reader.word_frequencies(ordinal).astype(np.float64).tolist(),
            self.reader.lengths[documents].tolist(),
        )


@dataclass(frozen=True, slots=True)
class KeywordTerms:
    """A keyword field."""

    reader: SegmentReader
    field: str

    @property
    def count(self) -> int:
        return len(self.reader.keywords(self.field).terms)

    def term(self, ordinal: int) -> bytes:
        return self.reader.keywords(self.field).terms.term(ordinal)

    def postings(self, ordinal: int) -> StockPostings:
        return _unweighted(self.reader.keywords(self.field).lists.numbers(ordinal))


@dataclass(frozen=True, slots=True)
class IdTerms:
    """The ids: each is a term of one document."""

    reader: SegmentReader

    @property
    def count(self) -> int:
        return self.reader.count

    def term(self, ordinal: int) -> bytes:
        return self.reader.id_of(self._document(ordinal)).encode("utf-8")

    def postings(self, ordinal: int) -> StockPostings:
        return _unweighted(np.array([self._document(ordinal)], dtype=np.uint32))

    def _document(self, rank: int) -> int:
        return int(np.flatnonzero(self.reader.id_ranks == rank)[0])


@dataclass(frozen=True, slots=True)
class CharacterTerms:
    """The characters, with their positions in each document."""

    reader: SegmentReader

    @property
    def count(self) -> int:
        # The alphabet begins with the gap, which is no character.
        return len(self.reader.characters.alphabet()) - 1

    def term(self, ordinal: int) -> bytes:
        return self._character(ordinal).encode("utf-8")

    def postings(self, ordinal: int) -> StockPostings:
        positions = self.reader.character_positions(self._character(ordinal))
        owners = self.reader.unit_documents[positions // np.uint32(UNIT)]
        documents, begins = np.unique(owners, return_index=True)
        relative = positions - self.reader.first_units[owners] * np.uint32(UNIT)
        values = [part.astype("<u4").tobytes() for part in np.split(relative, begins[1:])]
        weights = np.diff(begins, append=len(positions)).astype(np.float64)
        return StockPostings(documents.tolist(), weights.tolist(), [0] * len(documents), values)

    def _character(self, ordinal: int) -> str:
        return chr(int(self.reader.characters.alphabet()[ordinal + 1]))


def _unweighted(documents: Numbers) -> StockPostings:
    return StockPostings(documents.tolist(), [1.0] * len(documents), [0] * len(documents))

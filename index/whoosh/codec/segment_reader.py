"""Reads a segment: the door to all of its parts."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.documents import DATE_FIELDS, KEYWORD_FIELDS
from index.whoosh.codec.array_file import ArrayFile
from index.whoosh.codec.article_ids import ArticleIds
from index.whoosh.codec.characters import Characters
from index.whoosh.codec.columns import SegmentColumns
from index.whoosh.codec.keywords import Keywords, KeywordValues
from index.whoosh.codec.packed_lists import Members, Numbers
from index.whoosh.codec.positions import Positions
from index.whoosh.codec.term_dictionary import term_bytes
from index.whoosh.codec.words import Words


def open_segment(path: Path) -> "SegmentReader":
    """Open a segment that was verified before. Raises SegmentDamaged and OSError."""
    return SegmentReader(ArrayFile(path))


PAIRS_KEPT: Final = 1_024
"""Pairs whose ordinals are remembered, in 0.3 MB: texts that differ in one character, as the corrections of a
query do, have all others in common, and looking up a pair takes longer than most of what follows."""


class SegmentReader:
    """A segment of `count` documents, numbered from 0, deleted ones among them.

    Immutable, and safe to share between threads. It stays readable when its file is deleted.
    """

    def __init__(self, file: ArrayFile) -> None:
        self._file = file
        self.columns = SegmentColumns(file)
        self.lengths: NDArray[np.uint32] = self.columns.lengths()
        self.count = len(self.lengths)
        self.positions = Positions(self.columns.characters())
        self.ids = ArticleIds(file)
        self.words = Words(file, self.count)
        self.characters = Characters(file, self.positions, self.count)
        self._pair = lru_cache(PAIRS_KEPT)(self.characters.pair)
        self._keywords = {field: Keywords(file, field, self.count) for field in KEYWORD_FIELDS}
        self._dates: dict[str, NDArray[np.int64]] = {}

    def verify(self) -> None:
        """Read everything and compare it with its checksums. Raises SegmentDamaged."""
        self._file.verify()

    @property
    def first_units(self) -> NDArray[np.uint32]:
        """The first unit of each document, and one behind the last: (count + 1,)."""
        return self.positions.first_units

    @property
    def part_starts(self) -> NDArray[np.uint32]:
        """Where each part begins, relative to its document: (count, parts + 1); see `Positions`."""
        return self.positions.part_starts

    @property
    def unit_documents(self) -> NDArray[np.uint32]:
        """The document of each unit."""
        return self.positions.unit_documents

    @cached_property
    def clusters(self) -> NDArray[np.int64]:
        """The cluster of each document, NO_CLUSTER where it is in none."""
        return self.columns.clusters()

    @property
    def id_ranks(self) -> NDArray[np.uint32]:
        """By document, the place of its id in the order of code points."""
        return self.ids.ranks

    @property
    def by_id(self) -> NDArray[np.uint32]:
        """The documents in the order of their ids."""
        return self.ids.documents

    def dates(self, field: str) -> NDArray[np.int64]:
        """The date of each document, NO_DATE where it has none; `field` is one of DATE_FIELDS."""
        if field not in DATE_FIELDS:
            raise KeyError(field)
        if field not in self._dates:
            self._dates[field] = self.columns.dates(field)
        return self._dates[field]

    def id_of(self, document: int) -> str:
        return self.ids.ids_of((document,))[0]

    def ids_of(self, documents: Sequence[int]) -> list[str]:
        """The ids of these documents."""
        return self.ids.ids_of(documents)

    def document_of(self, article_id: str) -> int:
        """The document with an id, -1 where there is none."""
        return self.ids.document_of(article_id)

    def word(self, text: str) -> int:
        """The ordinal of a word, -1 where no document has it."""
        return self.words.terms.find(term_bytes(text))

    def word_text(self, ordinal: int) -> str:
        """The word of an ordinal."""
        return self.words.terms.term(ordinal).decode("utf-8", "surrogatepass")

    def word_count(self, ordinal: int) -> int:
        """How many documents have a word."""
        return self.words.lists.count(ordinal)

    def word_documents(self, ordinal: int) -> Members:
        """The documents of a word."""
        return self.words.lists.members(ordinal)

    def word_frequencies(self, ordinal: int) -> NDArray[np.unsignedinteger]:
        """The frequency of a word in each of its documents, which rise; not to be written to."""
        return self.words.frequencies_of(ordinal)

    def word_frequencies_in(self, ordinal: int, documents: NDArray[np.intp]) -> NDArray[np.unsignedinteger]:
        """The frequency of a word in each of these rising documents, 0 where they do not hold it."""
        return self.words.frequencies_in(ordinal, documents)

    def words_with(self, prefix: str) -> tuple[int, int]:
        """The ordinals of the words that begin with this: from the first up to before the second."""
        return self.words.terms.starting_with(term_bytes(prefix))

    def documents_with_words(self, low: int, high: int) -> Members:
        """The documents that have any word of these ordinals."""
        documents = np.zeros(self.count, dtype=np.bool_)
        documents[self.words.lists.lists(low, high).values] = True
        return documents

    def keyword(self, field: str, value: str) -> Members:
        """The documents with this value; `field` is one of KEYWORD_FIELDS."""
        return self._keywords[field].documents(value)

    def keywords(self, field: str) -> Keywords:
        return self._keywords[field]

    def without_keyword(self, field: str) -> NDArray[np.bool_]:
        """By document whether it has no value of this field."""
        return self._keywords[field].missing()

    def keyword_values(self, field: str) -> KeywordValues:
        """The values of each document."""
        return self._keywords[field].values()

    def documents_with_character(self, character: str) -> Members:
        """The documents of a character."""
        return self.characters.documents_with(character)

    def titles_with_character(self, character: str) -> Members:
        """The documents in whose title a character stands."""
        return self.characters.titles_with(character)

    def pair(self, first: str, second: str) -> int:
        """The ordinal of a pair of neighbouring characters, -1 where it stands nowhere."""
        return self._pair(first, second)

    def pair_count(self, ordinal: int) -> int:
        """How many places a pair has; nothing is decoded."""
        return self.characters.places.count(ordinal)

    def pair_positions(self, ordinal: int) -> Numbers:
        """The positions of the first character of a pair, rising."""
        return self.characters.places.numbers(ordinal)

    def pair_stands_at(self, ordinal: int, positions: Numbers) -> NDArray[np.bool_]:
        """At which of these rising positions, below the extent, a pair begins."""
        return self.characters.places.places(ordinal, positions) >= 0

    def character_positions(self, character: str) -> Numbers:
        """All positions of a character, rising."""
        return self.characters.positions(character)

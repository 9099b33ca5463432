"""What the executor reads of a segment, as Protocols: what it needs of the reader of `index.whoosh.codec`."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.intp]
"""Documents of a state, numbered over all its segments: the dtype that numpy indexes with, without a cast."""
SegmentNumbers = NDArray[np.uint32]
"""Positions, or documents, as a segment numbers them."""
Mask = NDArray[np.bool_]
SegmentSet = NDArray[np.intp] | SegmentNumbers | Mask
"""Documents of a segment: their numbers, rising, or by number whether it is one of them."""
Frequencies = NDArray[np.float32]
"""Frequencies and norms. BM25 of a word is reckoned in single precision, which is half as much to move; the
scores of words are added up in double precision."""
Scores = NDArray[np.float64]


class KeywordValues(Protocol):
    """The values of a field, rising by code points, and those of each document.

    Document d has the values `ordinals[starts[d]:starts[d + 1]]`, each once.
    """

    @property
    def count(self) -> int: ...

    @property
    def starts(self) -> NDArray[np.uint32]: ...

    @property
    def ordinals(self) -> NDArray[np.uint32]: ...

    def value(self, ordinal: int) -> str: ...


class SegmentReader(Protocol):
    """An immutable segment, safe to share between threads; documents are 0 to count - 1, deleted ones too.

    `part_starts` has a row for each document: where its parts begin, relative to its first position
    (unit `first_units[d]`, of `index.whoosh.codec.positions`), and one behind the gap that follows the last.
    """

    @property
    def count(self) -> int: ...

    @property
    def lengths(self) -> NDArray[np.uint32]: ...

    @property
    def first_units(self) -> NDArray[np.uint32]: ...

    @property
    def unit_documents(self) -> SegmentNumbers: ...

    @property
    def part_starts(self) -> NDArray[np.uint32]: ...

    @property
    def clusters(self) -> NDArray[np.int64]: ...

    @property
    def id_ranks(self) -> NDArray[np.uint32]: ...

    @property
    def by_id(self) -> NDArray[np.uint32]: ...

    def dates(self, field: str) -> NDArray[np.int64]: ...

    def ids_of(self, documents: Sequence[int]) -> list[str]: ...

    def document_of(self, article_id: str) -> int: ...

    def word(self, text: str) -> int: ...

    def word_count(self, ordinal: int) -> int: ...

    def word_documents(self, ordinal: int) -> SegmentSet: ...

    def word_frequencies(self, ordinal: int) -> NDArray[np.unsignedinteger]: ...

    def word_frequencies_in(
        self, ordinal: int, documents: NDArray[np.intp]
    ) -> NDArray[np.unsignedinteger]: ...

    def words_with(self, prefix: str) -> tuple[int, int]: ...

    def word_text(self, ordinal: int) -> str: ...

    def documents_with_words(self, low: int, high: int) -> SegmentSet: ...

    def keyword(self, field: str, value: str) -> SegmentSet: ...

    def without_keyword(self, field: str) -> Mask: ...

    def keyword_values(self, field: str) -> KeywordValues: ...

    def documents_with_character(self, character: str) -> SegmentSet: ...

    def titles_with_character(self, character: str) -> SegmentSet: ...

    def pair(self, first: str, second: str) -> int: ...

    def pair_count(self, ordinal: int) -> int: ...

    def pair_positions(self, ordinal: int) -> SegmentNumbers: ...

    def pair_stands_at(self, ordinal: int, positions: SegmentNumbers) -> Mask: ...

    def character_positions(self, character: str) -> SegmentNumbers: ...

"""A segment in memory, built naively from documents: what the codec's reader is to give, by plain loops."""

from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import accumulate
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.documents import IndexDocument
from index.generation import Generation, Manifest
from index.whoosh.codec.columns import NO_CLUSTER, NO_DATE
from index.whoosh.codec.positions import UNIT
from search.ranking import Ranking
from search.whoosh.columns import Columns
from search.whoosh.snapshot import OpenSegment, WhooshSnapshot

AVERAGE_LENGTH = 7.0

Numbers = NDArray[np.uint32]
Mask = NDArray[np.bool_]


def numbers(values: Iterable[int]) -> Numbers:
    return np.array(list(values), dtype=np.uint32)


class MemoryValues:
    """The values of a keyword field; counts how many it was asked for."""

    def __init__(self, documents: Sequence[IndexDocument], field: str) -> None:
        listed = [sorted(set(document.keywords.get(field, ()))) for document in documents]
        self._values = sorted({value for values in listed for value in values})
        self.count = len(self._values)
        self.starts = numbers(accumulate(map(len, listed), initial=0))
        self.ordinals = numbers(self._values.index(value) for values in listed for value in values)
        self.asked = 0

    def value(self, ordinal: int) -> str:
        self.asked += 1
        return self._values[ordinal]


class MemorySegment:
    """A `search.whoosh.reading.SegmentReader` over a few documents."""

    def __init__(self, documents: Sequence[IndexDocument]) -> None:
        self.documents = tuple(documents)
        self.count = len(documents)
        self.lengths = numbers(document.length for document in documents)
        self.part_starts = np.array(
            [
                list(accumulate((len(text) + 1 for text in texts(document)), initial=0))
                for document in documents
            ],
            dtype=np.uint32,
        ).reshape(-1, len(Part) + 1)
        self.first_units = numbers(
            accumulate((-(-int(row[-1]) // UNIT) for row in self.part_starts), initial=0)
        )
        self.unit_documents = numbers(
            document
            for document in range(self.count)
            for _ in range(int(self.first_units[document]), int(self.first_units[document + 1]))
        )
        self.clusters = np.array(
            [NO_CLUSTER if document.cluster is None else document.cluster for document in documents],
            dtype=np.int64,
        )
        ids = sorted(document.id for document in documents)
        self.id_ranks = numbers(ids.index(document.id) for document in documents)
        self.by_id = numbers(sorted(range(self.count), key=lambda at: documents[at].id))
        self._values: dict[str, MemoryValues] = {}

    @cached_property
    def vocabulary(self) -> list[str]:
        return sorted({word for document in self.documents for word in document.words})

    @cached_property
    def text(self) -> dict[int, str]:
        """The character at each position that has one."""
        return {
            int(self.first_units[at]) * UNIT + int(start) + offset: character
            for at, document in enumerate(self.documents)
            for start, text in zip(self.part_starts[at], texts(document), strict=False)
            for offset, character in enumerate(text)
        }

    def dates(self, field: str) -> NDArray[np.int64]:
        return np.array([document.dates.get(field, NO_DATE) for document in self.documents], dtype=np.int64)

    def ids_of(self, documents: Sequence[int]) -> list[str]:
        return [self.documents[document].id for document in documents]

    def document_of(self, article_id: str) -> int:
        return next(iter(self._where(lambda document: document.id == article_id)), -1)

    def word(self, text: str) -> int:
        return self.vocabulary.index(text) if text in self.vocabulary else -1

    def word_text(self, ordinal: int) -> str:
        return self.vocabulary[ordinal]

    def word_count(self, ordinal: int) -> int:
        word = self.vocabulary[ordinal]
        return sum(word in document.words for document in self.documents)

    def word_documents(self, ordinal: int) -> Numbers | Mask:
        word = self.vocabulary[ordinal]
        return self._set(lambda document: word in document.words)

    def word_frequencies(self, ordinal: int) -> Numbers:
        word = self.vocabulary[ordinal]
        return numbers(document.words[word] for document in self.documents if word in document.words)

    def word_frequencies_in(self, ordinal: int, documents: NDArray[np.intp]) -> Numbers:
        word = self.vocabulary[ordinal]
        return numbers(self.documents[document].words.get(word, 0) for document in documents.tolist())

    def words_with(self, prefix: str) -> tuple[int, int]:
        found = [at for at, word in enumerate(self.vocabulary) if word.startswith(prefix)]
        return (found[0], found[-1] + 1) if found else (0, 0)

    def documents_with_words(self, low: int, high: int) -> Numbers | Mask:
        wanted = set(self.vocabulary[low:high])
        return self._set(lambda document: not wanted.isdisjoint(document.words))

    def keyword(self, field: str, value: str) -> Numbers | Mask:
        return self._set(lambda document: value in document.keywords.get(field, ()))

    def without_keyword(self, field: str) -> Mask:
        return np.array([not document.keywords.get(field) for document in self.documents], dtype=np.bool_)

    def keyword_values(self, field: str) -> MemoryValues:
        return self._values.setdefault(field, MemoryValues(self.documents, field))

    def documents_with_character(self, character: str) -> Numbers | Mask:
        return self._set(lambda document: any(character in text for text in texts(document)))

    def titles_with_character(self, character: str) -> Numbers | Mask:
        return self._set(lambda document: character in document.characters.get(Part.TITLE, ""))

    @cached_property
    def pairs(self) -> list[tuple[str, str]]:
        return sorted({(found, self.text.get(at + 1, "")) for at, found in self.text.items()})

    def pair(self, first: str, second: str) -> int:
        return self.pairs.index((first, second)) if (first, second) in self.pairs else -1

    def pair_count(self, ordinal: int) -> int:
        return len(self.pair_positions(ordinal))

    def pair_positions(self, ordinal: int) -> Numbers:
        first, second = self.pairs[ordinal]
        return numbers(
            at
            for at, found in sorted(self.text.items())
            if found == first and self.text.get(at + 1, "") == second
        )

    def pair_stands_at(self, ordinal: int, positions: Numbers) -> Mask:
        return np.isin(positions, self.pair_positions(ordinal))

    def character_positions(self, character: str) -> Numbers:
        return numbers(at for at, found in sorted(self.text.items()) if found == character)

    def _set(self, matches: Callable[[IndexDocument], bool]) -> Numbers | Mask:
        """In the two forms that a segment may give: a mask where many match."""
        found = self._where(matches)
        if 2 * len(found) < self.count:
            return numbers(found)
        mask = np.zeros(self.count, dtype=np.bool_)
        mask[found] = True
        return mask

    def _where(self, matches: Callable[[IndexDocument], bool]) -> list[int]:
        return [at for at, document in enumerate(self.documents) if matches(document)]


def listed(found: NDArray[Any]) -> list[int]:
    """The documents of either form."""
    return (found.nonzero()[0] if found.dtype == np.bool_ else found).tolist()


def texts(document: IndexDocument) -> list[str]:
    """The characters of each part, in order."""
    return [document.characters.get(part, "") for part in Part]


def make_document(article_id: str, body: str = "", **changes: Any) -> IndexDocument:
    """A document with this body; its words are those given, or none."""
    values: dict[str, Any] = {"words": {}, "keywords": {}, "dates": {}, "cluster": None}
    values["characters"] = {Part.BODY: body} | changes.pop("characters", {})
    return IndexDocument(id=article_id, **values | changes)


def open_snapshot(
    segments: Sequence[MemorySegment], deleted: Iterable[str] = (), former: Columns | None = None
) -> WhooshSnapshot:
    """A state of these segments; of documents with the same id only the one in the last segment lives."""
    gone = set(deleted)
    opened: list[OpenSegment] = []
    for segment in reversed(segments):
        live = np.array([document.id not in gone for document in segment.documents], dtype=np.bool_)
        opened.insert(0, OpenSegment(f"{id(segment):x}", segment, None if live.all() else live))
        gone |= {document.id for document in segment.documents}
    manifest = Manifest(
        format="memory",
        analyzer="none",
        commit=1,
        sequence=7,
        articles=sum(segment.count for segment in segments),
        average_length=AVERAGE_LENGTH,
        files=(),
    )
    return WhooshSnapshot(Generation(Path("gen-00000003")), manifest, opened, Ranking(), former)

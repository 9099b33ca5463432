"""What a plan is run on: one state of the index, as the executor sees it."""

from collections.abc import Callable, Sequence
from typing import Protocol

import numpy as np

from search.plan import Node
from search.ranking import Ranking
from search.whoosh.columns import Columns
from search.whoosh.reading import Numbers, Scores, SegmentNumbers, SegmentReader
from search.whoosh.sets import DocumentSet
from search.whoosh.words import WordPostings


class State(Protocol):
    """An immutable state of the index, safe to share between threads; documents are numbered over its parts.

    `live` is None where no document is deleted. `norms` are what BM25 adds to the frequency in each document.
    """

    @property
    def columns(self) -> Columns: ...

    @property
    def live(self) -> DocumentSet | None: ...

    @property
    def norms(self) -> Scores: ...

    @property
    def average_length(self) -> float: ...

    @property
    def ranking(self) -> Ranking: ...

    def matches(self, node: Node, make: Callable[[], DocumentSet]) -> DocumentSet:
        """The documents of a node without children: as they were made before, or made now."""
        ...

    def postings(self, word: str) -> WordPostings: ...


def joined(
    columns: Columns, read: Callable[[SegmentReader], SegmentNumbers], between: Callable[[], None]
) -> DocumentSet:
    """What `read` finds in each segment, rising there; `between` is called before each segment."""
    parts: list[Numbers] = []
    for reader, base in zip(columns.readers, columns.bases, strict=False):
        between()
        documents = read(reader)
        if len(documents):
            parts.append(numbered(documents, base))
    return DocumentSet.listed(concatenated(parts), columns.count)


def numbered(documents: SegmentNumbers, base: int) -> Numbers:
    """A segment's documents, numbered over all segments."""
    numbers = documents.astype(np.intp)
    if base:
        numbers += base
    return numbers


def concatenated(parts: Sequence[Numbers]) -> Numbers:
    if len(parts) == 1:
        return parts[0]
    return np.concatenate(parts) if parts else np.zeros(0, dtype=np.intp)

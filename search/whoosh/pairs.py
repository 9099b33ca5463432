"""Pairs of neighbouring characters as terms: their documents, and how often they stand in each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from index.article import Part
from search.whoosh.characters import places_in_documents
from search.whoosh.reading import Frequencies, Numbers, SegmentReader
from search.whoosh.rising import concatenated, numbered, run_ends
from search.whoosh.sets import DocumentSet


@dataclass(frozen=True, slots=True)
class PairPostings:
    """The documents that hold a pair, deleted ones too, and how often it stands in each."""

    documents: DocumentSet
    frequencies: Frequencies

    @property
    def count(self) -> int:
        """How many documents there are."""
        return len(self.frequencies)

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.frequencies.nbytes


def read_pair(
    pair: str,
    parts: Sequence[Part],
    readers: Sequence[SegmentReader],
    bases: Sequence[int],
    between: Callable[[], None],
) -> PairPostings:
    """The postings of two characters in these parts, over all segments, whose documents begin at `bases`; the
    last of these is where they end. `between` is called before each segment."""
    documents: list[Numbers] = []
    frequencies = [np.zeros(0, dtype=np.float32)]
    for reader, base in zip(readers, bases, strict=False):
        between()
        places = places_in_documents(pair, parts, reader)
        (ends,) = run_ends(places).nonzero()
        documents.append(numbered(places[ends], base))
        frequencies.append(np.diff(ends, prepend=-1).astype(np.float32))
    found = DocumentSet.listed(concatenated(documents), bases[-1])
    return PairPostings(found, np.concatenate(frequencies))

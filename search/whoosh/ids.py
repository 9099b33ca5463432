"""Ids of documents, and their order, without a sort of all of them."""

from bisect import bisect_right
from collections.abc import Sequence
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from search.whoosh.reading import Mask, Numbers, SegmentReader
from search.whoosh.rising import numbered

SPARE = 2
"""Times as many documents are looked at as are needed on average. Chosen by hand."""


class Ids:
    """The ids of documents that are numbered over several segments.

    A segment knows the ranks of its ids, so ids themselves are compared only between segments, and only those
    of the documents asked about.
    """

    def __init__(self, readers: Sequence[SegmentReader], bases: Sequence[int]) -> None:
        self._readers = readers
        self._bases = bases

    def ids_of(self, documents: Sequence[int]) -> list[str]:
        """The ids of documents, in their order."""
        if len(self._readers) == 1:
            return self._readers[0].ids_of(documents)
        return list(map(self.id_of, documents))

    def id_of(self, document: int) -> str:
        at = bisect_right(self._bases, document) - 1
        return self._readers[at].ids_of((document - self._bases[at],))[0]

    def documents_of(self, article_id: str) -> list[int]:
        """The documents with this id, one in a segment at most; all but one of them are deleted."""
        found = []
        for base, reader in zip(self._bases, self._readers, strict=False):
            document = reader.document_of(article_id)
            if document >= 0:
                found.append(base + document)
        return found

    def ranks(self, documents: Numbers) -> NDArray[np.integer]:
        """Numbers that compare as the ids of these documents do."""
        if len(self._readers) == 1:
            return self._readers[0].id_ranks[documents]
        ids = self.ids_of(documents.tolist())
        ranks = np.empty(len(ids), dtype=np.intp)
        ranks[sorted(range(len(ids)), key=ids.__getitem__)] = np.arange(len(ids))
        return ranks

    def first(self, documents: Numbers, count: int) -> Numbers:
        """Those `count` of the rising documents whose ids are the smallest, in any order."""
        if len(documents) <= count:
            return documents
        found = []
        borders = documents.searchsorted(np.array(self._bases)).tolist()
        for at, reader in enumerate(self._readers):
            part = documents[borders[at] : borders[at + 1]]
            if len(part) > count:
                ranks = reader.id_ranks[part - self._bases[at]]
                part = part[np.argpartition(ranks, count - 1)[:count]]
            found.append(part)
        return self._first_of_few(np.concatenate(found), count)

    def first_in(self, mask: Mask, count: int) -> Numbers:
        """Those `count` documents of a mask whose ids are the smallest, in any order."""
        found = [np.zeros(0, dtype=np.intp)]
        for reader, base in zip(self._readers, self._bases, strict=False):
            part = mask[base : base + reader.count]
            held = int(np.count_nonzero(part))
            wanted = min(count, held)
            # In the order of ids, first so many as would do if those that are wanted lay evenly among all.
            size = SPARE * wanted * reader.count // max(held, 1)
            first = 0
            while wanted > 0:
                documents = reader.by_id[first : first + size]
                documents = documents[part[documents]][:wanted]
                found.append(numbered(documents, base))
                wanted -= len(documents)
                first += size
        return self._first_of_few(np.concatenate(found), count)

    def _first_of_few(self, candidates: Numbers, count: int) -> Numbers:
        if len(candidates) <= count:
            return candidates
        return np.array(nsmallest(count, candidates.tolist(), key=self.id_of), dtype=np.intp)

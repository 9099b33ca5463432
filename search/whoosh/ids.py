"""Ids of documents, and their order, without a sort of all of them."""

from bisect import bisect_right
from collections.abc import Sequence
from heapq import nsmallest

import numpy as np
from numpy.typing import NDArray

from search.whoosh.reading import Numbers, SegmentReader


class Ids:
    """The ids of documents that are numbered over several segments.

    A segment knows the ranks of its ids, so ids themselves are compared only between segments, and only those
    of the documents asked about.
    """

    def __init__(self, readers: Sequence[SegmentReader], bases: Sequence[int]) -> None:
        self._readers = readers
        self._bases = bases

    def id_of(self, document: int) -> str:
        at = bisect_right(self._bases, document) - 1
        return self._readers[at].id_of(document - self._bases[at])

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
        ids = [self.id_of(document) for document in documents.tolist()]
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
        candidates = np.concatenate(found)
        if len(candidates) == count:
            return candidates
        return np.array(nsmallest(count, candidates.tolist(), key=self.id_of), dtype=np.intp)

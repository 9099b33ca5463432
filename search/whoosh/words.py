"""Words: their postings over all segments, and BM25."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from search.whoosh.reading import Numbers, Scores, SegmentReader
from search.whoosh.sets import DocumentSet


@dataclass(frozen=True, slots=True)
class WordPostings:
    """The documents that hold a word, deleted ones too, and its weighted frequency in each."""

    documents: DocumentSet
    frequencies: Scores

    @property
    def nbytes(self) -> int:
        return self.documents.nbytes + self.frequencies.nbytes


def read_postings(word: str, readers: Sequence[SegmentReader], bases: Sequence[int]) -> WordPostings:
    """The postings of a word over segments, the documents of which begin at `bases` (and end at the last)."""
    documents: list[Numbers] = []
    frequencies: list[Scores] = []
    for reader, base in zip(readers, bases, strict=False):
        ordinal = reader.word(word)
        if ordinal >= 0:
            postings = reader.word_postings(ordinal)
            numbers = postings.documents.astype(np.intp)
            numbers += base
            documents.append(numbers)
            frequencies.append(postings.frequencies.astype(np.float64))
    if len(documents) == 1:
        return WordPostings(DocumentSet.listed(documents[0], bases[-1]), frequencies[0])
    nothing = np.zeros(0)
    return WordPostings(
        DocumentSet.listed(np.concatenate([nothing.astype(np.intp), *documents]), bases[-1]),
        np.concatenate([nothing, *frequencies]),
    )


def frequencies_in(postings: WordPostings, documents: Numbers) -> Scores:
    """The frequency of a word in each of these documents, 0 where they do not hold it."""
    holding = postings.documents.documents
    if documents is holding:
        return postings.frequencies
    if not len(holding):
        return np.zeros(len(documents))
    at = holding.searchsorted(documents)
    np.minimum(at, len(holding) - 1, out=at)
    found = postings.frequencies[at]
    found *= holding[at] == documents
    return found


def bm25(frequencies: Scores, norms: Scores, weight: float | Scores) -> Scores:
    """The score of a word in each document; 0 where its frequency is.

    Robertson and Zaragoza (2009). `norms` are k1 * (1 - b + b * length / average length), `weight` is
    idf * (k1 + 1), one for all or one for each.
    """
    scores = frequencies + norms
    np.divide(frequencies, scores, out=scores)
    scores *= weight
    return scores

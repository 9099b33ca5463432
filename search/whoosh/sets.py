"""Sets of documents: rising numbers or a mask, whichever is cheaper, and the operations of boolean nodes."""

from collections.abc import Sequence

import numpy as np

from search.whoosh.reading import Mask, Numbers, SegmentSet
from search.whoosh.rising import concatenated, contained, numbered, run_ends

NUMBER_BYTES = np.dtype(np.intp).itemsize

SPARSE_UNION = 64
"""Below one document in this many a union is sorted, above it is marked on a mask.

Measured on 107,000 documents: sorting 3,000 numbers takes 0.1 ms, as long as marking and reading a mask.
"""


class DocumentSet:
    """Documents of a state of `size` documents.

    Made from rising numbers or from a mask; the other form is made when it is asked for, and kept. Two
    threads may both make it: they make the same.
    """

    __slots__ = ("_documents", "_mask", "size")

    def __init__(self, size: int, documents: Numbers | None, mask: Mask | None) -> None:
        self.size = size
        self._documents = documents
        self._mask = mask

    @classmethod
    def listed(cls, documents: Numbers, size: int) -> "DocumentSet":
        return cls(size, documents, None)

    @classmethod
    def masked(cls, mask: Mask) -> "DocumentSet":
        return cls(len(mask), None, mask)

    @property
    def documents(self) -> Numbers:
        """The numbers, rising."""
        if self._documents is None:
            self._documents = self.mask.nonzero()[0]
        return self._documents

    @property
    def mask(self) -> Mask:
        if self._mask is None:
            mask = np.zeros(self.size, dtype=np.bool_)
            mask[self._documents] = True
            self._mask = mask
        return self._mask

    @property
    def is_listed(self) -> bool:
        return self._documents is not None

    def is_listed_as(self, documents: Numbers) -> bool:
        """Whether this array is the one that the set holds."""
        return self._documents is documents

    def __len__(self) -> int:
        return int(np.count_nonzero(self.mask)) if self._documents is None else len(self._documents)

    @property
    def nbytes(self) -> int:
        """Bytes of both forms."""
        return self.size + len(self) * NUMBER_BYTES

    def holds(self, documents: Numbers) -> Mask:
        """Which of these documents are in the set."""
        if self._mask is None and self._documents is not None:
            if documents is self._documents:
                return np.ones(len(documents), dtype=np.bool_)
            if len(documents) * 10 < len(self._documents) + self.size // 64:
                return contained(documents, self._documents)
        return self.mask[documents]


def joined(parts: Sequence[tuple[SegmentSet, int]], size: int) -> DocumentSet:
    """Documents of segments, each with the number of the segment's first one, which rise."""
    if not any(map(_is_mask, parts)):
        numbers = [numbered(documents, base) for documents, base in parts]
        return DocumentSet.listed(concatenated(numbers), size)
    if len(parts) == 1 and len(parts[0][0]) == size:
        return DocumentSet.masked(parts[0][0].view(np.bool_))
    mask = np.zeros(size, dtype=np.bool_)
    for part in parts:
        documents, base = part
        if _is_mask(part):
            mask[base : base + len(documents)] = documents
        else:
            mask[base:][documents] = True
    return DocumentSet.masked(mask)


def _is_mask(part: tuple[SegmentSet, int]) -> bool:
    # Comparing types takes five times as long.
    return part[0].dtype.kind == "b"


def nothing(size: int) -> DocumentSet:
    return DocumentSet.listed(np.zeros(0, dtype=np.intp), size)


def everything(size: int) -> DocumentSet:
    return DocumentSet.masked(np.ones(size, dtype=np.bool_))


def complement(documents: DocumentSet) -> DocumentSet:
    return DocumentSet.masked(~documents.mask)


def difference(documents: DocumentSet, others: DocumentSet) -> DocumentSet:
    if not documents.is_listed:
        return DocumentSet.masked(documents.mask & ~others.mask)
    numbers = documents.documents
    return DocumentSet.listed(numbers[~others.holds(numbers)], documents.size)


def intersection(first: DocumentSet, second: DocumentSet) -> DocumentSet:
    if not first.is_listed and not second.is_listed:
        return DocumentSet.masked(first.mask & second.mask)
    few, many = first, second
    if not first.is_listed or (second.is_listed and len(second) < len(first)):
        few, many = second, first
    numbers = few.documents
    return DocumentSet.listed(numbers[many.holds(numbers)], few.size)


def union(sets: Sequence[DocumentSet], size: int) -> DocumentSet:
    return at_least(1, sets, size)


def at_least(count: int, sets: Sequence[DocumentSet], size: int) -> DocumentSet:
    """Documents that are in at least `count` (1 or more) of the sets."""
    if len(sets) < count:
        return nothing(size)
    if count == 1 and len(sets) == 1:
        return sets[0]
    if all(part.is_listed for part in sets) and sum(map(len, sets)) * SPARSE_UNION < size:
        return DocumentSet.listed(_repeated(count, [part.documents for part in sets]), size)
    if count == 1:
        return DocumentSet.masked(_marked(sets, size))
    times = np.zeros(size, dtype=np.uint16)
    for part in sets:
        if part.is_listed:
            times[part.documents] += np.uint16(1)
        else:
            times += part.mask
    return DocumentSet.masked(times >= count)


def _marked(sets: Sequence[DocumentSet], size: int) -> Mask:
    mask = np.zeros(size, dtype=np.bool_)
    for part in sets:
        if part.is_listed:
            mask[part.documents] = True
        else:
            mask |= part.mask
    return mask


def _repeated(count: int, parts: Sequence[Numbers]) -> Numbers:
    """The numbers that occur at least `count` times, rising and each once."""
    numbers = np.concatenate(parts)
    numbers.sort()
    last = run_ends(numbers)
    if count > 1:
        ends = np.flatnonzero(last)
        times = np.diff(ends, prepend=-1)
        return numbers[ends[times >= count]]
    return numbers[last]

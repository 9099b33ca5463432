"""What a state knows of its segments whatever is deleted: columns, and what recent queries read."""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.cache import ByteBoundedCache
from search.whoosh.characters import PART_NUMBER
from search.whoosh.ids import Ids
from search.whoosh.keyword_counts import FieldValues
from search.whoosh.pairs import PairPostings, read_pair
from search.whoosh.reading import SegmentReader
from search.whoosh.sets import DocumentSet
from search.whoosh.words import WordPostings

CACHE_BYTES = 32 << 20
"""What is kept of the words, characters and filters of recent queries."""


class Columns:
    """Columns over segments that never change; documents are numbered over all of them, in their order.

    `matches` keeps the documents of nodes without children, deleted ones too. A commit of deletions alone
    goes on with all of it.

    Safe to share between threads: two may make the same column, and the later one is kept. What took long to
    make is taken over from `former`, the columns of the state before, as far as the segments are the same.
    """

    def __init__(self, segments: Sequence[tuple[str, SegmentReader]], former: "Columns | None") -> None:
        """`segments` are names, under which a segment is known for ever, and readers."""
        self.names = tuple(name for name, _ in segments)
        self.readers = tuple(reader for _, reader in segments)
        self.bases = [0]
        for reader in self.readers:
            self.bases.append(self.bases[-1] + reader.count)
        self.count = self.bases[-1]
        self.ids = Ids(self.readers, self.bases)
        self.matches = ByteBoundedCache[DocumentSet](CACHE_BYTES // 2, lambda found: found.nbytes)
        self._postings = ByteBoundedCache[WordPostings](CACHE_BYTES // 2, lambda found: found.nbytes)
        self._pairs = ByteBoundedCache[PairPostings](CACHE_BYTES // 2, lambda found: found.nbytes)
        self._caches = (self.matches, self._postings, self._pairs)
        self._joined: dict[str, NDArray[Any]] = {}
        self._cluster_bound: int | None = None
        self._values = {} if former is None else former.values_kept(self.names)

    def forget_queries(self) -> None:
        """Keep nothing of recent queries: few are still asked of a state that another one has replaced, and
        several such states may be held."""
        for cache in self._caches:
            cache.clear()

    @property
    def kept_bytes(self) -> int:
        """Of what is kept of recent queries."""
        return sum(cache.kept_bytes for cache in self._caches)

    @property
    def lengths(self) -> NDArray[np.uint32]:
        """Weighted words of each document."""
        return self._column("lengths", lambda reader: reader.lengths, np.uint32)

    @property
    def clusters(self) -> NDArray[np.int64]:
        """The cluster of each document, or NO_CLUSTER."""
        return self._column("clusters", lambda reader: reader.clusters, np.int64)

    @property
    def cluster_bound(self) -> int:
        """A number above all clusters."""
        if self._cluster_bound is None:
            self._cluster_bound = int(self.clusters.max(initial=-1)) + 1
        return self._cluster_bound

    def postings(self, word: str) -> WordPostings:
        """The documents of a word, deleted ones too."""
        return self._postings.get(word, lambda: WordPostings(word, self.readers, self.bases))

    def pair_postings(self, pair: str, parts: tuple[Part, ...], between: Callable[[], None]) -> PairPostings:
        """The documents of two neighbouring characters in these parts, deleted ones too; `between` is called
        before each segment that has to be read."""
        return self._pairs.get(
            (pair, parts), lambda: read_pair(pair, parts, self.readers, self.bases, between)
        )

    def characters(self, parts: tuple[Part, ...]) -> NDArray[np.uint32]:
        """How many characters the parts of each document have."""
        numbers = sorted({PART_NUMBER[part] for part in parts})
        return self._column(f"characters {numbers}", lambda reader: _characters(reader, numbers), np.uint32)

    def dates(self, field: str) -> NDArray[np.int64]:
        """The date of each document, or NO_DATE."""
        return self._column(f"dates {field}", lambda reader: reader.dates(field), np.int64)

    def values(self, field: str) -> FieldValues:
        """The values of a keyword field, over all segments."""
        values = self._values.get(field)
        if values is None or values.names != self.names:
            values = FieldValues.over(field, self.names, self.readers, values)
            self._values[field] = values
        return values

    def values_kept(self, names: tuple[str, ...]) -> dict[str, FieldValues]:
        """What can be used again of the values asked for so far, in a state of these segments."""
        return {field: values.trimmed(names) for field, values in list(self._values.items())}

    def _column(
        self, name: str, read: Callable[[SegmentReader], NDArray[Any]], dtype: type[np.generic]
    ) -> NDArray[Any]:
        column = self._joined.get(name)
        if column is None:
            parts = [read(reader) for reader in self.readers]
            column = parts[0] if len(parts) == 1 else np.concatenate([np.zeros(0, dtype=dtype), *parts])
            self._joined[name] = column
        return column


def _characters(reader: SegmentReader, numbers: Sequence[int]) -> NDArray[np.uint32]:
    """Of the parts with these numbers; behind each there is a gap, which is no character."""
    sizes = np.diff(reader.part_starts, axis=1)[:, numbers]
    total: NDArray[np.uint32] = sizes.sum(axis=1, dtype=np.uint32) - np.uint32(len(numbers))
    return total

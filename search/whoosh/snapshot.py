"""One state of a Whoosh index, over all its segments."""

from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.generation import Generation, Manifest
from index.whoosh.record import LAYOUT, POSITION_BITS
from search.engine import Matches
from search.plan import Plan
from search.ranking import Ranking
from search.whoosh.cache import ByteBoundedCache
from search.whoosh.executor import Execution
from search.whoosh.segment import Columns, Documents, Segment, Weights

CACHE_BYTES = 64 << 20
"""Decoded postings that a snapshot keeps; the words and characters of recent queries."""


class WhooshSnapshot:
    """An immutable state of the index; documents are numbered over all segments. Laws: `Snapshot`."""

    def __init__(
        self, generation: Generation, manifest: Manifest, segments: Mapping[str, Segment], ranking: Ranking
    ) -> None:
        self.folder = generation.folder
        self.generation = generation.name_of(manifest)
        self.sequence = manifest.sequence
        self.average_length = manifest.average_length
        self.ranking = ranking
        self._segments = dict(segments)
        self._bases = np.cumsum([0, *(segment.count for segment in segments.values())]).tolist()
        columns = [segment.columns for segment in segments.values()]
        self.ids = [name for column in columns for name in column.ids]
        records = _join((column.records for column in columns), LAYOUT)
        self.published: NDArray[np.int64] = records["published"]
        self.lengths: NDArray[np.float64] = records["length"].astype(np.float64)
        self.starts: NDArray[np.int64] = records["starts"].astype(np.int64)
        self.documents = np.flatnonzero(_join((segment.live for segment in segments.values()), bool))
        self.id_order = np.empty(len(self.ids), dtype=np.int64)
        self.id_order[sorted(range(len(self.ids)), key=self.ids.__getitem__)] = np.arange(len(self.ids))
        self._weights = ByteBoundedCache[tuple[Documents, Weights]](
            CACHE_BYTES // 2, lambda pair: pair[0].nbytes + pair[1].nbytes
        )
        self._places = ByteBoundedCache[Documents](CACHE_BYTES // 2, lambda places: places.nbytes)

    def search(self, plan: Plan) -> Matches:
        return Execution(self).run(plan)

    def weights(self, field: str, term: str) -> tuple[Documents, Weights]:
        """Live documents that hold a term, rising, with the weight of each."""
        return self._weights.get((field, term), lambda: self._read_weights(field, term))

    def places(self, character: str) -> Documents:
        """Every place (document << POSITION_BITS | position) of a character in live documents, rising."""
        return self._places.get(character, lambda: self._read_places(character))

    def columns(self) -> dict[str, Columns]:
        """The columns of each segment by its name, for the snapshot that follows this one."""
        return {name: segment.columns for name, segment in self._segments.items()}

    def _read_weights(self, field: str, term: str) -> tuple[Documents, Weights]:
        found = [segment.weights(field, term) for segment in self._segments.values()]
        documents = (part + base for (part, _), base in zip(found, self._bases, strict=False))
        return _join(documents, np.int64), _join((weights for _, weights in found), np.float64)

    def _read_places(self, character: str) -> Documents:
        found = (
            segment.places(character) + (base << POSITION_BITS)
            for segment, base in zip(self._segments.values(), self._bases, strict=False)
        )
        return _join(found, np.int64)


def _join(arrays: Iterable[NDArray[Any]], dtype: DTypeLike) -> NDArray[Any]:
    parts = list(arrays)
    return np.concatenate(parts).astype(dtype, copy=False) if parts else np.zeros(0, dtype=dtype)

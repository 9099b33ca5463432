"""The vectors of all articles as one state of their file has them."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from index.vectors.block import Block, Covered
from index.vectors.embedder import Vectors
from index.vectors.quantised import Quantised

NOTHING_COVERED = Covered(0, None)


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article's rows lie, and of which passages they are."""

    block: int
    number: int
    start: int
    rows: int
    digest: str


@dataclass(frozen=True, slots=True)
class Near:
    """An article and the dot product of a query with that passage of it which is nearest."""

    id: str
    nearness: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """The articles of a block that have rows. `live`: those that no later block has again."""

    ids: tuple[str, ...]
    starts: NDArray[np.intp]
    live: NDArray[np.bool_]
    vectors: Quantised

    def nearness(self, query: Vectors) -> Vectors:
        """Of each article's nearest row; minus infinity for those that are not live."""
        products = self.vectors.dot(query)
        near = products if len(products) == len(self.ids) else np.maximum.reduceat(products, self.starts)
        near[~self.live] = -np.inf
        return near

    def without(self, numbers: Sequence[int]) -> "_Stretch":
        """The same without these articles: a later block has them again, or they are gone."""
        live = self.live.copy()
        live[numbers] = False
        return replace(self, live=live)


@dataclass(frozen=True, slots=True)
class VectorTable:
    """Immutable, and safe to share between threads. `covered`: how far it follows the journal."""

    covered: Covered = NOTHING_COVERED
    places: Mapping[str, Place] = field(default_factory=dict)
    stretches: tuple[_Stretch, ...] = ()

    def with_blocks(self, blocks: Iterable[Block]) -> "VectorTable":
        """The state behind further blocks of the file."""
        covered, places, stretches = self.covered, dict(self.places), list(self.stretches)
        retired: dict[int, list[int]] = {}
        for block in blocks:
            covered = block.covered
            present = [entry for entry in block.entries if entry.rows]
            counts = np.array([entry.rows for entry in present], dtype=np.intp)
            starts = np.cumsum(counts) - counts
            for entry in block.entries:
                if (old := places.pop(entry.id, None)) is not None:
                    retired.setdefault(old.block, []).append(old.number)
            for number, (entry, start) in enumerate(zip(present, starts.tolist(), strict=True)):
                places[entry.id] = Place(len(stretches), number, start, entry.rows, entry.digest)
            live = np.ones(len(present), dtype=np.bool_)
            stretches.append(_Stretch(tuple(entry.id for entry in present), starts, live, block.vectors))
        for number, gone in retired.items():
            stretches[number] = stretches[number].without(gone)
        return VectorTable(covered, places, tuple(stretches))

    def __len__(self) -> int:
        """How many articles have a vector."""
        return len(self.places)

    @property
    def rows(self) -> int:
        """How many vectors there are of articles that are still there."""
        return sum(place.rows for place in self.places.values())

    @property
    def stored_rows(self) -> int:
        """The same with those that no article has any more, and that lie in the file all the same."""
        return sum(len(stretch.vectors) for stretch in self.stretches)

    def digest(self, article_id: str) -> str | None:
        """Of the passages whose vectors the article has; None where it has none."""
        place = self.places.get(article_id)
        return None if place is None else place.digest

    def vectors(self, article_id: str) -> Quantised | None:
        """One row for each passage; None where the article has none."""
        place = self.places.get(article_id)
        if place is None:
            return None
        return self.stretches[place.block].vectors.part(place.start, place.start + place.rows)

    def nearness(self, query: Vectors, ids: Sequence[str]) -> dict[str, float]:
        """How near the query these articles are; those without a vector are left out."""
        near = ((name, self.vectors(name)) for name in ids)
        return {name: float(rows.dot(query).max()) for name, rows in near if rows is not None}

    def nearest(self, query: Vectors, count: int, least: float = -math.inf) -> tuple[Near, ...]:
        """The nearest articles, nearest first; of equals the one first in the file. Looks at every vector.

        `least`: how many standard deviations above the mean of all articles they lie at least.
        """
        looked_at = [stretch for stretch in self.stretches if stretch.ids]
        if not looked_at:
            return ()
        near = np.concatenate([stretch.nearness(query) for stretch in looked_at])
        ends = np.cumsum([len(stretch.ids) for stretch in looked_at])
        best = _largest(near, count)
        order = best[np.argsort(-near[best], kind="stable")][:count]
        found = []
        for place in order[near[order] >= _bound(near, least)].tolist():
            block = int(np.searchsorted(ends, place, side="right"))
            stretch = looked_at[block]
            found.append(Near(stretch.ids[place - int(ends[block])], float(near[place])))
        return tuple(found)


def _bound(near: Vectors, least: float) -> float:
    """So many standard deviations above the mean of the live ones; below all of these where `least` is."""
    if least == -math.inf:
        return float(np.finfo(near.dtype).min)
    live = near[np.isfinite(near)]
    if not len(live):
        return math.inf
    return float(live.mean(dtype=np.float64) + least * live.std(dtype=np.float64))


def _largest(values: Vectors, count: int) -> NDArray[np.intp]:
    """Where the greatest values are, those that equal the last of them too, in any order."""
    if len(values) <= count:
        return np.arange(len(values))
    bound = np.partition(values, len(values) - count)[len(values) - count]
    return np.flatnonzero(values >= bound)

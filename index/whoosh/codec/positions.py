"""How the characters of documents are numbered in a segment.

A document's parts lie one behind the other, in the order of `Part`, with a gap of one position after each;
the next document begins at the next multiple of UNIT. So the document of a position is that of its unit, and
no run of characters goes on in another part or document.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.whoosh.codec.numbering import Renumbering

UNIT_BITS: Final = 8
UNIT: Final = 1 << UNIT_BITS
"""Positions; each document begins at a multiple of it. Small, since half of one is lost with each document;
large, since the document of each unit is kept in memory."""

MAX_EXTENT: Final = 2**32 - UNIT
"""Positions of a segment."""


@dataclass(frozen=True)
class Positions:
    """`characters`: of each part of each document, (documents, parts)."""

    characters: NDArray[np.int64]

    @classmethod
    def of_new_segment(cls, characters: NDArray[np.int64]) -> "Positions":
        """Raises ValueError above MAX_EXTENT, which no batch and no planned merge reaches."""
        positions = cls(characters)
        if positions.extent > MAX_EXTENT:
            raise ValueError(
                f"{len(characters):,} documents need {positions.extent:,} positions, "
                f"and a segment has at most {MAX_EXTENT:,}"
            )
        return positions

    @property
    def extent(self) -> int:
        """Positions of all documents."""
        return int(self.first_units[-1]) * UNIT

    @cached_property
    def part_starts(self) -> NDArray[np.uint32]:
        """Where each part begins, relative to its document, and where the gap after the last one ends:
        (documents, parts + 1)."""
        starts = np.zeros((len(self.characters), len(Part) + 1), dtype=np.uint32)
        np.cumsum(self.characters + 1, axis=1, out=starts[:, 1:])
        return starts

    @cached_property
    def first_units(self) -> NDArray[np.uint32]:
        """The first unit of each document, and one behind the last: (documents + 1,)."""
        sizes = self.characters.sum(axis=1) + len(Part)
        units = np.zeros(len(sizes) + 1, dtype=np.uint32)
        np.cumsum(-(-sizes // UNIT), out=units[1:])
        return units

    @cached_property
    def unit_documents(self) -> NDArray[np.uint32]:
        """The document of each unit."""
        return np.repeat(np.arange(len(self.characters), dtype=np.uint32), np.diff(self.first_units))


def position_numbers(
    sources: Sequence[Positions], documents: Sequence[Renumbering], merged: Positions
) -> list[Renumbering]:
    """How the positions of documents move when these are renumbered so."""
    numberings = []
    for source, numbering in zip(sources, documents, strict=True):
        old = np.flatnonzero(numbering.live)
        moved = np.zeros(len(numbering.live), dtype=np.int64)
        new = old + numbering.moved[old]
        moved[old] = (merged.first_units[new].astype(np.int64) - source.first_units[old]) * UNIT
        numberings.append(Renumbering(numbering.live, moved))
    return numberings

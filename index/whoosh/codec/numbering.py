"""How documents of several segments are numbered in the one that they are merged into."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Renumbering:
    """What a merge does to the documents, or to the positions, of one source.

    `live`: which documents stay. `moved`: by document, what is added to its number, or to its positions.
    """

    live: NDArray[np.bool_]
    moved: NDArray[np.int64]

    @property
    def keeps_all(self) -> bool:
        return bool(self.live.all())


def document_numbers(live: Sequence[NDArray[np.bool_]]) -> list[Renumbering]:
    """The live documents of each source, one source behind the other, in their order."""
    base = 0
    numberings = []
    for mask in live:
        moved = np.cumsum(mask) - 1 + base - np.arange(len(mask))
        numberings.append(Renumbering(mask, moved))
        base += int(mask.sum())
    return numberings

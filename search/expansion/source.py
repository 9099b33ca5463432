"""What says which parts of a run can be written otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from search.expansion.alternative import AlternativeKind
from search.expansion.folded_run import FoldedRun


@dataclass(frozen=True, slots=True)
class Reading:
    """Another text for a part of a run; never empty. `folded`: as it is compared. `by` as in `Change`."""

    text: str
    folded: str
    kind: AlternativeKind
    by: str


@dataclass(frozen=True, slots=True)
class Found:
    """A part of a folded run, half-open, and its other readings, the likeliest first; at least one."""

    start: int
    end: int
    readings: tuple[Reading, ...]


class AlternativeSource(Protocol):
    """Knows one sort of alternatives. Immutable, and safe to share between threads."""

    def found(self, run: FoldedRun) -> Iterable[Found]:
        """The parts that have other readings, in any order; they may overlap, and the longest will count."""
        ...

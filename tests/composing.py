"""Composing without other processes."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from index.composing import Outcome
from index.readers.rows import Row


@dataclass(frozen=True, slots=True)
class ComposingHere:
    """Does the work of a pool in this process."""

    work: Callable[[Row], Outcome]

    def map(self, rows: Iterable[Row]) -> Iterator[Outcome]:
        return map(self.work, rows)

"""Composing without other processes."""

from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass

from index.composing import Outcome
from index.readers.rows import Row


@dataclass(frozen=True, slots=True)
class ComposingHere:
    """Does the work of a pool in this process."""

    work: Callable[[Row], Outcome]

    def map(self, rows: Iterable[Row]) -> Generator[Outcome, None, None]:
        yield from map(self.work, rows)

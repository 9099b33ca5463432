"""What a table or a list of objects holds and no article takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from index.readers.rows import Location, SkippedRow

MOST_NAMED: Final = 100
"""More names help nobody; chosen by hand."""


@dataclass(slots=True)
class Unused:
    """Collects the names of columns or keys that had no place in a record; `what` is what they are."""

    what: str
    _names: dict[str, None] = field(default_factory=dict)

    def add(self, names: Iterable[str]) -> None:
        """Remember these names too."""
        for name in names:
            if len(self._names) <= MOST_NAMED:
                self._names[name] = None

    def rows(self, location: Location) -> Iterator[SkippedRow]:
        """One row that names them all, or none."""
        if self._names:
            reason = f"{self.what} not used: {listed(self._names)}; name a key with --map to use one"
            yield SkippedRow(location, reason)


def listed(names: Iterable[str]) -> str:
    """The names as a report has them: the first ones, and of each its beginning."""
    first = list(islice(names, MOST_NAMED + 1))
    more = " and others" if len(first) > MOST_NAMED else ""
    return ", ".join(name[:100] for name in first[:MOST_NAMED]) + more

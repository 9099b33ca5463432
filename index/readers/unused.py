"""What a table or a list of objects holds and no article takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from index.readers.rows import Location, SkippedRow

_MOST_NAMED: Final = 100
"""More names help nobody; chosen by hand."""


@dataclass(slots=True)
class Unused:
    """Collects the names of columns or keys that had no place in a record; `what` is what they are."""

    what: str
    _names: dict[str, None] = field(default_factory=dict)

    def add(self, names: Iterable[str]) -> None:
        """Remember these names too."""
        for name in names:
            if len(self._names) <= _MOST_NAMED:
                self._names[name] = None

    def rows(self, location: Location) -> Iterator[SkippedRow]:
        """One row that names them all, or none."""
        if self._names:
            names = [name[:100] for name in self._names]
            more = " and others" if len(names) > _MOST_NAMED else ""
            listed = ", ".join(names[:_MOST_NAMED]) + more
            yield SkippedRow(location, f"{self.what} not used: {listed}; name a key with --map to use one")

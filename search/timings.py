"""How long each stage of a search took."""

import time
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True, kw_only=True)
class Timings:
    """Milliseconds of the stages, which leave nothing of a search out.

    `parse`: the query read and planned; `engine`: hits, scores and counts; `fetch`: the articles of the page
    read; `snippets`: these marked, and snippets cut.
    """

    parse: float = 0.0
    engine: float = 0.0
    fetch: float = 0.0
    snippets: float = 0.0

    @property
    def total(self) -> float:
        return self.parse + self.engine + self.fetch + self.snippets


NOT_TIMED: Final = Timings()


class Stopwatch:
    """Tells how long it is since it was asked last, or was made."""

    def __init__(self) -> None:
        self._last = time.perf_counter()

    def lap(self) -> float:
        """In milliseconds."""
        now = time.perf_counter()
        passed, self._last = now - self._last, now
        return passed * 1000

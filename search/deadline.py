"""How long a search may take."""

import time
from dataclasses import dataclass
from math import inf

from search.errors import SearchTimeout

SEARCH_SECONDS = 2.0
"""Engine time of one search (API contract)."""

MARKING_SECONDS = 0.5
"""What marking has at least, however long the engine took (reliability plan, P13)."""


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock, which no change of the wall clock moves."""

    moment: float

    @classmethod
    def after(cls, seconds: float) -> "Deadline":
        return cls(time.monotonic() + seconds)

    @classmethod
    def never(cls) -> "Deadline":
        return cls(inf)

    def or_after(self, seconds: float) -> "Deadline":
        """The later one of this moment and the one that is so far away."""
        return Deadline(max(self.moment, time.monotonic() + seconds))

    def is_over(self) -> bool:
        return time.monotonic() > self.moment

    def check(self) -> None:
        """Raises SearchTimeout once the moment has passed."""
        if self.is_over():
            raise SearchTimeout("the search took too long; ask for rarer words, or fewer of them")

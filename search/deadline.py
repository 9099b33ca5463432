"""How long a search may take."""

import time
from dataclasses import dataclass
from math import inf

from search.errors import SearchTimeout

SEARCH_SECONDS = 2.0
"""Engine time of one search (API contract)."""


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

    def check(self) -> None:
        """Raises SearchTimeout once the moment has passed."""
        if time.monotonic() > self.moment:
            raise SearchTimeout("the search took too long; ask for rarer words, or fewer of them")

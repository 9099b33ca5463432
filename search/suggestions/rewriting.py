"""A text in place of another, and the likeliest of many."""

import math
from dataclasses import dataclass

from search.suggestions.suggestion import Reason


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A text in place of another: `length` characters from `start` on are new.

    `gain` is by how much it is likelier, in binary logarithms.
    """

    text: str
    start: int
    length: int
    reason: Reason
    gain: float


class Likeliest:
    """Keeps the likeliest rewritings of a run, each text once and the run itself never.

    For one thread. Of rewritings that are as likely those come first whose text does.
    """

    def __init__(self, run: str, limit: int) -> None:
        """At most `limit` (1 or more) are kept."""
        self._run = run
        self._limit = limit
        self._kept: dict[str, Rewriting] = {}
        self.least = -math.inf
        """A gain below this is of no use."""

    def offer(self, rewriting: Rewriting) -> None:
        """Keep it, if it is one of the likeliest so far."""
        known = self._kept.get(rewriting.text)
        if rewriting.text == self._run or (known is not None and known.gain >= rewriting.gain):
            return
        self._kept[rewriting.text] = rewriting
        if len(self._kept) > self._limit:
            del self._kept[max(self._kept.values(), key=_order).text]
        if len(self._kept) == self._limit:
            self.least = min(kept.gain for kept in self._kept.values())

    def ranked(self) -> tuple[Rewriting, ...]:
        """Those that are kept, the likeliest first."""
        return tuple(sorted(self._kept.values(), key=_order))


def _order(rewriting: Rewriting) -> tuple[float, str]:
    return -rewriting.gain, rewriting.text

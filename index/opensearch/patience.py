"""Waiting for a cluster that is busy or away."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, TypeVar

from index.opensearch.errors import ClusterUnavailable

LONGEST_PAUSE: Final = 5.0
"""Seconds between two attempts at most: once the cluster is back, all goes on within them."""

_FIRST_PAUSE: Final = 0.1

_log = logging.getLogger(__name__)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to ask again, in seconds. `pause` waits for so many; it may raise what ends the waiting."""

    seconds: float = 300.0
    pause: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic

    def attempt(self, action: Callable[[], T]) -> T:
        """What the action gives, as soon as the cluster is able to do it.

        It has to be harmless when done twice. Raises ClusterUnavailable when the patience is at its end.
        """
        pauses = self.pauses()
        while True:
            try:
                return action()
            except ClusterUnavailable as error:
                _log.warning("%s", error)
                if next(pauses, None) is None:
                    raise

    def pauses(self) -> Iterator[float]:
        """Waits at each step, longer from step to step, and gives for how long; ends with the patience.

        Those who wait for one cluster do not all ask at the same moment.
        """
        end = self.clock() + self.seconds
        longest = _FIRST_PAUSE
        while self.clock() < end:
            seconds = longest * random.uniform(0.5, 1)  # noqa: S311 - no secret
            self.pause(seconds)
            yield seconds
            longest = min(LONGEST_PAUSE, 2 * longest)

"""States of the index that were the newest until a moment ago."""

import threading
import time
from collections import deque
from collections.abc import Callable
from typing import Final

from search.engine import Snapshot

HANDOVER_SECONDS: Final = 60.0
MOST_FORMER: Final = 4
"""How long a state is held after another has taken its place, and how many are at most. Chosen by hand: a
client that walks through hits asks for the next page within seconds, and each state may cost the memory that
`search.whoosh.pins` states."""


class RecentStates:
    """Holds states so that they can still be pinned. Safe to share between threads.

    Where several processes serve, a walk that began in one of them goes on in another. That one has to have
    the state too, though nobody asked it for a page of it before a commit replaced it.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._newest: Snapshot | None = None
        self._former: deque[tuple[float, Snapshot]] = deque(maxlen=MOST_FORMER)

    def saw(self, newest: Snapshot) -> Snapshot:
        """The newest state, which is known from now on; those whose time is over are let go of."""
        if newest is self._newest and not self._former:
            return newest
        with self._lock:
            now = self._clock()
            if self._newest is not None and newest is not self._newest:
                self._former.append((now + HANDOVER_SECONDS, self._newest))
            self._newest = newest
            while self._former and self._former[0][0] <= now:
                self._former.popleft()
        return newest

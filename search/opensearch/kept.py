"""Snapshots of this process that are kept for those who page through them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final
from weakref import WeakValueDictionary

from search.engine import PIN_SECONDS
from search.opensearch.snapshot import OpenSearchSnapshot

MAX_KEPT: Final = 64
"""States that a process keeps at once, with the places that were reached in them. The cluster keeps the
states themselves, so that one beyond that is found again while it is published."""


class Kept:
    """Snapshots by name: those that are kept, and those that somebody holds. Threads may share it."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, OpenSearchSnapshot]] = OrderedDict()
        self._held: WeakValueDictionary[str, OpenSearchSnapshot] = WeakValueDictionary()

    def saw(self, snapshot: OpenSearchSnapshot) -> None:
        """Know a snapshot for as long as somebody holds it."""
        with self._lock:
            self._held[snapshot.generation] = snapshot

    def find(self, generation: str) -> OpenSearchSnapshot | None:
        """The snapshot of this name; None where it is neither kept nor held."""
        with self._lock:
            self._forget()
            return self._held.get(generation)

    def keep(self, snapshot: OpenSearchSnapshot) -> None:
        """Keep a snapshot for PIN_SECONDS from now on."""
        with self._lock:
            self._forget()
            self._held[snapshot.generation] = snapshot
            self._kept[snapshot.generation] = self._clock() + PIN_SECONDS, snapshot
            self._kept.move_to_end(snapshot.generation)
            if len(self._kept) > MAX_KEPT:
                self._kept.popitem(last=False)

    def drop(self, snapshot: OpenSearchSnapshot) -> None:
        """Forget a snapshot that the cluster no longer has."""
        with self._lock:
            self._kept.pop(snapshot.generation, None)
            self._held.pop(snapshot.generation, None)

    def clear(self) -> None:
        """Keep nothing any longer."""
        with self._lock:
            self._kept.clear()

    def _forget(self) -> None:
        now = self._clock()
        # By when they were kept last, so the first is the first to go.
        while self._kept and next(iter(self._kept.values()))[0] <= now:
            self._kept.popitem(last=False)

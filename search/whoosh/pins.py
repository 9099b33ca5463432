"""Snapshots that are kept for those who page through them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from weakref import WeakValueDictionary

from search.engine import PIN_SECONDS
from search.errors import SnapshotGone
from search.whoosh.snapshot import WhooshSnapshot

MAX_PINNED = 16
"""States kept at once. Each holds what it has joined and cached: up to 32 MB and 30 bytes for each article.
Beyond that the one that was asked for longest ago goes before its time."""


class Pins:
    """The snapshots that somebody pages through, by name; safe to share between threads."""

    def __init__(self, clock: Callable[[], float]) -> None:
        """`clock` gives seconds that never go back."""
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[float, WhooshSnapshot]] = OrderedDict()
        # What somebody still holds can be pinned even where a commit came between the two.
        self._held: WeakValueDictionary[str, WhooshSnapshot] = WeakValueDictionary()

    def saw(self, snapshot: WhooshSnapshot) -> None:
        """Know a snapshot by its name for as long as somebody holds it."""
        with self._lock:
            self._held[snapshot.generation] = snapshot
            self._forget()

    def pin(self, generation: str) -> WhooshSnapshot:
        """The snapshot of this name, kept from now on. Raises SnapshotGone."""
        with self._lock:
            self._forget()
            snapshot = self._held.get(generation)
            if snapshot is None:
                raise SnapshotGone(
                    f"the state {generation} of the index is no longer kept; start again from the first page"
                )
            self._kept[generation] = self._clock() + PIN_SECONDS, snapshot
            self._kept.move_to_end(generation)
            if len(self._kept) > MAX_PINNED:
                self._kept.popitem(last=False)
            return snapshot

    def clear(self) -> None:
        """Keep nothing any longer."""
        with self._lock:
            self._kept.clear()

    def _forget(self) -> None:
        """Let go of what nobody asked for in time: those that were pinned first come first."""
        while self._kept:
            generation, (until, _) = next(iter(self._kept.items()))
            if until > self._clock():
                return
            del self._kept[generation]

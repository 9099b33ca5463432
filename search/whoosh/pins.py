"""Snapshots that are kept for those who page through them."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from math import inf
from weakref import WeakValueDictionary

from search.engine import PIN_SECONDS
from search.errors import SnapshotGone
from search.whoosh.snapshot import WhooshSnapshot

MAX_PINNED = 16
"""States that a process keeps at once. Each that is searched costs up to 48 MB of cache and, where it alone
holds its segments, about 190 bytes for each article; before Python 3.13 also a descriptor for each segment.
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
        # Names that have stood for two states, until nobody pages through the first any longer.
        self._ambiguous: dict[str, float] = {}
        self._due = inf

    def saw(self, snapshot: WhooshSnapshot) -> None:
        """Know a snapshot by its name for as long as somebody holds it.

        Where another state is known by that name, as after the folder was made anew, the name is gone for
        PIN_SECONDS: nobody is to go on in another state than the one where he began.
        """
        name = snapshot.generation
        with self._lock:
            known = self._held.get(name)
            if known is not None and known.manifest != snapshot.manifest:
                self._kept.pop(name, None)
                self._ambiguous[name] = self._clock() + PIN_SECONDS
            self._held[name] = snapshot
            self._forget()

    def expire(self) -> None:
        """Let go of what nobody asked for in time; a comparison where there is nothing."""
        if self._clock() >= self._due:
            with self._lock:
                self._forget()

    def pin(self, generation: str) -> WhooshSnapshot:
        """The snapshot of this name, kept from now on. Raises SnapshotGone."""
        with self._lock:
            self._forget()
            snapshot = None if generation in self._ambiguous else self._held.get(generation)
            if snapshot is None:
                raise SnapshotGone(
                    f"the state {generation} of the index is no longer kept; start again from the first page"
                )
            self._kept[generation] = self._clock() + PIN_SECONDS, snapshot
            self._kept.move_to_end(generation)
            if len(self._kept) > MAX_PINNED:
                self._kept.popitem(last=False)
            self._due = self._next_due()
            return snapshot

    def clear(self) -> None:
        """Keep nothing any longer."""
        with self._lock:
            self._kept.clear()
            self._due = self._next_due()

    def _forget(self) -> None:
        now = self._clock()
        for generation in [name for name, (until, _) in self._kept.items() if until <= now]:
            del self._kept[generation]
        for generation in [name for name, until in self._ambiguous.items() if until <= now]:
            del self._ambiguous[generation]
        self._due = self._next_due()

    def _next_due(self) -> float:
        return min((until for until, _ in self._kept.values()), default=inf)

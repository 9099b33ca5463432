"""How many articles have what may be suggested, remembered while the index stays as it is."""

from typing import Final

from index.cache import ByteBoundedCache
from search.deadline import Deadline
from search.engine import Snapshot
from search.plan import ByScore, Node, Plan

REMEMBERED_BYTES: Final = 4 << 20
"""What is kept of counts, at `index.cache.ENTRY_BYTES` each: 8,000 of them. Of the longest titles one takes
up to six times as much. Chosen by hand on 2026-11-28."""


class Counts:
    """Counts articles in states of one engine, and remembers: who types on is offered the same texts again.

    A state never changes, so what is remembered of it stays exact. Safe to share between threads.
    """

    def __init__(self, max_bytes: int = REMEMBERED_BYTES) -> None:
        self._known = ByteBoundedCache[int](max_bytes, lambda _: 0)

    def count(self, snapshot: Snapshot, node: Node, deadline: Deadline) -> int:
        """How many articles of the state match. Raises SearchTimeout, also for what is remembered."""
        deadline.check()

        def search() -> int:
            plan = Plan(query=node, filters=(), order=ByScore(), offset=0, limit=0)
            return snapshot.search(plan, deadline).total

        return self._known.get((snapshot.generation, node), search)

"""Asks for the meaning of a query, and how near it articles are, within the time that there is."""

import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final, Protocol

from index.vectors.embedder import Embedder
from index.vectors.table import Near, VectorTable
from search.deadline import Deadline
from search.semantic.blending import Blending

BUDGET_S: Final = 0.5
"""What the stage may take of a search: ten times what it needs on an idle machine with 100,000 articles."""
THREADS: Final = 4
"""Queries that are worked on at once: a core each."""


class VectorSource(Protocol):
    """What knows the newest vectors; safe to share between threads."""

    def table(self) -> VectorTable:
        """Raises StorageFailed."""
        ...


@dataclass(frozen=True, slots=True)
class Looked:
    """How near the query the hits are, as far as they have vectors; and the articles that are nearest of all,
    nearest first. `is_blank`: there were no vectors to look at, neither of the hits nor, where these were
    wanted, of others."""

    nearness: dict[str, float]
    nearest: tuple[Near, ...]
    is_blank: bool


class SemanticStage:
    """Safe to share between threads; `close` it. A query that is too late is finished all the same, by a
    thread of the stage: with all of them busy, those that follow are late too, and cost nothing."""

    def __init__(
        self, embedder: Embedder, vectors: VectorSource, blending: Blending, budget_s: float = BUDGET_S
    ) -> None:
        self.blending = blending
        self._embedder = embedder
        self._vectors = vectors
        self._budget_s = budget_s
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="semantic")

    def look(self, text: str, ids: Sequence[str], nearest: int, deadline: Deadline) -> Looked | None:
        """What the meaning of the text says; None where it does not say so in time.

        `nearest` is how many of all articles are wanted. Raises StorageFailed, and what the embedder raises.
        """
        seconds = min(self._budget_s, deadline.moment - time.monotonic())
        if seconds <= 0:
            return None
        future = self._threads.submit(self._look, text, ids, nearest)
        try:
            return future.result(seconds)
        except TimeoutError:
            future.cancel()
            return None

    def close(self) -> None:
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _look(self, text: str, ids: Sequence[str], nearest: int) -> Looked:
        table = self._vectors.table()
        if not len(table):
            return Looked({}, (), is_blank=True)
        query = self._embedder.query(text)
        least = self.blending.least(len(table))
        near = table.nearest(query, nearest, least) if nearest else ()
        nearness = table.nearness(query, ids)
        return Looked(nearness, near, is_blank=not nearness and not nearest)

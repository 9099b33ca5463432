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
    nearest first."""

    nearness: dict[str, float]
    nearest: tuple[Near, ...]

    @property
    def is_blank(self) -> bool:
        """Whether there are no vectors to look at."""
        return not self.nearness and not self.nearest


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
            return Looked({}, ())
        query = self._embedder.query(text)
        return Looked(table.nearness(query, ids), table.nearest(query, nearest) if nearest else ())

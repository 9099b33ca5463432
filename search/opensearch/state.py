"""One published state of a generation, and searches of it."""

import logging
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from math import inf
from typing import Any, Final
from zlib import crc32

from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from index.opensearch.generations import Generation
from index.opensearch.mapping import SEQUENCE
from index.opensearch.published import Commit
from search.deadline import Deadline
from search.engine import PIN_SECONDS
from search.errors import SearchTimeout
from search.opensearch.answer import Answer, read_answer
from search.opensearch.errors import EngineUnavailable
from search.opensearch.failures import PointInTimeLost, as_search_errors

SEARCH_TYPE: Final = "dfs_query_then_fetch"
"""Rarities of words are those of all shards: by its own alone each would score otherwise."""

USED_FOR: Final = "2m"
"""How long the cluster keeps a state from its last search on."""

PINNED_FOR: Final = f"{PIN_SECONDS:.0f}s"

LONGEST: Final = 60.0
"""Seconds of a request without a deadline."""

GRACE: Final = 0.25
"""Seconds that the cluster has beyond the deadline to say itself that the time is over."""

CLOSING_SECONDS: Final = 1.0
"""How long letting go of a point in time may take, which ends by itself where that fails."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Request:
    """A search; the state lives on for `keep_alive`, and the part of the answer at a path is not sent."""

    body: dict[str, Any]
    keep_alive: str = USED_FOR
    left_out: str = ""


_PROOF: Final = _Request(
    {"size": 0, "track_total_hits": True, "aggs": {"highest": {"max": {"field": SEQUENCE}}}}
)


_KEEP: Final = _Request({"size": 0, "query": {"match_none": {}}}, PINNED_FOR)


class StateLost(EngineUnavailable):
    """The cluster no longer holds a state, nor one that is proven to be the same."""


class State:
    """Searches one state of an index. Safe to share between threads.

    All searches of one `key` go to the same copy of the index while it is there, so that they are scored by
    the same statistics: copies may have merged away other deleted articles.
    """

    def __init__(self, client: OpenSearch, generation: Generation, commit: Commit) -> None:
        self._client = client
        self.generation = generation
        self.commit = commit
        self.name = generation.name_of(commit.commit)
        self._lock = threading.Lock()
        self._lost: frozenset[str] = frozenset()
        self._own: str | None = None

    def search(
        self, body: dict[str, Any], deadline: Deadline, key: object = "", left_out: str = ""
    ) -> Answer:
        """The whole answer to a search of this state, without the part that is at the path `left_out`. Equal
        keys have the same `repr` in every process.

        Raises SearchTimeout, EngineUnavailable, StateLost, QueryTooComplex and ClusterRefused.
        """
        request = _Request(body, USED_FOR, left_out)
        for point in self._points(key):
            answer = self._ask(point, request, deadline)
            if answer is not None:
                return answer
        return self._ask_own(request, deadline)

    def keep(self, deadline: Deadline) -> None:
        """Let all points in time live for PIN_SECONDS from now on. Raises as `search` does."""
        answers = [self._ask(point, _KEEP, deadline) for point in self._points("")]
        if all(answer is None for answer in answers):
            self._ask_own(_KEEP, deadline)

    def _ask(self, point: str, request: _Request, deadline: Deadline) -> Answer | None:
        """The answer of a published point in time; None where it is lost."""
        try:
            return self._send(point, request, deadline)
        except PointInTimeLost as error:
            _log.warning("a point in time of the state %s is lost: %s", self.name, error)
            self._lost |= {point}
            return None

    def _ask_own(self, request: _Request, deadline: Deadline) -> Answer:
        """The answer of a point in time that this process has opened. Raises StateLost."""
        own = self._own_point(deadline)
        try:
            return self._send(own, request, deadline)
        except PointInTimeLost as error:
            self._forget(own)
            raise StateLost(f"the search cluster does not hold the state {self.name}: {error}") from error

    def _points(self, key: object) -> Iterator[str]:
        """Those that are published and not known to be lost, the key's first."""
        points = self.commit.points_in_time
        first = 0
        if len(points) > 1:
            first = crc32(repr(key).encode("utf-8", "surrogatepass")) % len(points)
        for point in (*points[first:], *points[:first]):
            if point not in self._lost:
                yield point

    def _send(self, point: str, request: _Request, deadline: Deadline) -> Answer:
        """Raises PointInTimeLost."""
        seconds = _left(deadline)
        asked = {
            **request.body,
            "pit": {"id": point, "keep_alive": request.keep_alive},
            "timeout": f"{max(1, int(seconds * 1000))}ms",
            "_source": False,
        }
        params = {"search_type": SEARCH_TYPE, "allow_partial_search_results": "false"}
        if request.left_out:
            params["filter_path"] = f"-{request.left_out}"
        with as_search_errors():
            answer = self._client.search(body=asked, params=params, request_timeout=seconds + GRACE)
        return read_answer(answer)

    def _own_point(self, deadline: Deadline) -> str:
        """A point in time that this process opened, of the very same state.

        It is that: each change that came after the commit either has a higher number in the journal, and so
        raises the highest one, or is a deletion, and lowers the number of articles. Raises StateLost.
        """
        if not self._lock.acquire(timeout=_left(deadline)):
            raise SearchTimeout("the search took too long; the search cluster does not open its state anew")
        try:
            if self._own is None:
                self._own = self._proven(self._open(deadline), deadline)
            return self._own
        finally:
            self._lock.release()

    def _open(self, deadline: Deadline) -> str:
        params = {"keep_alive": USED_FOR, "allow_partial_pit_creation": "false"}
        try:
            with as_search_errors():
                answer = self._client.create_pit(
                    index=self.generation.index, params=params, request_timeout=_left(deadline) + GRACE
                )
        except PointInTimeLost as error:
            raise StateLost(f"the index of the state {self.name} is gone: {error}") from error
        point: str = answer["pit_id"]
        return point

    def _proven(self, point: str, deadline: Deadline) -> str:
        try:
            answer = self._send(point, _PROOF, deadline)
        except PointInTimeLost as error:
            raise StateLost(f"the search cluster cannot hold the state {self.name}: {error}") from error
        highest = answer.aggregations["highest"]["value"] or 0
        if answer.total == self.commit.articles and highest <= self.commit.sequence:
            return point
        self._close(point)
        raise StateLost(
            f"the search cluster has lost the state {self.name} of the index, and a newer one is in its place"
        )

    def _close(self, point: str) -> None:
        try:
            self._client.delete_pit(body={"pit_id": [point]}, request_timeout=CLOSING_SECONDS)
        except TransportError as error:
            _log.warning("a point in time is left to expire: %s", error)

    def _forget(self, point: str) -> None:
        with self._lock:
            if self._own == point:
                self._own = None

    def close(self) -> None:
        """Let go of what this process opened; what is published stays."""
        with self._lock:
            own, self._own = self._own, None
        if own is not None:
            self._close(own)


def _left(deadline: Deadline) -> float:
    """Seconds of one request until then. Raises SearchTimeout where the moment has passed."""
    deadline.check()
    return LONGEST if deadline.moment == inf else max(0.001, deadline.moment - time.monotonic())

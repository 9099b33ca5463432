"""Records searches beside the answering of them."""

import logging
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from typing import Final, Protocol

from search.query_log.files import LogLine, QueryLogFiles, Retention
from search.query_log.record import QueryRecord, is_recorded
from search.request import SearchRequest
from search.results import SearchResult

QUEUED: Final = 10_000
"""Records that wait to be written at most, some megabytes. Chosen by hand on 2026-11-28, not measured."""

INTERVAL_S: Final = 1.0
"""How often they are written; a process that is killed loses as much."""

CLOSE_S: Final = 5.0
"""How long closing waits for the last of them."""

_log = logging.getLogger(__name__)


class QueryLog(Protocol):
    """Takes note of searches; safe to call from several threads."""

    def record(self, request: SearchRequest, result: SearchResult) -> None:
        """Take note of an answered search. Never waits, and never fails."""
        ...


class NoQueryLog:
    """The query log that is switched off."""

    def record(self, request: SearchRequest, result: SearchResult) -> None:
        """Nothing is kept."""


OFF: Final = NoQueryLog()


class WrittenQueryLog:
    """Keeps searches in files, by a thread of its own.

    What comes while too many wait, or cannot be written, is lost; how many that were goes into the files as
    soon as anything can be written again.
    """

    def __init__(
        self,
        files: QueryLogFiles,
        retention: Retention,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        interval_s: float = INTERVAL_S,
        queued: int = QUEUED,
    ) -> None:
        """`now` gives aware times."""
        self._files = files
        self._retention = retention
        self._now = now
        self._interval_s = interval_s
        self._waiting: Queue[QueryRecord] = Queue(queued)
        self._in_hand = 0
        self._pruned: datetime | None = None
        self._lost = 0
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._is_failing = False
        self._thread = threading.Thread(target=self._run, name="query-log", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        """Write what waits, and end; what is not written after CLOSE_S is given up."""
        self._stopping.set()
        self._thread.join(CLOSE_S)
        if self._thread.is_alive():
            waiting = self._waiting.qsize() + self._in_hand
            _log.warning("closed after %g s without writing %d searches that wait", CLOSE_S, waiting)

    def record(self, request: SearchRequest, result: SearchResult) -> None:
        if not is_recorded(request):
            return
        try:
            # Not the result itself: it holds whole articles.
            self._waiting.put_nowait(QueryRecord.of(request, result))
        except Full:
            self._lose(1)

    def _run(self) -> None:
        while not self._stopping.wait(self._interval_s):
            self._write()
        self._write()

    def _write(self) -> None:
        """Write what waits; what fails is logged once, until something can be written again.

        Writing removes what is past its retention; while there is nothing to write, it is looked for at first
        and once an hour, as hours are what goes.
        """
        lines = self._lines()
        self._in_hand = len(lines)
        lost = self._taken_lost()
        noted = [LogLine(lost=lost).encoded()] if lost else []
        written = 0
        try:
            now = self._now()
            hour = now.replace(minute=0, second=0, microsecond=0)
            if noted or lines:
                written = self._files.append([*noted, *lines], now, self._retention)
            elif hour != self._pruned:
                self._files.prune(now, self._retention)
            self._pruned = hour
        except Exception as error:  # no fault of the disk or of ours may end the thread
            if not self._is_failing:
                _log.error("searches cannot be recorded: %s", error, exc_info=error)
            self._is_failing = True
        else:
            self._is_failing = False
        if noted and not written:
            self._lose(lost)
        self._lose(len(lines) - max(0, written - len(noted)))
        self._in_hand = 0

    def _lines(self) -> list[bytes]:
        lines: list[bytes] = []
        for _ in range(self._waiting.qsize()):
            try:
                record = self._waiting.get_nowait()
            except Empty:
                break
            try:
                lines.append(LogLine(search=record).encoded())
            except UnicodeEncodeError:
                self._lose(1)
        return lines

    def _lose(self, number: int) -> None:
        with self._lock:
            self._lost += number

    def _taken_lost(self) -> int:
        with self._lock:
            lost, self._lost = self._lost, 0
            return lost

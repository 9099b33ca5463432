"""Keeps the index of a running server up to date in the background."""

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Protocol

from index.article import Part
from index.article_reader import CorpusStats
from index.errors import WriterBusy
from index.indexer import IndexingStopped, never
from index.upkeep import Upkeep
from search.deadline import Deadline
from search.language.query import EVERYWHERE
from search.plan import Interval
from search.request import Match, SearchRequest, SimilarRequest, Wording
from search.results import ArticleView, CopyView, Readiness, SearchResult
from search.similar import SimilarResult
from search.text_analysis import TextAnalysis, TextUse
from search.timeline import Timeline
from web.serving.indexer import has_indexer
from web.serving.searching import Searching

INTERVAL_S = 1.0
"""How often the journal is looked at; a stored article is found within about this time."""
LONGEST_PAUSE_S = 16.0
"""After a failure the pause doubles, from INTERVAL_S up to this: what is mended is to be noticed well within
a minute. Chosen by hand, not measured."""
STOP_S = 1.0
"""How long stopping waits for the thread. It looks between two articles whether to stop, but not within a
commit, which may take some ten seconds; one that is cut off is as if the process had been killed: nothing of
it is seen, and the next start does it again."""

_log = logging.getLogger(__name__)


class IndexKeeper:
    """A thread that tends an index: indexes what was stored, rebuilds what is missing, stale or damaged.

    No failure ends it. Another one tends what lies beside the index, if anything does.
    """

    def __init__(
        self,
        tend: Callable[[Callable[[], bool]], None],
        interval_s: float = INTERVAL_S,
        work: str = "indexing",
    ) -> None:
        """`tend` does what is to be done; it is told how to see whether to stop. `work` is its name."""
        self.work = work
        self._stopping = threading.Event()
        self._due = threading.Event()
        self._tend = tend
        self._interval_s = interval_s
        self._failure: Exception | None = None
        self._thread = threading.Thread(target=self._run, name=f"{work}-keeper", daemon=True)

    @property
    def failure(self) -> str | None:
        """Why the work could not be done the last time; None if it could."""
        failure = self._failure
        return None if failure is None else str(failure) or type(failure).__name__

    def start(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        """There is something to do: it need not wait until it would look by itself."""
        self._due.set()

    def stop(self) -> None:
        """Ask it to stop, and wait for that; a commit that takes longer is left behind unfinished."""
        self._stopping.set()
        self._due.set()
        self._thread.join(STOP_S)
        if self._thread.is_alive():
            _log.info("%s was stopped in the middle of a commit; the next start does it again", self.work)

    def _run(self) -> None:
        pause = 0.0
        logged: set[type[Exception]] = set()
        while True:
            self._due.wait(pause)
            self._due.clear()
            if self._stopping.is_set():
                return
            try:
                self._tend(self._stopping.is_set)
            except IndexingStopped:
                return
            except Exception as failure:  # faults of ours and of the libraries must not end the thread
                pause = self._interval_s if self._failure is None else min(pause * 2, LONGEST_PAUSE_S)
                self._failure = failure
                _log.error(
                    "%s fails, trying again in %g s: %s",
                    self.work,
                    pause,
                    failure,
                    exc_info=None if type(failure) in logged else failure,
                )
                logged.add(type(failure))
            else:
                pause = self._interval_s
                logged.clear()
                self._failure = None


Aside = Callable[[int, Callable[[], bool]], bool]
"""Indexes so many changes in another process, if it is worth that, and says whether nothing is left to do
here; it is told how to see whether to stop."""


def nowhere_else(_waiting: int, _should_stop: Callable[[], bool]) -> bool:
    """All is indexed here."""
    return False


def tend(
    upkeep: Upkeep,
    readiness: Callable[[], Readiness],
    should_stop: Callable[[], bool],
    aside: Aside = nowhere_else,
) -> None:
    """Index what was stored, if `readiness` says that there is anything to do.

    While another process is indexing, or one is there for that alone, nothing is done: that one does the same
    work. Raises IndexingStopped once `should_stop`, and what the indexer raises.
    """
    state = readiness()
    if state.is_settled or has_indexer(upkeep.folder) or aside(state.lag, should_stop):
        return
    try:
        report = replace(upkeep, wait=0.0, should_stop=should_stop).catch_up(lambda _: None)
    except WriterBusy as busy:
        _log.debug("not indexed here: %s", busy)
    else:
        if report is not None:
            _log.info("indexed %d changes into %s", report.changes, report.generation)


class Telling(Protocol):
    """Work that is done behind the answering: what it is called, and what is amiss, None if all is well."""

    @property
    def work(self) -> str: ...

    @property
    def failure(self) -> str | None: ...


class KeptService:
    """A search service whose readiness also tells what is amiss with the work behind it."""

    def __init__(
        self, service: Searching, *keepers: Telling, is_stopping: Callable[[], bool] = never
    ) -> None:
        """`is_stopping` says whether the server has been told to stop: then nobody is to send it more."""
        self._service = service
        self._keepers = keepers
        self._is_stopping = is_stopping

    def search(self, request: SearchRequest) -> SearchResult:
        return self._service.search(request)

    def version(self, request: SearchRequest) -> str | None:
        return self._service.version(request)

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        return self._service.walk(request)

    def timeline(self, request: SearchRequest, interval: Interval) -> Timeline:
        return self._service.timeline(request, interval)

    def similar(self, article_id: str, request: SimilarRequest) -> SimilarResult:
        return self._service.similar(article_id, request)

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        return self._service.count(request, deadline)

    def article(
        self,
        article_id: str,
        q: str = "",
        match: Match = Match.SMART,
        wording: Wording = Wording.ANY,
        parts: tuple[Part, ...] = EVERYWHERE,
    ) -> ArticleView:
        return self._service.article(article_id, q, match, wording, parts)

    def copies(self, article_id: str, most: int) -> tuple[CopyView, ...]:
        return self._service.copies(article_id, most)

    def analyze(self, text: str, use: TextUse) -> TextAnalysis:
        return self._service.analyze(text, use)

    def stats(self) -> CorpusStats:
        return self._service.stats()

    def readiness(self) -> Readiness:
        """As the service says; a failure to index is one more reason, and leaves it ready to search.

        A server that stops is not ready, though it still answers.
        """
        readiness = self._service.readiness()
        failing = ((keeper.work, keeper.failure) for keeper in self._keepers)
        reasons = tuple(f"{work} fails: {failure}" for work, failure in failing if failure is not None)
        told = replace(readiness, reasons=(*readiness.reasons, *reasons))
        if self._is_stopping():
            return replace(told, ready=False, reasons=("the server is stopping", *told.reasons))
        return told

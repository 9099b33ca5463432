"""What the admin interface needs of the searching side of its server, and the wait for it."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, Protocol

from index.article_reader import CorpusStats
from search.request import SearchRequest
from search.results import Readiness, SearchResult
from web.admin.errors import NotTakenUp
from web.serving.live_search import TakenUp

POLL_S: Final = 0.05
FAILING_S: Final = 30.0
"""How long what keeps the index up to date may fail before those who wait for it are told."""
PATIENCE_S: Final = 3_600.0
"""How long anybody waits: new words may need an index of all articles. By hand."""


class LiveSide(Protocol):
    """The searching side; `web.serving.live_search.LiveSearch` is the one that serves."""

    def readiness(self) -> Readiness: ...

    def taken_up(self) -> TakenUp: ...

    def stats(self) -> CorpusStats: ...

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]: ...


@dataclass(frozen=True, slots=True)
class Follower:
    """Waits for the searching side. `wake` tells what keeps it up to date that there is something to do,
    `failure` says why that fails, None where it does not."""

    side: LiveSide
    wake: Callable[[], None]
    failure: Callable[[], str | None]
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep

    def wait_for_articles(self, sequence: int | None, should_stop: Callable[[], bool]) -> str | None:
        """Wait until searches have the journal up to there; the generation that they are answered from.

        None, at once, where nothing was written. Raises NotTakenUp.
        """
        if sequence is None:
            return None
        self.wait_until(lambda: self._has(sequence), should_stop)
        return self.side.readiness().generation

    def wait_until(self, is_so: Callable[[], bool], should_stop: Callable[[], bool]) -> None:
        """Wait until something is so. Raises NotTakenUp."""
        self.wake()
        started = self.clock()
        while not is_so():
            waited = self.clock() - started
            failure = self.failure()
            if should_stop():
                raise NotTakenUp("the server is ending; what was stored is indexed when it starts again")
            if waited > PATIENCE_S or (failure is not None and waited > FAILING_S):
                raise NotTakenUp(failure or f"the index is not up to date after {waited:.0f} s")
            self.sleep(POLL_S)

    def _has(self, sequence: int) -> bool:
        readiness = self.side.readiness()
        return readiness.ready and readiness.sequence >= sequence

"""Keeps the index of a running server up to date in the background."""

import logging
import threading
from collections.abc import Callable

from index.errors import PolicySearchError, WriterBusy
from index.upkeep import Upkeep
from search.results import Readiness

INTERVAL_S = 1.0
"""How often the journal is looked at; a stored article is found within about this time."""

_log = logging.getLogger(__name__)


class IndexKeeper:
    """A thread that indexes what was stored, and rebuilds an index that is missing, stale or damaged.

    While another process is indexing it does nothing: that one does the same work.
    """

    def __init__(
        self, upkeep: Upkeep, readiness: Callable[[], Readiness], interval_s: float = INTERVAL_S
    ) -> None:
        """`readiness` tells whether there is anything to do: no good generation, or one that lags behind."""
        self._upkeep = upkeep
        self._readiness = readiness
        self._interval_s = interval_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="index-keeper", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask it to stop, and wait for the batch in hand."""
        self._stopping.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopping.is_set():
            try:
                self._catch_up()
            except PolicySearchError:
                _log.exception("the index could not be brought up to date; trying again")
            self._stopping.wait(self._interval_s)

    def _catch_up(self) -> None:
        readiness = self._readiness()
        if readiness.ready and not readiness.lag:
            return
        try:
            report = self._upkeep.catch_up(lambda _: None)
        except WriterBusy as busy:
            _log.debug("not indexed here: %s", busy)
        else:
            if report is not None:
                _log.info("indexed %d changes into %s", report.changes, report.generation)

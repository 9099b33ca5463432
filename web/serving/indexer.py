"""A process that does nothing but index: while it runs, all others leave it to that one."""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from math import inf
from typing import Final

from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.factory import IndexPlace
from index.upkeep import Upkeep
from index.writer_lock import WriterLock

LOOK_S: Final = 10.0
"""After so many seconds the index is looked at though nothing was stored: it may be damaged or gone."""

Renew = Callable[[Analyzer], Analyzer]
"""The analyzer of the words that are in the folder now: the same one, or a new one."""

_log = logging.getLogger(__name__)


@contextmanager
def as_indexer(folder: DataFolder) -> Iterator[None]:
    """Be the process that indexes, while the block runs. Raises WriterBusy where there is one already, and
    LockUnusable."""
    with WriterLock(folder.indexer_lock):
        yield


def has_indexer(folder: DataFolder) -> bool:
    """Whether such a process runs on this folder. Raises LockUnusable."""
    if not folder.indexer_lock.exists():
        return False
    try:
        # For a moment, in which another one that asks may take this for such a process: it asks again soon.
        with WriterLock(folder.indexer_lock, wait=0.0):
            return False
    except WriterBusy:
        return True


class JournalIndexer:
    """Indexes what is stored, with the words that are in the folder by then; called by one thread."""

    def __init__(
        self,
        folder: DataFolder,
        analyzer: Analyzer,
        place: IndexPlace,
        renew: Renew,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """`clock` gives seconds that never go back."""
        self._folder = folder
        self._place = place
        self._renew = renew
        self._clock = clock
        self._upkeep = Upkeep.of(folder, analyzer, place)
        self._covered = -1
        self._due = -inf

    def analyzer(self) -> Analyzer:
        """The one that is indexed with now."""
        return self._upkeep.analyzer

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Index what was stored since, if anything was, or mend the index if that is due.

        While another process is indexing nothing is done. Raises IndexingStopped once `should_stop`,
        UserWordsInvalid, and what the indexer raises; then the next call tries again.
        """
        analyzer = self._renew(self._upkeep.analyzer)
        if analyzer is not self._upkeep.analyzer:
            self._upkeep = Upkeep.of(self._folder, analyzer, self._place)
            self._due = -inf
        # Before it is indexed: what is stored meanwhile is covered the next time at the latest.
        with CorpusReader.open(self._folder) as articles:
            newest = articles.last_sequence()
        if newest == self._covered and self._clock() < self._due:
            return
        try:
            report = replace(self._upkeep, wait=0.0, should_stop=should_stop).catch_up(lambda _: None)
        except WriterBusy as busy:
            _log.debug("not indexed here: %s", busy)
            return
        self._covered, self._due = newest, self._clock() + LOOK_S
        if report is not None:
            _log.info("indexed %d changes into %s", report.changes, report.generation)

"""Indexes what was stored in a process of its own, where there is much of it."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from index.errors import WriterBusy
from index.indexer import IndexingStopped
from index.writer_lock import WriterLock
from web.commands.exits import Exit
from web.commands.index import IndexedReport
from web.serving.commands_aside import run_aside

MANY: Final = 100
"""From so many changes on. A process takes a second to load its words, as long as it takes to index 200."""
NICENESS: Final = 5
"""It gives way to what answers searches, and still gets a third of what they get (`man 7 sched`)."""

_REPORT: Final = msgspec.json.Decoder(IndexedReport)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexingAside:
    """Runs `policy-search index`: with the words that are in the folder by then. Of several servers on a
    folder one does, and those that find `lock` taken leave it to that one."""

    lock: Path
    command: Sequence[str]

    def __call__(self, waiting: int, should_stop: Callable[[], bool]) -> bool:
        """Whether so many changes need no indexing here: they were indexed, or another process is at it.

        Whatever kept the command from it is logged, and met again where it is done here: there it is told.
        Raises IndexingStopped once `should_stop`, and LockUnusable.
        """
        if waiting < MANY:
            return False
        try:
            with WriterLock(self.lock, wait=0.0):
                ended = run_aside(self.command, NICENESS, should_stop)
        except WriterBusy:
            return True
        except OSError as error:
            _log.warning("no process could be started to index in: %s", error)
            return False
        if ended is None:
            raise IndexingStopped("indexing was stopped")
        match ended.status:
            case Exit.DONE:
                report = _REPORT.decode(ended.output)
                _log.info("indexed %d changes into %s", report.changes, report.generation)
            case Exit.BUSY:
                _log.debug("not indexed here: another process is at it")
            case _:
                _log.warning("the process that indexes failed, so it is done here: %s", ended.said)
                return False
        return True

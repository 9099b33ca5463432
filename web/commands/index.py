"""`index`: what is stored into the index, once or for as long as it is not stopped."""

import logging
import signal
import threading
from dataclasses import dataclass
from functools import partial
from types import FrameType

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.engine_settings import IN_FOLDER, EngineSettings
from index.factory import check_place
from web.commands.indexing import bring_up_to_date
from web.serving.indexer import JournalIndexer, as_indexer
from web.serving.keeper import IndexKeeper
from web.serving.opening import open_index, open_search, prepare, renewed
from web.serving.supplying import open_indexer_supply

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class IndexedReport:
    """How many changes of articles were indexed, and the generation that is searched now, as `folder.commit`;
    null where there is none yet."""

    changes: int
    generation: str | None


def index(folder: DataFolder, analyzer: Analyzer, *, engine: EngineSettings = IN_FOLDER) -> IndexedReport:
    """Index what is stored and not indexed yet. Raises WriterBusy, CorpusMissing, and what indexing does."""
    with open_search(folder, renewed(folder, analyzer), engine=engine) as opened:
        report = bring_up_to_date(opened.upkeep, opened.service.readiness().lag)
        generation = opened.service.readiness().generation
    return IndexedReport(0 if report is None else report.changes, generation)


def follow_journal(folder: DataFolder, analyzer: Analyzer, *, engine: EngineSettings = IN_FOLDER) -> None:
    """Index what is stored as it comes, until SIGINT or SIGTERM; other processes leave it to this one.

    While it cannot be done it is tried again, with growing pauses, and the log says why. Raises WriterBusy
    where another process is at this already, and what `open_index` and `check_place` do.
    """
    ended = threading.Event()

    def end(number: int, _frame: FrameType | None) -> None:
        _log.info("ended by signal %d", number)
        ended.set()

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, end)
    prepare(folder)
    with as_indexer(folder), open_index(folder, engine) as place:
        if (reason := check_place(place, analyzer)) is not None:
            _log.warning("the index is made anew: %s", reason)
        indexer = JournalIndexer(folder, analyzer, place, partial(renewed, folder))
        with open_indexer_supply(folder, place, indexer.analyzer) as supplying:
            keepers = (IndexKeeper(indexer.tend), *supplying)
            for keeper in keepers:
                keeper.start()
            ended.wait()
            for keeper in keepers:
                keeper.stop()

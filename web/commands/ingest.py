"""`ingest`: files, folders and streams into the data folder, then into the index."""

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.analysis.analyzer import Analyzer
from index.composing import ComposingPool
from index.data_folder import DataFolder
from index.dry_run import DryEvent, DryRun
from index.engine_settings import IN_FOLDER, EngineSettings
from index.errors import EngineAway
from index.ingest import Event, Failed, Ingest, Skipped, Stored, Summary
from index.readers.files import measure, read_paths, read_stream
from index.readers.mapping import FieldMap
from index.readers.rows import Row
from web.commands.indexing import catch_up
from web.commands.progress import progress_bar
from web.serving.opening import open_search, renewed

STDIN = Path("-")
NOTHING = Summary(new=0, updated=0, unchanged=0, failed=0, skipped=0)

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What is to be taken in, and how columns are named; `stdin` is read where a path is `-`.

    `within` is the folder that the paths were found in; None where somebody has named them.
    """

    paths: tuple[Path, ...]
    fields: FieldMap
    stdin: BinaryIO
    within: Path | None = None

    def size(self) -> int | None:
        """Bytes of the files; None where a stream is among them."""
        return None if STDIN in self.paths else measure(self.paths)

    def pool(self) -> ComposingPool:
        """What composes articles of the rows."""
        pool = ComposingPool.on_all_processors()
        return pool.for_streams() if STDIN in self.paths else pool

    def rows(self, on_bytes: Callable[[int], None]) -> Iterable[Row]:
        """All rows, in the order of the paths; `on_bytes` is told how much was read of the files."""
        for path in self.paths:
            if path == STDIN:
                yield from read_stream(self.stdin, "standard input", self.fields)
            else:
                yield from read_paths([path], on_bytes, self.fields, self.within)


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The counts, and the generation that holds the articles; None where they are not indexed yet."""

    summary: Summary
    generation: str | None


def ingest(
    folder: DataFolder,
    analyzer: Analyzer,
    inputs: Inputs,
    on_event: Callable[[Event], None],
    *,
    engine: EngineSettings = IN_FOLDER,
) -> IngestReport:
    """Store what the inputs hold; `on_event` is told of each safe batch and each input that is not."""
    summary = NOTHING
    with progress_bar("Storing", inputs.size()) as bar:
        for event in Ingest(folder, inputs.pool()).run(inputs.rows(bar.advance)):
            match event:
                case Stored():
                    bar.count(event.new + event.updated + event.unchanged)
                    bar.took(event.seconds)
                case Summary():
                    summary = event
                case Failed() | Skipped():
                    pass
            on_event(event)
    return IngestReport(summary, index_stored(folder, analyzer, engine=engine))


def rehearse(folder: DataFolder, inputs: Inputs, on_event: Callable[[DryEvent], None]) -> Summary:
    """Tell `on_event` what an ingest of the inputs would do; nothing is written."""
    summary = NOTHING
    with progress_bar("Reading", inputs.size()) as bar:
        for event in DryRun(folder, inputs.pool()).run(inputs.rows(bar.advance)):
            if isinstance(event, Summary):
                summary = event
            on_event(event)
    return summary


def index_stored(folder: DataFolder, analyzer: Analyzer, *, engine: EngineSettings = IN_FOLDER) -> str | None:
    """Index what is stored and not indexed yet; the generation, or None if another process is at it, or what
    keeps the index does not answer: then it is indexed later, by whatever indexes next.

    With the words that are in the folder now: those of a long ingest's start would undo a server's index.
    """
    if not folder.articles.exists():
        return None
    try:
        with open_search(folder, renewed(folder, analyzer), engine=engine) as opened:
            catch_up(opened.upkeep, opened.service.readiness().lag)
            readiness = opened.service.readiness()
    except EngineAway as error:
        # What is stored is safe, and an ingest does not wait for a cluster.
        _log.warning("stored, and not indexed yet: %s", error)
        return None
    return readiness.generation if readiness.lag == 0 else None

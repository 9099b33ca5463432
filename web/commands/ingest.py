"""`ingest`: files, folders and streams into the data folder, then into the index."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from index.analysis.analyzer import Analyzer
from index.composing import ComposingPool
from index.data_folder import DataFolder
from index.ingest import Event, Failed, Ingest, Skipped, Stored, Summary
from index.readers.files import measure, read_paths, read_stream
from index.readers.rows import Row
from web.commands.indexing import catch_up
from web.commands.progress import progress_bar
from web.opening import open_search

STDIN = Path("-")


@dataclass(frozen=True, slots=True)
class IngestReport:
    """The counts, and the generation that holds the articles; None while another process is indexing them."""

    summary: Summary
    generation: str | None


def ingest(
    folder: DataFolder,
    analyzer: Analyzer,
    paths: tuple[Path, ...],
    stdin: BinaryIO,
    on_event: Callable[[Event], None],
) -> IngestReport:
    """Store what the paths hold, telling `on_event` of each batch that is safe and each input that is not."""
    summary = Summary(new=0, updated=0, unchanged=0, failed=0, skipped=0)
    files = tuple(path for path in paths if path != STDIN)
    total = measure(files) if STDIN not in paths else None
    with progress_bar("Storing", total) as bar:
        rows = _rows(paths, stdin, bar.advance)
        for event in Ingest(folder, ComposingPool.on_all_processors()).run(rows):
            match event:
                case Stored():
                    bar.count(event.new + event.updated + event.unchanged)
                    bar.took(event.seconds)
                case Summary():
                    summary = event
                case Failed() | Skipped():
                    pass
            on_event(event)
    return IngestReport(summary, index_stored(folder, analyzer))


def index_stored(folder: DataFolder, analyzer: Analyzer) -> str | None:
    """Index what is stored and not indexed yet; the generation, or None if another process is at it."""
    if not folder.articles.exists():
        return None
    with open_search(folder, analyzer) as opened:
        catch_up(opened.upkeep, opened.service.readiness().lag)
        readiness = opened.service.readiness()
        return readiness.generation if readiness.lag == 0 else None


def _rows(paths: tuple[Path, ...], stdin: BinaryIO, on_bytes: Callable[[int], None]) -> Iterable[Row]:
    for path in paths:
        if path == STDIN:
            yield from read_stream(stdin, "standard input")
        else:
            yield from read_paths([path], on_bytes)

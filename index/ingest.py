"""Takes rows in: composes articles, stores them in batches, and says what became of each row."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from index.compose import Composed
from index.corpus.errors import ArticleRefused
from index.corpus.writer import CorpusWriter, Outcome
from index.data_folder import DataFolder
from index.readers.refusal import RefusedRecord
from index.readers.rows import Location, PageRow, RecordRow, RefusedRow, Row, SkippedRow
from index.writer_lock import WriterLock


class RowComposer(Protocol):
    """Makes articles out of rows."""

    def compose(self, row: PageRow | RecordRow) -> Composed:
        """The article of a row; raises RefusedRecord where it cannot become one."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchLimits:
    """A batch is stored once it reaches one of these.

    `bytes` are those of the originals: no text of an article, searched or not, has more code points than what
    came in has bytes, so they bound the memory of all. `seconds` are since the first article came. The
    numbers of articles and seconds are the reliability plan's; the bytes are chosen by hand.
    """

    articles: int = 200
    bytes: int = 4_000_000
    seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A batch is on the disk: the acknowledgement of its articles. `sequence` is the newest journal entry."""

    new: int
    updated: int
    unchanged: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Failed:
    """One input was not taken in."""

    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class Skipped:
    """One file was passed over, which is no failure."""

    location: Location
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The last event: how many inputs had each outcome."""

    new: int
    updated: int
    unchanged: int
    failed: int
    skipped: int


Event = Stored | Failed | Skipped | Summary


@dataclass(frozen=True, slots=True)
class Ingest:
    """Stores what rows hold in a data folder. Holds one batch in memory."""

    folder: DataFolder
    composer: RowComposer
    limits: BatchLimits = BatchLimits()
    clock: Callable[[], float] = time.monotonic

    def run(self, rows: Iterable[Row]) -> Iterator[Event]:
        """Take the rows in; events come as things happen, a Summary last.

        What no Stored event has acknowledged may be lost when this is left early or raises. The writer lock
        is taken for each batch alone. Whether a batch has waited long enough is looked at when a row comes.
        Of two rows with the same id the later one wins. Raises WriterBusy, DataFolderUnusable, CorpusTooNew,
        CorpusDamaged, CorpusUnavailable.
        """
        totals: Counter[str] = Counter()
        for event in self._events(rows):
            match event:
                case Stored():
                    totals.update(new=event.new, updated=event.updated, unchanged=event.unchanged)
                case Failed():
                    totals.update(failed=1)
                case Skipped():
                    totals.update(skipped=1)
            yield event
        yield Summary(
            new=totals["new"],
            updated=totals["updated"],
            unchanged=totals["unchanged"],
            failed=totals["failed"],
            skipped=totals["skipped"],
        )

    def _events(self, rows: Iterable[Row]) -> Iterator[Stored | Failed | Skipped]:
        self.folder.create()
        batch = _Batch()
        for row in rows:
            match row:
                case RefusedRow():
                    yield Failed(row.location, row.reason)
                case SkippedRow():
                    yield Skipped(row.location, row.reason)
                case PageRow() | RecordRow():
                    try:
                        batch.add(row.location, self.composer.compose(row), self.clock())
                    except RefusedRecord as error:
                        yield Failed(row.location, str(error))
            if batch.is_due(self.limits, self.clock()):
                yield from self._store(batch)
                batch = _Batch()
        if batch.waiting:
            yield from self._store(batch)

    def _store(self, batch: "_Batch") -> Iterator[Stored | Failed]:
        outcomes: Counter[Outcome] = Counter()
        refused: list[Failed] = []
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            for location, composed in batch.waiting:
                try:
                    outcomes[writer.put(composed.article, composed.original)] += 1
                except ArticleRefused as error:
                    refused.append(Failed(location, str(error)))
            sequence = writer.commit()
        yield Stored(
            new=outcomes[Outcome.NEW],
            updated=outcomes[Outcome.UPDATED],
            unchanged=outcomes[Outcome.UNCHANGED],
            sequence=sequence,
        )
        yield from refused


@dataclass(slots=True)
class _Batch:
    """Articles that wait to be stored."""

    waiting: list[tuple[Location, Composed]] = field(default_factory=list)
    bytes: int = 0
    started: float = 0.0

    def add(self, location: Location, composed: Composed, now: float) -> None:
        if not self.waiting:
            self.started = now
        self.waiting.append((location, composed))
        self.bytes += len(composed.original.data)

    def is_due(self, limits: BatchLimits, now: float) -> bool:
        return bool(self.waiting) and (
            len(self.waiting) >= limits.articles
            or self.bytes >= limits.bytes
            or now - self.started >= limits.seconds
        )

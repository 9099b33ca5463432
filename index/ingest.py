"""Takes rows in: has articles composed, stores them in batches, and says what became of each row."""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from typing import Final, Protocol

from index.compose import Composed
from index.composing import Outcome, Prepared
from index.corpus.errors import ArticleRefused
from index.corpus.writer import CorpusWriter
from index.corpus.writer import Outcome as StoreOutcome
from index.data_folder import DataFolder
from index.readers.rows import Location, RefusedRow, Row, SkippedRow
from index.reposts.sketch import Sketcher
from index.stages import Stage, StageClock
from index.writer_lock import WriterLock

OLDER_ARTICLES: Final = 200
"""Articles stored before there were sketches whose copies are looked for with each batch."""


class Composing(Protocol):
    """Makes articles out of rows."""

    def map(self, rows: Iterable[Row]) -> Generator[Outcome, None, None]:
        """What becomes of each row, in the order of the rows; closing it ends all work."""
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
    """A batch is on the disk: the acknowledgement of its articles. `sequence` is the newest journal entry.

    `seconds` of a processor are what each stage took since the batch before it, in all processes together.
    """

    new: int
    updated: int
    unchanged: int
    sequence: int
    seconds: Mapping[Stage, float] = field(default_factory=dict, compare=False)


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
    """The last event: how many inputs had each outcome, and what each stage took in all."""

    new: int
    updated: int
    unchanged: int
    failed: int
    skipped: int
    seconds: Mapping[Stage, float] = field(default_factory=dict, compare=False)


Event = Stored | Failed | Skipped | Summary

Storing = Callable[[CorpusWriter, Composed], StoreOutcome]
"""Stores an article, under the lock of the writer. Raises ArticleRefused, with nothing changed."""


def put(writer: CorpusWriter, composed: Composed) -> StoreOutcome:
    """Store an article, whether or not there is one of its id."""
    return writer.put(composed.article, composed.original, composed.sketch)


def left_out(row: RefusedRow | SkippedRow) -> Failed | Skipped:
    """The event of a row that becomes no article."""
    if isinstance(row, RefusedRow):
        return Failed(row.location, row.reason)
    return Skipped(row.location, row.reason)


def summary_of(totals: Counter[str], seconds: Mapping[Stage, float]) -> Summary:
    """The last event; `totals` counts the outcomes by the names that a Summary has for them."""
    return Summary(
        new=totals["new"],
        updated=totals["updated"],
        unchanged=totals["unchanged"],
        failed=totals["failed"],
        skipped=totals["skipped"],
        seconds=seconds,
    )


@dataclass(frozen=True, slots=True)
class Ingest:
    """Stores what rows hold in a data folder, each article as `storing` does. Holds one batch in memory."""

    folder: DataFolder
    composing: Composing
    storing: Storing = put
    limits: BatchLimits = BatchLimits()
    clock: Callable[[], float] = time.monotonic
    processor: Callable[[], float] = time.thread_time

    def run(self, rows: Iterable[Row]) -> Iterator[Event]:
        """Take the rows in; events come as things happen, a Summary last.

        What no Stored event has acknowledged may be lost when this is left early or raises. The writer lock
        is taken for each batch alone. Whether a batch has waited long enough is looked at when a row comes.
        Of two rows with the same id the later one wins. Raises WriterBusy, DataFolderUnusable, CorpusTooNew,
        CorpusDamaged, CorpusUnavailable.
        """
        totals: Counter[str] = Counter()
        stages = StageClock()
        for event in self._events(rows):
            match event:
                case Stored():
                    stages.add_all(event.seconds)
                    totals.update(new=event.new, updated=event.updated, unchanged=event.unchanged)
                case Failed():
                    totals.update(failed=1)
                case Skipped():
                    totals.update(skipped=1)
            yield event
        yield summary_of(totals, stages.taken())

    def _events(self, rows: Iterable[Row]) -> Iterator[Stored | Failed | Skipped]:
        self.folder.create()
        clock = StageClock(self.processor)
        sketcher = Sketcher.load()
        batch = _Batch()
        with closing(self.composing.map(_read(rows, clock))) as outcomes:
            for outcome in outcomes:
                match outcome:
                    case RefusedRow() | SkippedRow():
                        yield left_out(outcome)
                    case Prepared():
                        clock.add_all(outcome.seconds)
                        batch.add(outcome.location, outcome.composed, self.clock())
                if batch.is_due(self.limits, self.clock()):
                    yield from self._store(batch, clock, sketcher)
                    batch = _Batch()
        if batch.waiting:
            yield from self._store(batch, clock, sketcher)

    def _store(self, batch: "_Batch", clock: StageClock, sketcher: Sketcher) -> Iterator[Stored | Failed]:
        outcomes: Counter[StoreOutcome] = Counter()
        refused: list[Failed] = []
        with (
            WriterLock(self.folder.lock),
            clock.measure(Stage.STORE),
            CorpusWriter.open(self.folder, sketcher) as writer,
        ):
            for location, composed in batch.waiting:
                try:
                    outcomes[self.storing(writer, composed)] += 1
                except ArticleRefused as error:
                    refused.append(Failed(location, str(error)))
            # Those that an older version of this program stored get theirs bit by bit.
            writer.fill_sketches(OLDER_ARTICLES)
            sequence = writer.commit()
        yield Stored(
            new=outcomes[StoreOutcome.NEW],
            updated=outcomes[StoreOutcome.UPDATED],
            unchanged=outcomes[StoreOutcome.UNCHANGED],
            sequence=sequence,
            seconds=clock.taken(),
        )
        yield from refused


def _read(rows: Iterable[Row], clock: StageClock) -> Iterator[Row]:
    """The rows; what it takes to read them is counted."""
    waiting = iter(rows)
    while True:
        with clock.measure(Stage.READ):
            row = next(waiting, None)
        if row is None:
            return
        yield row


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

"""Composes articles of rows in processes of their own."""

import logging
from collections.abc import Callable, Generator, Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace

from index.compose import Composed, Composer
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RefusedRow, Row, SkippedRow
from index.stages import Stage, StageClock
from index.worker_process import WorkLimits, WorkLost
from index.workers import CHUNK_JOBS, Workers, usable_processors

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Prepared:
    """An article that can be stored; `seconds` are those of a processor that each stage took."""

    location: Location
    composed: Composed
    seconds: Mapping[Stage, float] = field(default_factory=dict, compare=False)


Outcome = Prepared | RefusedRow | SkippedRow


@dataclass(frozen=True, slots=True)
class RowWork:
    """What a process does with a row."""

    composer: Composer

    def __call__(self, row: Row) -> Outcome:
        if isinstance(row, RefusedRow | SkippedRow):
            return row
        clock = StageClock()
        try:
            composed = self.composer.compose(row, clock)
        except RefusedRecord as error:
            return RefusedRow(row.location, str(error))
        except Exception as error:  # a fault of ours or of a library must not cost the other rows
            _log.error("could not compose %s", row.location, exc_info=error)
            return RefusedRow(row.location, f"{Refusal.FAULT}: {type(error).__name__}: {error}")
        return Prepared(row.location, composed, clock.taken())


def load_row_work() -> RowWork:
    """The work of a process, with the tables that it needs."""
    return RowWork(Composer.load())


def load_sparing_work() -> RowWork:
    """The same for texts that are to stay as they came."""
    return RowWork(Composer.sparing())


@dataclass(frozen=True, slots=True)
class ComposingPool:
    """Rows in, articles out, in the same order; a row that kills its process is refused, and no other is."""

    processes: int
    limits: WorkLimits = field(default_factory=WorkLimits)
    chunk_jobs: int = CHUNK_JOBS
    load: Callable[[], RowWork] = load_row_work

    @classmethod
    def on_all_processors(cls) -> "ComposingPool":
        """A process for each processor that this process may run on."""
        return cls(usable_processors())

    def for_streams(self) -> "ComposingPool":
        """This pool, but a row waits for no others to come: for streams that may pause."""
        return replace(self, chunk_jobs=1)

    def sparing(self) -> "ComposingPool":
        """This pool, but nothing is repaired."""
        return replace(self, load=load_sparing_work)

    def map(self, rows: Iterable[Row]) -> Generator[Outcome, None, None]:
        """What becomes of each row. Raises WorkerFailed."""
        workers = Workers(self.load, self.processes, self.limits, self.chunk_jobs)
        with closing(workers.map(rows, _size)) as outcomes:
            for row, outcome in outcomes:
                if isinstance(outcome, WorkLost):
                    yield RefusedRow(row.location, f"{Refusal.TOO_COSTLY}: {outcome.reason}")
                else:
                    yield outcome


def _size(row: Row) -> int:
    return 0 if isinstance(row, RefusedRow | SkippedRow) else len(row.original.data)

"""Articles in and out of the truth, for one request after another."""

import shutil
import threading
from collections.abc import Callable, Collection, Generator, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice
from pathlib import Path
from typing import Final

from index.article import Article
from index.compose import Composed
from index.composing import Outcome, Prepared
from index.corpus.errors import ArticleRefused, NoSpace
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.corpus.writer import Outcome as Stored
from index.data_folder import DataFolder
from index.dry_run import DryRun, Prospect
from index.errors import CorpusMissing, WriterBusy
from index.ingest import Composing, Failed, Ingest, Skipped, Storing, Summary, put
from index.ingest import Stored as StoredBatch
from index.readers.rows import Row
from index.writer_lock import WriterLock

LANE_WAIT_S: Final = 5.0
"""How long a request waits for another one of this server to end: as long as for another process."""
MIN_FREE: Final = 500_000_000
MIN_FREE_SHARE: Final = 0.05
"""Bytes, and share of the disk, that have to be free to store anything (reliability plan, P5): the lesser."""
DELETED_AT_ONCE: Final = 200
"""Articles deleted by one commit: as many as are stored by one (`index.ingest.BatchLimits`)."""

_NOTHING: Final = Summary(new=0, updated=0, unchanged=0, failed=0, skipped=0)

ARTICLE_EXISTS: Final = "article-exists"
"""Head of the reason for which a row is refused that must not replace an article."""


class Mode(Enum):
    """What becomes of articles that are there already."""

    UPSERT = "upsert"
    CREATE = "create"
    """They stay, and the row is refused."""
    REPLACE_SOURCE = "replace_source"
    """They are replaced, and of the sources in the batch no others stay."""


class Repairing(Enum):
    """Whether damaged texts are mended as they come in."""

    AS_NEEDED = "true"
    NEVER = "false"


@dataclass(frozen=True, slots=True)
class Composings:
    """What makes articles of rows."""

    repairing: Composing
    sparing: Composing

    def of(self, repairing: Repairing) -> Composing:
        """The one that does as this says."""
        return self.repairing if repairing is Repairing.AS_NEEDED else self.sparing


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What became of a batch; `sequence` is its newest journal entry, None where nothing was written."""

    summary: Summary
    deleted: int
    failed: tuple[Failed, ...]
    notes: tuple[str, ...]
    sequence: int | None


def create(writer: CorpusWriter, composed: Composed) -> Stored:
    """Store an article that is not there yet."""
    if writer.holds(composed.article.id):
        raise ArticleRefused(_exists(composed.article.id))
    return put(writer, composed)


@dataclass(frozen=True, slots=True)
class ArticleStore:
    """Stores and deletes articles of a data folder, one request at a time.

    `free` gives the bytes of a disk that are free, and all that it has.
    """

    folder: DataFolder
    composings: Composings
    free: Callable[[Path], tuple[int, int]]
    _lane: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def take_in(
        self, rows: Iterable[Row], mode: Mode, repairing: Repairing, advance: Callable[[int], None]
    ) -> Taken:
        """Store what rows hold; `advance` is told how many articles have become safe.

        Where a row fails in Mode.REPLACE_SOURCE, nothing is deleted: the article in it may be one that stays.
        Raises WriterBusy, NoSpace, CorpusUnavailable, CorpusDamaged: batches before that stay stored.
        """
        storing: Storing = create if mode is Mode.CREATE else put
        noting = _Noting(self.composings.of(repairing))
        failed: list[Failed] = []
        notes: list[str] = []
        summary, sequence = _NOTHING, None
        with self._writing():
            for event in Ingest(self.folder, noting, storing).run(rows):
                match event:
                    case StoredBatch():
                        sequence = event.sequence
                        advance(event.new + event.updated + event.unchanged)
                    case Failed():
                        failed.append(event)
                    case Skipped():
                        notes.append(event.reason)
                    case Summary():
                        summary = event
            deleted = 0
            if mode is Mode.REPLACE_SOURCE and not failed:
                gone = self._replaced(noting.articles)
                deleted, last = self._delete(gone, lambda _: None)
                sequence = last or sequence
        return Taken(
            summary=summary, deleted=deleted, failed=tuple(failed), notes=tuple(notes), sequence=sequence
        )

    def rehearse(self, rows: Iterable[Row], mode: Mode, repairing: Repairing) -> Taken:
        """What `take_in` would do; nothing is stored."""
        noting = _Noting(self.composings.of(repairing))
        failed: list[Failed] = []
        notes: list[str] = []
        summary = _NOTHING
        for event in DryRun(self.folder, noting).run(rows):
            match event:
                case Prospect(outcome=outcome) if mode is Mode.CREATE and outcome is not Stored.NEW:
                    failed.append(Failed(event.location, _exists(event.id)))
                case Failed():
                    failed.append(event)
                case Skipped():
                    notes.append(event.reason)
                case Summary():
                    summary = event
                case Prospect():
                    pass
        if mode is Mode.CREATE:
            summary = Summary(
                new=summary.new, updated=0, unchanged=0, failed=len(failed), skipped=summary.skipped
            )
        replaces = mode is Mode.REPLACE_SOURCE and not failed
        return Taken(
            summary=summary,
            deleted=len(self._replaced(noting.articles)) if replaces else 0,
            failed=tuple(failed),
            notes=tuple(notes),
            sequence=None,
        )

    def delete(self, ids: Collection[str], advance: Callable[[int], None]) -> tuple[int, int | None]:
        """Delete articles: how many there were, and the newest journal entry, None where there was none.

        `advance` is told how many ids are done with. Raises what `take_in` raises.
        """
        with self._writing():
            return self._delete(ids, advance)

    def _delete(self, ids: Iterable[str], advance: Callable[[int], None]) -> tuple[int, int | None]:
        deleted, sequence = 0, None
        waiting = iter(ids)
        while some := tuple(islice(waiting, DELETED_AT_ONCE)):
            with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
                found = sum(writer.delete(article_id) for article_id in some)
                if found:
                    deleted, sequence = deleted + found, writer.commit()
            advance(len(some))
        return deleted, sequence

    def _replaced(self, articles: Iterable[tuple[str, str | None]]) -> Collection[str]:
        """The articles of the sources of these, by id and source, that are not among them."""
        kept = {article_id for article_id, _ in articles}
        sources = {source for _, source in articles if source is not None}
        try:
            with CorpusReader.open(self.folder) as reader:
                stored = frozenset().union(*map(reader.ids_of_source, sources))
        except CorpusMissing:
            return ()
        return sorted(stored - kept)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """This request may write, and there is room for it."""
        free, total = self.free(self.folder.root)
        if free < min(MIN_FREE, MIN_FREE_SHARE * total):
            raise NoSpace(f"only {free >> 20} MiB are free where the articles are; make room")
        if not self._lane.acquire(timeout=LANE_WAIT_S):
            raise WriterBusy("another request is storing articles; try again when it is done")
        try:
            yield
        finally:
            self._lane.release()


def disk_room(folder: Path) -> tuple[int, int]:
    """The bytes that are free on the disk of a folder, and all that it has. Raises OSError."""
    usage = shutil.disk_usage(folder)
    return usage.free, usage.total


@dataclass(frozen=True, slots=True)
class _Noting:
    """Composes as another does, and keeps id and source of each article."""

    composing: Composing
    articles: list[tuple[str, str | None]] = field(default_factory=list)

    def map(self, rows: Iterable[Row]) -> Generator[Outcome, None, None]:
        for outcome in self.composing.map(rows):
            if isinstance(outcome, Prepared):
                article: Article = outcome.composed.article
                self.articles.append((article.id, article.source))
            yield outcome


def _exists(article_id: str) -> str:
    return f"{ARTICLE_EXISTS}: there is an article {article_id} already; send it with mode=upsert"

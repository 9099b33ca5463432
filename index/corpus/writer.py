"""Stores articles."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path
from types import TracebackType

from index.article import Article, Original
from index.corpus import statements
from index.corpus.connection import open_writing
from index.corpus.errors import ArticleRefused, corpus_errors
from index.corpus.fingerprint import article_digest, original_digest
from index.corpus.migrations import migrate
from index.corpus.moves import enter_moves, watch
from index.corpus.reader import last_sequence, load_article
from index.corpus.reposts import Reposts
from index.corpus.rows import article_row, is_storable, original_of, original_row, repair_rows
from index.data_folder import DataFolder
from index.durable import fsync_folder
from index.errors import CorpusDamaged
from index.reposts.sketch import Sketch, Sketcher


class Outcome(Enum):
    """What storing an article did."""

    NEW = "new"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


class CorpusWriter:
    """The one writer of a data folder: open it inside `with WriterLock(folder.lock)`, use it in one thread.

    Laws: nothing is seen by a reader before `commit` returns, and then everything is; what was committed
    is on the disk; what was not is dropped at the end of the `with` block. After CorpusDamaged or
    CorpusUnavailable the writer is closed, and nothing since the last commit is stored.
    """

    __slots__ = ("_committed", "_connection", "_path", "_reposts")

    def __init__(self, connection: sqlite3.Connection, path: Path, sketcher: Sketcher) -> None:
        self._connection = connection
        self._path = path
        self._reposts = Reposts(connection, sketcher)
        self._committed = last_sequence(connection)

    @classmethod
    def open(cls, folder: DataFolder, sketcher: Sketcher | None = None) -> "CorpusWriter":
        """Open the database of an existing data folder; makes it, or brings its schema up to date.

        A sketcher that is at hand saves loading one, some 10 ms. Raises CorpusTooNew, CorpusDamaged,
        CorpusUnavailable.
        """
        path = folder.articles
        with corpus_errors(path):
            connection = open_writing(path)
            try:
                migrate(connection)
                # As readers have it: text that is no longer UTF-8 is damage, not an error of the library.
                connection.text_factory = bytes
                watch(connection)
                fsync_folder(folder.root)
                writer = cls(connection, path, sketcher or Sketcher.load())
            except BaseException:
                connection.close()
                raise
        writer._renew_sketches()
        return writer

    def put(self, article: Article, original: Original, sketch: Sketch | None = None) -> Outcome:
        """Store an article, or its new state; the same article and original again change nothing,
        unless what is stored of them is damaged: then they are stored anew.

        Its copies are found with it. `sketch` is what a Sketcher makes of the article, where another process
        has done so. Raises ArticleRefused, with nothing changed, where the article cannot be stored.
        """
        came_in, digest = _digests(article, original)
        with self._transaction():
            stored = self._connection.execute(
                "SELECT key, digest FROM article WHERE id = ?", (article.id,)
            ).fetchone()
            if stored is not None and stored["digest"] == digest and self._is_whole(article.id):
                return Outcome.UNCHANGED
            now = _now()
            sequence = self._enter(article.id, "put", digest, now)
            columns = {
                **article_row(article),
                "sequence": sequence,
                "added": now,
                "digest": digest,
                "original_digest": came_in,
            }
            key = self._connection.execute(statements.PUT_ARTICLE, columns).fetchone()["key"]
            self._connection.execute(statements.PUT_ORIGINAL, original_row(key, original))
            self._connection.execute("DELETE FROM repair WHERE key = ?", (key,))
            self._connection.executemany(statements.PUT_REPAIR, repair_rows(key, article.repairs))
            self._connection.execute("DELETE FROM deleted WHERE id = ?", (article.id,))
            self._reposts.place(key, article, sketch)
            return Outcome.NEW if stored is None else Outcome.UPDATED

    def _is_whole(self, article_id: str) -> bool:
        """Whether the stored article and its original read as they were written."""
        try:
            row = self._connection.execute(statements.ORIGINAL_BY_ID, (article_id,)).fetchone()
            original_of(row)
            return load_article(self._connection, article_id) is not None
        except CorpusDamaged:
            return False

    def delete(self, article_id: str) -> bool:
        """Delete an article with its original; False, with nothing changed, if there is none with this id."""
        if not is_storable(article_id):
            return False
        with self._transaction():
            row = self._connection.execute("SELECT key FROM article WHERE id = ?", (article_id,)).fetchone()
            if row is None:
                return False
            self._reposts.forget(row["key"])
            self._connection.execute("DELETE FROM article WHERE key = ?", (row["key"],))
            sequence = self._enter(article_id, "delete", None, _now())
            self._connection.execute(
                "INSERT INTO deleted (id, sequence) VALUES (?, ?)", (article_id, sequence)
            )
            return True

    def holds(self, article_id: str) -> bool:
        """Whether an article with this id is stored, as of all changes so far."""
        with self._closing_on_failure():
            found = self._connection.execute("SELECT 1 FROM article WHERE id = ?", (article_id,)).fetchone()
        return found is not None

    def fill_sketches(self, limit: int) -> int:
        """Find the copies of at most so many articles that were stored by an older version of this program.

        Gives how many were reached: fewer than `limit` when none is left. Until then their copies are found
        only as these are stored.
        """
        with self._transaction():
            return self._reposts.fill(limit)

    def drop_sketches(self) -> None:
        """Let the copies of all articles be found anew by `fill_sketches`; until then none has any.

        It heals what a check finds wrong with sketches, pairs and clusters.
        """
        with self._transaction():
            self._reposts.drop()

    def commit(self) -> int:
        """Make everything since the last commit durable and seen; gives the newest journal sequence.

        Articles that came into another cluster without having been put enter the journal here.
        """
        with self._closing_on_failure():
            if self._connection.in_transaction:
                self._reposts.settle()
                enter_moves(self._connection, self._committed, _now())
                self._connection.execute("COMMIT")
                self._committed = last_sequence(self._connection)
            return self._committed

    def close(self) -> None:
        """Drop what was not committed and let go of the database."""
        self._connection.close()

    def __enter__(self) -> "CorpusWriter":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    def _renew_sketches(self) -> None:
        """Let all articles wait for a new sketch where those stored are of another version."""
        with self._closing_on_failure():
            if self._reposts.is_current():
                return
            self._connection.execute("BEGIN IMMEDIATE")
            self._reposts.restart()
            self._connection.execute("COMMIT")

    def _enter(self, article_id: str, action: str, digest: bytes | None, at: str) -> int:
        """Write a journal entry and give its sequence."""
        entry = {"id": article_id, "action": action, "digest": digest, "at": at}
        sequence: int = self._connection.execute(statements.PUT_JOURNAL, entry).fetchone()["sequence"]
        return sequence

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._closing_on_failure():
            if not self._connection.in_transaction:
                self._connection.execute("BEGIN IMMEDIATE")
            yield

    @contextmanager
    def _closing_on_failure(self) -> Iterator[None]:
        # A statement that failed may have left half an article in the transaction: none of it may stay.
        try:
            with corpus_errors(self._path):
                yield
        except BaseException:
            self._connection.close()
            raise


def _digests(article: Article, original: Original) -> tuple[bytes, bytes]:
    """The digests of the original and of the article; raises ArticleRefused."""
    if not article.id:
        raise ArticleRefused("an article without an id cannot be stored")
    if article.published is not None and article.published.utcoffset() is None:
        raise ArticleRefused(f"article {article.id}: its time has no time zone; say which one it is in")
    try:
        came_in = original_digest(original)
        return came_in, article_digest(article, came_in)
    except UnicodeEncodeError as error:
        raise ArticleRefused(
            f"article {article.id!a} holds half a character (a lone surrogate) that cannot be stored; "
            "take it out of the input"
        ) from error


def _now() -> str:
    return datetime.now(UTC).isoformat()

"""Reading connections that threads share."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.corpus.connection import ReadingConnection, open_reading
from index.corpus.errors import corpus_errors
from index.corpus.migrations import MIGRATIONS, schema_version
from index.corpus.upgrade import upgrade
from index.data_folder import DataFolder
from index.errors import CorpusMissing

KEPT = 16
"""Connections kept open while nobody reads; as many as searches run at once at most (table of limits)."""


class ReadingPool:
    """Lends each reader a connection of its own, and keeps the idle ones for the next."""

    __slots__ = ("_closed", "_idle", "_lock", "_path")

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[ReadingConnection] = []
        self._lock = threading.Lock()
        self._closed = False

    @classmethod
    def open(cls, folder: DataFolder) -> "ReadingPool":
        """A pool on the database of a data folder; brings an older schema up to date first.

        Raises CorpusMissing where there is none, CorpusTooNew, CorpusDamaged, CorpusUnavailable; where the
        schema is older, CorpusOutdated and WriterBusy.
        """
        pool = cls(folder.articles)
        if folder.articles.exists():
            with pool.snapshot() as connection:
                version = schema_version(connection)
            if version == len(MIGRATIONS):
                return pool
            pool.close()
            if version > 0:
                upgrade(folder)
                return cls(folder.articles)
            # A writer that was killed at its first step left a database with nothing in it.
        raise CorpusMissing(f"no articles in {folder.root} yet; store some with `policy-search ingest PATH`")

    @contextmanager
    def snapshot(self) -> Iterator[sqlite3.Connection]:
        """A connection inside a read transaction: all statements of the block see the same moment.

        Raises CorpusDamaged or CorpusUnavailable where SQLite fails, RuntimeError once the pool is closed.
        """
        with corpus_errors(self._path):
            lent = self._take()
            try:
                lent.connection.execute("BEGIN")
                yield lent.connection
                # Nothing was written; and after damage in one row SQLite refuses a COMMIT.
                lent.connection.execute("ROLLBACK")
            except BaseException:
                lent.connection.close()
                raise
            self._give_back(lent)

    def close(self) -> None:
        """Close the idle connections now, and those that are lent out when they come back."""
        with self._lock:
            self._closed = True
            idle, self._idle = self._idle, []
        for kept in idle:
            kept.connection.close()

    def _take(self) -> ReadingConnection:
        with self._lock:
            if self._closed:
                raise RuntimeError("the corpus reader is closed")
            kept = self._idle.pop() if self._idle else None
        if kept is not None:
            if kept.is_current(self._path):
                return kept
            kept.connection.close()
        return open_reading(self._path)

    def _give_back(self, lent: ReadingConnection) -> None:
        with self._lock:
            keep = not self._closed and len(self._idle) < KEPT
            if keep:
                self._idle.append(lent)
        if not keep:
            lent.connection.close()

"""Connections to the database with the settings that its promises rest on."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from index.corpus.errors import CorpusUnavailable
from index.file_state import FileState

BUSY_SECONDS = 5.0
"""How long SQLite waits for a lock of another connection (table of limits in the reliability plan)."""

CACHE_KIB = 32 * 1024
"""Pages that the writing connection keeps. Merging hashes changes some 6,000 pages of 4 KiB with 100,000
articles stored; with SQLite's own 2 MiB they would be written and read again before the commit."""

FULL = 2
"""What `PRAGMA synchronous` says when each commit is on the disk before it is acknowledged."""


def open_writing(path: Path) -> sqlite3.Connection:
    """The writing connection; makes the database where there is none.

    There may be one in the whole system, under the writer lock: SQLite 3.7.0 to 3.51.2 can damage a WAL
    database when two connections commit and checkpoint at the same moment. Transactions are begun by hand.
    Raises sqlite3.Error, and CorpusUnavailable where a setting is not taken.
    """
    connection = _connect(f"{path.absolute().as_uri()}?mode=rwc")
    try:
        _make_durable(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


@dataclass(frozen=True, slots=True)
class ReadingConnection:
    """A connection that can neither commit nor checkpoint; text comes back as the bytes that were stored.

    `state` is None for one that follows the writer, else the state of the file that it keeps showing.
    """

    connection: sqlite3.Connection
    state: "_DatabaseState | None"

    def is_current(self, path: Path) -> bool:
        """False when the connection cannot see what was written since it was opened."""
        return self.state is None or self.state == _DatabaseState.of(path)


def open_reading(path: Path) -> ReadingConnection:
    """A connection opened with mode=ro. Raises sqlite3.Error.

    A WAL database needs its -shm file even to be read. SQLite makes it, but cannot in a folder that this
    process may not write to. Where there is no -wal file either, all that was written is in the database
    itself, and it is opened as immutable; `is_current` says when that is no longer so.
    """
    uri = f"{path.absolute().as_uri()}?mode=ro"
    state = _DatabaseState.of(path)
    try:
        return ReadingConnection(_reading(uri), None)
    except sqlite3.OperationalError as error:
        primary = error.sqlite_errorcode & 0xFF
        if (
            primary not in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN}
            or state is None
            or state.has_wal
        ):
            raise
    return ReadingConnection(_reading(f"{uri}&immutable=1"), state)


@dataclass(frozen=True, slots=True)
class _DatabaseState:
    """What changes when somebody writes to the database."""

    file: FileState
    has_wal: bool

    @classmethod
    def of(cls, path: Path) -> "_DatabaseState | None":
        """None where there is no such file."""
        try:
            file = FileState.of(path)
        except FileNotFoundError:
            return None
        return cls(file, path.with_name(f"{path.name}-wal").exists())


def _make_durable(connection: sqlite3.Connection, path: Path) -> None:
    mode = connection.execute("PRAGMA journal_mode = WAL").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    if mode != "wal" or synchronous != FULL:
        raise CorpusUnavailable(
            f"{path} cannot be written safely here (journal {mode}, synchronous {synchronous}); "
            "put the data folder on a local disk"
        )


def _reading(uri: str) -> sqlite3.Connection:
    connection = _connect(uri)
    try:
        # Damaged text has to reach the code that can name the article it belongs to.
        connection.text_factory = bytes
        connection.execute("PRAGMA query_only = ON")
        # Nothing is opened before the first read.
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect(uri: str) -> sqlite3.Connection:
    connection = sqlite3.connect(
        uri, uri=True, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False
    )
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    return connection

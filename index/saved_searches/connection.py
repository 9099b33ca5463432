"""The connection to the database of saved searches, with the settings that its promises rest on."""

import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Final

from index.corpus.connection import BUSY_SECONDS, FULL
from index.corpus.errors import CorpusUnavailable
from index.durable import fsync_folder

JOURNAL: Final = "truncate"
"""Several servers may write to this database at once. With a write-ahead log, as the articles have it, SQLite
before 3.51.3 can damage a database that two connections commit to; with a rollback journal it cannot."""


def open_database(path: Path) -> sqlite3.Connection:
    """A connection that reads and writes; makes the database, for its owner only, where there is none.

    Transactions are begun by hand. Raises OSError, sqlite3.Error, and CorpusUnavailable where a setting is
    not taken.
    """
    _create(path)
    connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, check_same_thread=False)
    try:
        _make_durable(connection, path)
    except BaseException:
        connection.close()
        raise
    return connection


def _create(path: Path) -> None:
    """SQLite gives its journal the mode of the database, and the umask is not ours."""
    with suppress(FileExistsError):
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR | os.O_CLOEXEC, 0o600))
        fsync_folder(path.parent)


def _make_durable(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    mode = connection.execute(f"PRAGMA journal_mode = {JOURNAL}").fetchone()[0]
    connection.execute("PRAGMA synchronous = FULL")
    synchronous = connection.execute("PRAGMA synchronous").fetchone()[0]
    if mode != JOURNAL or synchronous != FULL:
        raise CorpusUnavailable(
            f"{path} cannot be written safely here (journal {mode}, synchronous {synchronous}); "
            "put the data folder on a local disk"
        )

"""The kinds of error that only the corpus raises, and what SQLite's own errors mean."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.errors import Cause, CorpusDamaged, PolicySearchError, WriterBusy

PRIMARY_CODE = 0xFF
"""The low byte of an extended result code is the primary one (sqlite.org/rescode.html)."""


class ArticleRefused(PolicySearchError):
    """An article that cannot be stored as it is; the message names it and the reason."""

    kind = "article-refused"
    cause = Cause.BAD_INPUT


class CorpusUnavailable(PolicySearchError):
    """The database cannot be read or written now: no space, no permission, an I/O error."""

    kind = "corpus-unavailable"
    cause = Cause.UNAVAILABLE


class NoSpace(CorpusUnavailable):
    """The disk has no room for what was to be stored; nothing that was acknowledged is lost."""

    kind = "no-space"
    cause = Cause.UNAVAILABLE


class CorpusOutdated(PolicySearchError):
    """The database was made by an older version of this program and cannot be brought up to date here."""

    kind = "corpus-outdated"
    cause = Cause.MISCONFIGURED


@contextmanager
def corpus_errors(path: Path) -> Iterator[None]:
    """Raise SQLite's errors as CorpusDamaged, WriterBusy or CorpusUnavailable.

    Wrong use of the sqlite3 module, such as a closed connection, is a fault of this program and stays.
    """
    try:
        yield
    except UnicodeDecodeError as error:
        # The module cannot even say what SQLite's message is: it holds bytes of a damaged schema.
        raise _damaged(path, error) from error
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", None)
        if code is None:
            raise
        raise _meaning(path, error, code & PRIMARY_CODE) from error


def _meaning(path: Path, error: sqlite3.Error, code: int) -> PolicySearchError:
    match code:
        case sqlite3.SQLITE_CORRUPT | sqlite3.SQLITE_NOTADB:
            return _damaged(path, error)
        case sqlite3.SQLITE_ERROR if str(error).startswith("no such "):
            # Every statement is ours, and the schema was found to be of our version: its text is damaged.
            return _damaged(path, error)
        case sqlite3.SQLITE_BUSY | sqlite3.SQLITE_LOCKED:
            return WriterBusy(f"another program has locked {path}; try again when it is done")
        case sqlite3.SQLITE_FULL:
            return NoSpace(f"no space left for {path}; make room, then try again")
        case _:
            return CorpusUnavailable(f"cannot use {path}: {error}; check the disk and the file's permissions")


def _damaged(path: Path, error: Exception) -> CorpusDamaged:
    return CorpusDamaged(
        f"{path} is damaged ({error}); run `policy-search check`, then restore a backup", str(error)
    )

"""The database as one file, and back."""

import os
import shutil
import sqlite3
import tempfile
from contextlib import closing, suppress
from pathlib import Path
from typing import Final

from index.corpus.check import check_corpus
from index.corpus.errors import corpus_errors
from index.corpus.pool import ReadingPool
from index.data_folder import DataFolder
from index.durable import TEMPORARY_SUFFIX, fsync_folder, sha256_of, write_atomic
from index.errors import Cause, CorpusDamaged, PolicySearchError
from index.writer_lock import WriterLock

SUM_SUFFIX: Final = ".sha256"
"""Ends the name of the file beside a backup that holds its sha256, as sha256sum writes and checks it."""


class BackupRefused(PolicySearchError):
    """What would be overwritten; the message says what to name instead."""

    kind = "backup-refused"
    cause = Cause.BAD_INPUT


def back_up(folder: DataFolder, file: Path) -> str:
    """Write all that is stored at one moment into a new file, durably, and its sha256 into one beside it;
    others may store meanwhile. Returns the sha256 in hex.

    Raises BackupRefused where the file is there already, CorpusMissing, CorpusDamaged, CorpusUnavailable and
    OSError; then there is no file.
    """
    if file.exists():
        raise BackupRefused(f"{file} exists already; name a new file")
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.", suffix=TEMPORARY_SUFFIX)
    part = Path(name)
    try:
        with (
            os.fdopen(descriptor, "rb") as written,
            closing(ReadingPool.open(folder)) as pool,
            pool.snapshot() as source,
        ):
            _copy(source, part)
            os.fsync(written.fileno())
        part.rename(file)
    except BaseException:
        # The first error is the one to report; a temporary file that stays is only untidy.
        with suppress(OSError):
            part.unlink()
        raise
    fsync_folder(file.parent)
    found = sha256_of(file)
    write_atomic(_sum_file(file), f"{found}  {file.name}\n".encode())
    return found


def restore(folder: DataFolder, file: Path) -> None:
    """Make what a backup holds the articles of a data folder that has none, once all of it was read and found
    whole, and to have its sha256 where that lies beside it. The file stays.

    Raises BackupRefused where there are articles, CorpusMissing where the file is empty, CorpusTooNew,
    CorpusDamaged, CorpusUnavailable, WriterBusy, DataFolderUnusable and OSError; then nothing has changed.
    """
    folder.create()
    with WriterLock(folder.lock):
        if folder.articles.exists():
            raise BackupRefused(
                f"there are articles in {folder.root} already; name a folder without any with --data"
            )
        with tempfile.TemporaryDirectory(dir=folder.root, prefix=".restore-") as place:
            beside = DataFolder(Path(place))
            shutil.copyfile(file, beside.articles)
            _check_sum(file, beside.articles)
            for problem in check_corpus(beside):
                where = "" if problem.article_id is None else f"{problem.article_id}: "
                raise CorpusDamaged(f"{file} is damaged ({where}{problem.reason}); take another backup")
            with beside.articles.open("rb") as copied:
                os.fsync(copied.fileno())
            beside.articles.rename(folder.articles)
        fsync_folder(folder.root)


def _copy(source: sqlite3.Connection, path: Path) -> None:
    """All pages as the connection sees them, as a database of one file that is whole."""
    with corpus_errors(path), closing(sqlite3.connect(path, isolation_level=None)) as copy:
        source.backup(copy)
        # Else it would need files beside it.
        copy.execute("PRAGMA journal_mode = DELETE")
        found = copy.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise CorpusDamaged(f"what is stored is damaged ({found}); run `policy-search check`")


def _sum_file(file: Path) -> Path:
    return file.with_name(f"{file.name}{SUM_SUFFIX}")


def _check_sum(file: Path, copy: Path) -> None:
    """Raises CorpusDamaged where another sha256 than that of the copy stands beside the file."""
    beside = _sum_file(file)
    try:
        written = beside.read_bytes().split()
    except FileNotFoundError:
        return
    if written[:1] != [sha256_of(copy).encode()]:
        raise CorpusDamaged(f"{file} is damaged: its sha256 is not the one in {beside}; take another backup")

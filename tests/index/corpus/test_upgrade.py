"""A database with an older schema is read all the same: it is brought up to date first."""

import sqlite3
from contextlib import closing

import pytest

from index.corpus import upgrade
from index.corpus.check import check_corpus
from index.corpus.connection import open_writing
from index.corpus.errors import CorpusOutdated
from index.corpus.migrations import MIGRATIONS, migrate, schema_version
from index.corpus.pool import ReadingPool
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import Cause, CorpusMissing, WriterBusy
from index.writer_lock import WriterLock
from tests.index.corpus.samples import numbered, store


def make(folder: DataFolder, steps: int) -> None:
    """A database on which so many steps have run."""
    with closing(open_writing(folder.articles)) as connection:
        migrate(connection, MIGRATIONS[:steps])


def version(folder: DataFolder) -> int:
    with closing(sqlite3.connect(folder.articles)) as connection:
        return schema_version(connection)


@pytest.mark.parametrize("steps", range(1, len(MIGRATIONS) + 1))
def test_every_schema_can_be_read(folder: DataFolder, steps: int) -> None:
    make(folder, steps)
    with CorpusReader.open(folder) as reader:
        assert reader.stats().articles == 0
        assert reader.cluster("unknown") is None
        assert list(reader.export()) == []
    assert list(check_corpus(folder)) == []
    assert version(folder) == len(MIGRATIONS)


def test_a_reader_of_the_present_schema_takes_no_lock(folder: DataFolder) -> None:
    store(folder, numbered(1))
    with WriterLock(folder.lock), CorpusReader.open(folder) as reader:
        assert reader.stats().articles == 1


def test_an_older_schema_is_left_alone_while_somebody_writes(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(folder, 1)
    monkeypatch.setattr(upgrade, "WAIT", 0.0)
    with WriterLock(folder.lock), pytest.raises(WriterBusy):
        ReadingPool.open(folder)
    assert version(folder) == 1


def test_where_nothing_may_be_written_the_error_says_what_to_do(folder: DataFolder) -> None:
    make(folder, 1)
    folder.lock.mkdir()
    with pytest.raises(CorpusOutdated, match=r"older policy-search.*as a user who may write there") as caught:
        ReadingPool.open(folder)
    assert caught.value.cause is Cause.MISCONFIGURED


def test_a_database_with_nothing_in_it_is_none(folder: DataFolder) -> None:
    folder.articles.touch()
    with pytest.raises(CorpusMissing):
        ReadingPool.open(folder)
    assert folder.articles.stat().st_size == 0

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from index.corpus.connection import open_reading, open_writing
from index.corpus.errors import CorpusUnavailable, corpus_errors
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.errors import CorpusDamaged, CorpusMissing, CorpusTooNew, PolicySearchError, WriterBusy
from tests.index.corpus.samples import ARTICLE, store

WRITING = {
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "trusted_schema": 0,
    "cell_size_check": 1,
    "busy_timeout": 5000,
}


def test_the_writing_connection_has_the_settings_that_durability_rests_on(folder: DataFolder) -> None:
    with closing(open_writing(folder.articles)) as connection:
        assert {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in WRITING} == WRITING


def test_the_settings_are_not_those_of_a_plain_connection(folder: DataFolder) -> None:
    """The control of the test above: without our settings it fails."""
    with closing(sqlite3.connect(folder.articles)) as connection:
        plain = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in WRITING}
    assert {name for name in WRITING if plain[name] != WRITING[name]} >= {"journal_mode", "foreign_keys"}


def test_a_database_that_cannot_keep_a_write_ahead_log_is_refused(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    # A database in memory stays with its own journal whatever one asks for, as some network disks do.
    in_memory = sqlite3.connect(":memory:", isolation_level=None)
    monkeypatch.setattr("index.corpus.connection._connect", lambda _: in_memory)
    with pytest.raises(CorpusUnavailable, match=r"journal memory.*put the data folder on a local disk"):
        open_writing(folder.articles)


def test_a_reading_connection_cannot_write(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    with closing(open_reading(folder.articles).connection) as connection:
        with pytest.raises(sqlite3.OperationalError, match="readonly database"):
            connection.execute("DELETE FROM article")
        with pytest.raises(sqlite3.OperationalError, match="readonly database"):
            connection.execute("PRAGMA user_version = 7")


def test_a_folder_without_a_database_says_what_to_do(folder: DataFolder) -> None:
    with pytest.raises(CorpusMissing, match="policy-search ingest PATH"):
        CorpusReader.open(folder)
    assert not folder.articles.exists()


def test_a_writer_killed_at_its_first_step_leaves_no_corpus(folder: DataFolder) -> None:
    open_writing(folder.articles).close()
    with pytest.raises(CorpusMissing):
        CorpusReader.open(folder)
    store(folder, ARTICLE)
    with CorpusReader.open(folder) as reader:
        assert reader.articles([ARTICLE.id]) == {ARTICLE.id: ARTICLE}


def test_a_newer_database_is_refused_in_one_line_and_left_alone(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    with closing(sqlite3.connect(folder.articles)) as connection:
        connection.execute("PRAGMA user_version = 99")
    openers: list[Callable[[DataFolder], object]] = [CorpusReader.open, CorpusWriter.open]
    for opener in openers:
        with pytest.raises(CorpusTooNew, match="schema 99") as caught:
            opener(folder)
        assert "\n" not in str(caught.value)
    with closing(sqlite3.connect(folder.articles)) as connection:
        assert connection.execute("SELECT id FROM article").fetchall() == [(ARTICLE.id,)]


@pytest.mark.parametrize("data", [b"no database" * 100, bytes(4096)], ids=["text", "zeros"])
def test_a_file_that_is_no_database_is_damage(folder: DataFolder, data: bytes) -> None:
    folder.articles.write_bytes(data)
    openers: list[Callable[[DataFolder], object]] = [CorpusReader.open, CorpusWriter.open]
    for opener in openers:
        with pytest.raises(CorpusDamaged, match="restore a backup"):
            opener(folder)


def test_a_name_with_marks_of_an_address_is_a_plain_name(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "100% ?mode=ro#数据")
    folder.create()
    store(folder, ARTICLE)
    with CorpusReader.open(folder) as reader:
        assert ARTICLE.id in reader.articles([ARTICLE.id])


def test_a_foreign_lock_is_a_busy_writer(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.corpus.connection.BUSY_SECONDS", 0.05)
    store(folder, ARTICLE)
    with closing(sqlite3.connect(folder.articles, isolation_level=None)) as foreign:
        foreign.execute("BEGIN IMMEDIATE")
        with (
            CorpusWriter.open(folder) as writer,
            pytest.raises(WriterBusy, match="another program has locked"),
        ):
            writer.delete(ARTICLE.id)


MEANINGS: dict[str, tuple[int, type[PolicySearchError]]] = {
    "corrupt": (sqlite3.SQLITE_CORRUPT, CorpusDamaged),
    "corrupt index": (sqlite3.SQLITE_CORRUPT_INDEX, CorpusDamaged),
    "not a database": (sqlite3.SQLITE_NOTADB, CorpusDamaged),
    "busy": (sqlite3.SQLITE_BUSY_RECOVERY, WriterBusy),
    "full": (sqlite3.SQLITE_FULL, CorpusUnavailable),
    "read error": (sqlite3.SQLITE_IOERR_READ, CorpusUnavailable),
    "no permission": (sqlite3.SQLITE_READONLY, CorpusUnavailable),
}


@pytest.mark.parametrize(("code", "kind"), MEANINGS.values(), ids=MEANINGS.keys())
def test_sqlites_errors_are_told_apart(code: int, kind: type[PolicySearchError]) -> None:
    error = sqlite3.OperationalError("what SQLite says")
    error.sqlite_errorcode = code
    with pytest.raises(kind, match=r"articles\.db") as caught, corpus_errors(Path("articles.db")):
        raise error
    assert caught.value.__cause__ is error


def test_a_fault_of_this_program_is_not_called_a_failure_of_the_disk(folder: DataFolder) -> None:
    with pytest.raises(sqlite3.ProgrammingError), corpus_errors(folder.articles):
        raise sqlite3.ProgrammingError("closed")

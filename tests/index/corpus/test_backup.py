"""A backup holds one moment, and only a whole one is restored, where nothing is lost by it."""

import os
import sqlite3
import stat
import subprocess
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from index.corpus.backup import BackupRefused, back_up, restore
from index.corpus.check import check_corpus
from index.corpus.errors import NoSpace
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.errors import CorpusDamaged, CorpusMissing, PolicySearchError, WriterBusy
from index.writer_lock import WriterLock
from tests.index.corpus.samples import ARTICLE, ORIGINAL, numbered, store


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, ARTICLE, *(numbered(number) for number in range(20)))
    return folder


def ids(folder: DataFolder) -> list[str]:
    with CorpusReader.open(folder) as reader:
        return [article.id for article in reader.export()]


def test_everything_comes_back(folder: DataFolder, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.db", DataFolder(tmp_path / "other")
    back_up(folder, file)
    restore(other, file)
    assert list(check_corpus(other)) == []
    with CorpusReader.open(folder) as before, CorpusReader.open(other) as after:
        assert list(after.export()) == list(before.export())
        assert after.original(ARTICLE.id) == before.original(ARTICLE.id)
        assert after.last_sequence() == before.last_sequence()
    store(other, numbered(99))
    assert len(ids(other)) == 22
    assert not list(other.root.glob(".restore-*"))


def test_it_is_one_file_with_its_sum_for_its_owner(folder: DataFolder, tmp_path: Path) -> None:
    place = tmp_path / "backups"
    place.mkdir()
    back_up(folder, place / "backup.db")
    assert sorted(path.name for path in place.iterdir()) == ["backup.db", "backup.db.sha256"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in place.iterdir()} == {0o600}


def test_its_sha256_lies_beside_it_as_other_tools_read_it(folder: DataFolder, tmp_path: Path) -> None:
    found = back_up(folder, tmp_path / "backup.db")
    checked = subprocess.run(
        ["sha256sum", "--check", "backup.db.sha256"], cwd=tmp_path, capture_output=True, check=True, text=True
    )
    assert checked.stdout == "backup.db: OK\n"
    assert found == sha256((tmp_path / "backup.db").read_bytes()).hexdigest()


@pytest.mark.parametrize("written", [b"", b"0" * 64 + b"  backup.db\n"], ids=["empty", "another"])
def test_a_backup_with_another_sum_changes_nothing(
    folder: DataFolder, tmp_path: Path, written: bytes
) -> None:
    file, other = tmp_path / "backup.db", DataFolder(tmp_path / "other")
    back_up(folder, file)
    (tmp_path / "backup.db.sha256").write_bytes(written)
    with pytest.raises(CorpusDamaged, match="sha256"):
        restore(other, file)
    assert not other.articles.exists()
    (tmp_path / "backup.db.sha256").unlink()
    restore(other, file)
    assert len(ids(other)) == 21


def test_what_is_not_committed_is_not_in_it(folder: DataFolder, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.db", DataFolder(tmp_path / "other")
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        writer.put(numbered(77), ORIGINAL)
        back_up(folder, file)
        writer.commit()
    restore(other, file)
    assert set(ids(folder)) - set(ids(other)) == {numbered(77).id}


def test_nothing_is_overwritten(folder: DataFolder, tmp_path: Path) -> None:
    file = tmp_path / "backup.db"
    file.write_bytes(b"precious")
    with pytest.raises(BackupRefused, match="name a new file"):
        back_up(folder, file)
    assert file.read_bytes() == b"precious"
    file.unlink()
    back_up(folder, file)
    with pytest.raises(BackupRefused, match="without any"):
        restore(folder, file)
    assert len(ids(folder)) == 21


def test_a_damaged_backup_changes_nothing(folder: DataFolder, tmp_path: Path) -> None:
    """Control: before the damage it is restored."""
    file = tmp_path / "backup.db"
    back_up(folder, file)
    restore(DataFolder(tmp_path / "whole"), file)
    (tmp_path / "backup.db.sha256").unlink()
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE article SET title = 'another' WHERE id = ?", (ARTICLE.id,))
    other = DataFolder(tmp_path / "other")
    with pytest.raises(CorpusDamaged, match=f"{ARTICLE.id}.*take another backup"):
        restore(other, file)
    assert not other.articles.exists()
    assert not list(other.root.glob(".restore-*"))


@pytest.mark.parametrize("content", [b"", b"no database at all, but long enough to be looked at" * 20])
def test_what_is_no_backup_is_refused(content: bytes, tmp_path: Path) -> None:
    file, other = tmp_path / "file", DataFolder(tmp_path / "other")
    file.write_bytes(content)
    with pytest.raises(PolicySearchError):
        restore(other, file)
    assert not other.articles.exists()


def test_a_folder_without_articles_has_no_backup(tmp_path: Path) -> None:
    with pytest.raises(CorpusMissing):
        back_up(DataFolder(tmp_path / "none"), tmp_path / "backup.db")
    assert not list(tmp_path.iterdir())


def test_a_damaged_database_gives_no_backup(folder: DataFolder, tmp_path: Path) -> None:
    """Control: all other tests, which have one of the same folder."""
    size = folder.articles.stat().st_size
    with folder.articles.open("r+b") as file:
        for place in range(8192, size, 4096):
            file.seek(place)
            file.write(os.urandom(64))
    with pytest.raises(CorpusDamaged):
        back_up(folder, tmp_path / "backup.db")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_another_writer_is_told(folder: DataFolder, tmp_path: Path) -> None:
    file, other = tmp_path / "backup.db", DataFolder(tmp_path / "other")
    back_up(folder, file)
    other.create()
    with WriterLock(other.lock), pytest.raises(WriterBusy):
        restore(other, file)


def test_where_there_is_no_room_no_file_is_left(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def full(*_: object) -> None:
        raise NoSpace("no space left")

    monkeypatch.setattr("index.corpus.backup._copy", full)
    with pytest.raises(NoSpace):
        back_up(folder, tmp_path / "backup.db")
    assert [path.name for path in tmp_path.iterdir()] == ["data"]

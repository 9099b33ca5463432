"""Bringing the index up to date from the command line, before a search."""

import fcntl
import time
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.errors import StorageFailed
from index.generation import current
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from search.request import SearchRequest
from tests.index.corpus.samples import numbered, store
from web.commands.indexing import catch_up_to_search
from web.serving.opening import Opened, open_search


@pytest.fixture
def folder(tmp_path: Path, analyzer: Analyzer) -> DataFolder:
    """One article, in the index."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    with open_search(folder, analyzer) as opened:
        catch_up_to_search(opened)
    return folder


def total(opened: Opened) -> int:
    return opened.service.search(SearchRequest()).total


def test_what_was_stored_is_found(folder: DataFolder, analyzer: Analyzer) -> None:
    store(folder, numbered(2))
    with open_search(folder, analyzer) as opened:
        catch_up_to_search(opened)
        assert total(opened) == 2


def test_where_all_is_indexed_nothing_is_locked(
    folder: DataFolder, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock

    def refuse(descriptor: int, operation: int) -> None:
        if operation & fcntl.LOCK_EX:
            pytest.fail("a lock was taken")
        lock(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", refuse)
    with open_search(folder, analyzer) as opened:
        catch_up_to_search(opened)
        assert total(opened) == 1


def test_another_process_that_indexes_is_not_waited_for(
    folder: DataFolder, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    waits: list[float] = []
    monkeypatch.setattr(time, "sleep", waits.append)
    store(folder, numbered(2))
    with open_search(folder, analyzer) as opened, WriterLock(folder.index_lock):
        catch_up_to_search(opened)
        assert total(opened) == 1
    assert (waits, caplog.text) == ([], "")


def test_a_folder_that_cannot_be_written_to_is_searched_as_it_is(
    folder: DataFolder, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    store(folder, numbered(2))
    folder.index_lock.unlink()
    folder.index_lock.mkdir()
    with open_search(folder, analyzer) as opened:
        catch_up_to_search(opened)
        assert total(opened) == 1
    [record] = caplog.records
    assert "searching without what is not indexed yet (1 changes): cannot lock" in record.getMessage()


def test_a_full_disk_does_not_keep_from_searching(
    folder: DataFolder, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*arguments: object) -> None:
        raise StorageFailed("no space left")

    store(folder, numbered(2))
    monkeypatch.setattr(Upkeep, "catch_up", fail)
    with open_search(folder, analyzer) as opened:
        catch_up_to_search(opened)
        assert total(opened) == 1
    assert "no space left" in caplog.text


def test_a_damaged_generation_is_rebuilt_though_an_older_one_covers_everything(
    folder: DataFolder, analyzer: Analyzer
) -> None:
    with open_search(folder, analyzer) as opened:
        opened.upkeep.rebuild(lambda _: None, "asked for")
    current(folder.index).manifest_path.unlink()
    with open_search(folder, analyzer) as opened:
        assert opened.service.readiness().lag == 0
        catch_up_to_search(opened)
        assert opened.service.readiness().is_settled

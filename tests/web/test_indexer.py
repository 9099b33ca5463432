"""A process that does nothing but index: it follows the journal, and the others leave the work to it."""

import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from index.errors import StorageFailed, WriterBusy
from index.upkeep import Upkeep
from index.writer_lock import WriterLock
from tests.commands import run_json, run_on
from tests.index.corpus.samples import numbered, store
from tests.processes import command, environment
from tests.waiting import wait_for
from web.commands.indexing import catch_up_to_search
from web.serving.indexer import LOOK_S, JournalIndexer, as_indexer, has_indexer
from web.serving.keeper import tend
from web.serving.opening import open_search


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def never() -> bool:
    return False


def unchanged(analyzer: Analyzer) -> Analyzer:
    return analyzer


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    return folder


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """What the indexer did at each of its runs, as many changes as it indexed."""
    runs: list[int] = []
    catch_up = Upkeep.catch_up

    def counted(self: Upkeep, on_progress: object) -> object:
        report = catch_up(self, on_progress)  # type: ignore[arg-type]
        runs.append(0 if report is None else report.changes)
        return report

    monkeypatch.setattr(Upkeep, "catch_up", counted)
    return runs


def test_it_indexes_what_is_stored_and_looks_seldom_where_nothing_is(
    folder: DataFolder, analyzer: Analyzer, runs: list[int]
) -> None:
    clock = Clock()
    indexer = JournalIndexer(folder, analyzer, folder, unchanged, clock)
    for _ in range(3):
        indexer.tend(never)
    assert runs == [1]
    store(folder, numbered(2), numbered(3))
    indexer.tend(never)
    indexer.tend(never)
    assert runs == [1, 2]
    clock.now += LOOK_S
    indexer.tend(never)
    assert runs == [1, 2, 0]


def test_after_a_failure_it_tries_again_at_once(
    folder: DataFolder, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise StorageFailed("no room")

    indexer = JournalIndexer(folder, analyzer, folder, unchanged, Clock())
    with monkeypatch.context() as patch:
        patch.setattr(Upkeep, "catch_up", fail)
        with pytest.raises(StorageFailed):
            indexer.tend(never)
    indexer.tend(never)
    with open_search(folder, analyzer) as opened:
        assert opened.service.readiness().lag == 0


def test_another_process_that_indexes_is_not_waited_for(
    folder: DataFolder, analyzer: Analyzer, runs: list[int]
) -> None:
    indexer = JournalIndexer(folder, analyzer, folder, unchanged, Clock())
    with WriterLock(folder.index_lock):
        indexer.tend(never)
    assert runs == []
    indexer.tend(never)
    assert runs == [1]


def test_others_leave_it_to_the_one_that_is_there_for_it(
    folder: DataFolder, analyzer: Analyzer, runs: list[int]
) -> None:
    assert not has_indexer(folder)
    with open_search(folder, analyzer) as opened:
        with as_indexer(folder):
            assert has_indexer(folder)
            with pytest.raises(WriterBusy), as_indexer(folder):
                pass
            tend(opened.upkeep, opened.service.readiness, never)
            catch_up_to_search(opened)
            assert runs == []
        # With nobody there they do it themselves.
        assert not has_indexer(folder)
        tend(opened.upkeep, opened.service.readiness, never)
        assert runs == [1]


def test_the_command_indexes_once(tmp_path: Path) -> None:
    data = tmp_path / "data"
    DataFolder(data).create()
    store(DataFolder(data), numbered(1), numbered(2))
    assert run_json(data, "index") == {"changes": 2, "generation": "1.2"}
    assert run_json(data, "index") == {"changes": 0, "generation": "1.2"}
    assert run_on(data, "index").text == "0 changes indexed; searches go to generation 1.2.\n"
    with WriterLock(DataFolder(data).index_lock):
        store(DataFolder(data), numbered(3))
        assert run_on(data, "index").status == 3


def test_what_follows_prints_nothing(tmp_path: Path) -> None:
    done = run_on(tmp_path, "index", "--follow", "--json")
    assert done.status == 2
    assert "--follow" in done.message


@contextmanager
def following(data: Path) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command(data, "index", "--follow"),
        env=environment() | {"POLICY_SEARCH_LOG": "info"},
        stderr=subprocess.PIPE,
    )
    try:
        wait_for(lambda: has_indexer(DataFolder(data)) or process.poll() is not None)
        yield process
    finally:
        process.kill()
        process.communicate(timeout=60)


@pytest.mark.slow
def test_a_process_follows_the_journal_until_it_is_told_to_end(tmp_path: Path, analyzer: Analyzer) -> None:
    data = tmp_path / "data"
    folder = DataFolder(data)
    with following(data) as process:
        store(folder, numbered(1), numbered(2))
        with open_search(folder, analyzer) as opened:
            wait_for(lambda: opened.service.readiness().is_settled)
            # A command that stores leaves the index to it.
            done = run_on(data, "ingest", "-", stdin=b'{"id": "later", "title": "x"}')
            assert done.status == 0
            wait_for(lambda: opened.service.readiness().sequence == 3)
        os.kill(process.pid, signal.SIGTERM)
        _, log = process.communicate(timeout=60)
        assert process.returncode == 0, log.decode()
        assert b"indexed 2 changes" in log
    assert not has_indexer(folder)

"""Commands that a server runs in processes of their own."""

import sys
import time
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from index.indexer import IndexingStopped, never
from index.writer_lock import WriterLock
from tests.index.corpus.samples import numbered, store
from web.commands.exits import Exit
from web.commands.indexing_aside import MANY, IndexingAside
from web.serving.commands_aside import Ended, command_of, run_aside

REPORT = '{"changes": 100, "generation": "1.1"}'


@pytest.fixture
def lock(tmp_path: Path) -> Path:
    return tmp_path / "lock"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def said(output: str, errors: str = "", status: int = 0) -> tuple[str, ...]:
    """A command that says this and ends so."""
    program = f"import sys; print({output!r}); sys.stderr.write({errors!r}); sys.exit({status})"
    return (sys.executable, "-c", program)


def test_what_a_command_says_and_how_it_ends() -> None:
    ended = run_aside(said("all", "first\nlast\n", 2), 0, never)
    assert ended == Ended(2, b"all\n", b"first\nlast\n")
    assert ended.said == "last"
    assert Ended(3, b"", b"").said == "it ended with status 3"


def test_it_gives_way_to_others() -> None:
    ended = run_aside((sys.executable, "-c", "import os, time; time.sleep(.3); print(os.nice(0))"), 7, never)
    assert ended is not None
    assert ended.output.split() == [b"7"]


def test_one_that_is_stopped_is_ended() -> None:
    began = time.monotonic()
    assert run_aside((sys.executable, "-c", "import time; time.sleep(60)"), 0, lambda: True) is None
    assert time.monotonic() - began < 30


@pytest.mark.parametrize(
    ("command", "left", "told"),
    [
        pytest.param(said(REPORT), 0, "indexed 100 changes into 1.1", id="done"),
        pytest.param(said("", "busy", Exit.BUSY), 0, "another process is at it", id="another one"),
        pytest.param(said("", "no room", Exit.NOT_FOUND), MANY, "done here: no room", id="failed"),
        pytest.param((sys.executable, "-c", "import os; os.kill(os.getpid(), 9)"), MANY, "-9", id="killed"),
        pytest.param(("/no/such/program",), MANY, "no process could be started", id="no process"),
    ],
)
def test_what_is_left_to_index_here(
    command: tuple[str, ...], left: int, told: str, lock: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        assert IndexingAside(lock, command)(MANY, never) is (left == 0)
    assert told in caplog.text


def test_few_changes_start_no_process(lock: Path, tmp_path: Path) -> None:
    begun = tmp_path / "begun"
    indexing = IndexingAside(lock, (sys.executable, "-c", f"open({str(begun)!r}, 'w'); print({REPORT!r})"))
    assert not indexing(MANY - 1, never)
    assert not begun.exists()
    assert indexing(MANY, never)
    assert begun.exists()


def test_of_several_servers_one_starts_a_process(lock: Path) -> None:
    """Where one were started, it would not be found, and the changes be left to be indexed here."""
    indexing = IndexingAside(lock, ("/no/such/program",))
    with WriterLock(lock):
        assert indexing(MANY, never)
    assert not indexing(MANY, never)


def test_indexing_aside_is_stopped(lock: Path) -> None:
    with pytest.raises(IndexingStopped):
        IndexingAside(lock, (sys.executable, "-c", "import time; time.sleep(60)"))(MANY, lambda: True)


def test_the_command_itself(folder: DataFolder) -> None:
    store(folder, *map(numbered, range(3)))
    indexing = IndexingAside(folder.aside_lock, command_of("index", folder))
    assert indexing(MANY, never)
    checked = run_aside(command_of("check", folder), 0, never)
    assert checked is not None
    assert (checked.status, checked.output) == (0, b"")

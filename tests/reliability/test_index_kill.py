"""Processes that write or read an index are killed at random moments: nobody has to help afterwards."""

import time
from pathlib import Path
from random import Random

import pytest

from index.generation import current
from index.whoosh.store import WhooshStore
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.reliability.beside import (
    SWEEPING_FIRST,
    broken_writer_command,
    killed_after,
    reader_command,
    started,
    writer_command,
)
from tests.reliability.history import ANALYZER, History, wrong_answers
from tests.reliability.history_writer import commit, opened

pytestmark = pytest.mark.timeout(600)

LONGEST_S = 0.4
"""After its first commit a writer is killed within so long: some dozen commits, now and then a rebuild."""


def problems(root: Path, acknowledged: list[int]) -> list[str]:
    """What a process that starts after the kill finds wrong; it makes one commit more."""
    engine = WhooshEngine(root, ANALYZER, Ranking())
    snapshot = engine.snapshot()
    found = [*engine.passed_over(), *wrong_answers(snapshot, History())]
    if not acknowledged[-1] <= snapshot.sequence <= acknowledged[-1] + 1:
        found.append(f"{snapshot.sequence} is there, {acknowledged[-1]} was acknowledged")
    store = WhooshStore(root, ANALYZER)
    history = History()
    writer = opened(store, history)
    commit(writer, history)
    writer.close()
    found += wrong_answers(engine.snapshot(), history)
    live = current(root)
    named = {"manifest.json", *(file.name for file in live.manifest().files)}
    found += [f"{path.name} is left over" for path in live.folder.iterdir() if path.name not in named]
    return found


def test_a_killed_writer_leaves_its_last_commit(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "index", kills=3)


@pytest.mark.slow
def test_a_writer_that_is_killed_fifty_times_leaves_its_last_commit(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "index", kills=50)


def kill_again_and_again(root: Path, kills: int) -> None:
    random = Random(kills)
    commits = 0
    for _ in range(kills):
        acknowledged = killed_after(writer_command(root), random.uniform(0, LONGEST_S))
        assert problems(root, acknowledged) == []
        commits += len(acknowledged)
    assert commits > kills, "most kills came before a second commit: the test shows too little"


def test_control_a_writer_that_sweeps_before_it_publishes_is_found_out(tmp_path: Path) -> None:
    def fails(root: Path, seconds: float) -> bool:
        acknowledged = killed_after(broken_writer_command(root, SWEEPING_FIRST), seconds)
        try:
            return problems(root, acknowledged) != []
        except Exception:  # whatever is raised where files are missing, it was noticed
            return True

    random = Random(1)
    assert any(fails(tmp_path / str(kill), random.uniform(0.1, LONGEST_S)) for kill in range(10))


def files_of(root: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_a_killed_reader_leaves_nothing(tmp_path: Path) -> None:
    root = tmp_path / "index"
    killed_after(writer_command(root), 0.1)
    before = files_of(root)
    random = Random(2)
    for _ in range(2):
        assert_is_killed(reader_command(root, 60), random.uniform(0, 1.0))
        assert files_of(root) == before


def test_control_a_reader_that_leaves_a_file_is_found_out(tmp_path: Path) -> None:
    root = tmp_path / "index"
    killed_after(writer_command(root), 0.1)
    before = files_of(root)
    program = "import sys, time; open(sys.argv[1] + '/reader.lock', 'w').close(); time.sleep(60)"
    assert_is_killed(broken_writer_command(root, program), 1.0)
    assert files_of(root) != before


def assert_is_killed(command: list[str], seconds: float) -> None:
    """Start a process and kill it after so long; it has not ended by then."""
    process = started(command)
    time.sleep(seconds)
    assert process.poll() is None, process.communicate()[1].decode()
    process.kill()
    process.communicate()

"""Processes that write or read an index are killed at random moments: nobody has to help afterwards."""

import time
from pathlib import Path
from random import Random

import pytest

from tests.reliability.beside import (
    SWEEPING_FIRST,
    broken_writer_command,
    killed_after,
    reader_command,
    started,
    writer_command,
)
from tests.reliability.killed_writers import LONGEST_S, kill_again_and_again, problems

pytestmark = pytest.mark.timeout(600)


def test_a_killed_writer_leaves_its_last_commit(tmp_path: Path) -> None:
    kill_again_and_again(tmp_path / "index", kills=3)


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


@pytest.mark.slow
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

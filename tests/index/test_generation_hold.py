"""A generation that somebody reads stays; what nobody reads goes."""

import gc
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.generation import Generation, create, make_current, newest_first, remove_surplus
from index.generation_hold import GenerationHold, unheld

HOLDS = """
import sys
from pathlib import Path
from index.generation_hold import GenerationHold
hold = GenerationHold(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""
OPENS = """
import os, sys
opened = os.open(sys.argv[1], os.O_RDONLY)
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def generations(tmp_path: Path) -> list[Generation]:
    """Three, the newest first."""
    for _ in range(3):
        make_current(create(tmp_path))
    return list(newest_first(tmp_path))


def reader(code: str, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    with subprocess.Popen(
        [sys.executable, "-c", code, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


@pytest.mark.parametrize(
    ("code", "stays"), [(HOLDS, True), (OPENS, False)], ids=["held", "control: opened, not held"]
)
def test_what_another_process_reads_stays_until_it_ends(
    tmp_path: Path, generations: list[Generation], code: str, *, stays: bool
) -> None:
    oldest = generations[-1].folder
    for process in reader(code, oldest):
        remove_surplus(tmp_path, 1)
        assert oldest.exists() == stays
        assert not generations[1].folder.exists()
        process.kill()
        process.wait()
        remove_surplus(tmp_path, 1)
        assert not oldest.exists()


def test_it_is_let_go_of_with_the_last_reader(tmp_path: Path) -> None:
    one, other = GenerationHold(tmp_path), GenerationHold(tmp_path)
    for hold in (one, other):
        with unheld(tmp_path) as is_free:
            assert not is_free
        del hold
    del one, other
    gc.collect()
    with unheld(tmp_path) as is_free:
        assert is_free


def test_what_is_not_there_cannot_be_held(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        GenerationHold(tmp_path / "gen-00000001")

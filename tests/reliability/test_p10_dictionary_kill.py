"""P10: a reload of the dictionary that is killed has taken place or has not.

The process that starts then has the old words or the new ones, all of them, and an index made with the same.
Each write of the reload is cut in `test_p01_crash_matrix`; here the moments are random. The control writes
the words in place.
"""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from tests.processes import unmeasured_environment
from tests.reliability.crash_judge import Found, Judge, state_of
from tests.reliability.crash_operations import Program
from tests.reliability.killed_reloads import NEW, OLD

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def judge(tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge.of(Program.load(), DataFolder(tmp_path_factory.mktemp("no-rules")))


def killed(top: Path, kills: int, longest_s: float, how: str) -> list[Path]:
    """The folders that so many killed reloads left."""
    command = [sys.executable, "-m", "tests.reliability.killed_reloads", str(top), str(kills), str(longest_s)]
    subprocess.run([*command, how], check=True, env=unmeasured_environment(), cwd=ROOT, timeout=500)
    return sorted(top.iterdir())


def faults(folders: list[Path], judge: Judge) -> list[Found]:
    found = []
    for folder in folders:
        articles = state_of(DataFolder(folder))
        before, after = (replace(articles, words="\n".join(step.words)) for step in (OLD, NEW))
        found += judge.faults(folder, before, after)
    return found


def test_a_killed_reload_leaves_the_old_words_or_the_new_ones(judge: Judge, tmp_path: Path) -> None:
    folders = killed(tmp_path, kills=20, longest_s=1.2, how="safely")
    assert len(folders) == 20
    assert faults(folders, judge) == []


def test_control_words_that_are_written_in_place_are_halved(judge: Judge, tmp_path: Path) -> None:
    folders = killed(tmp_path, kills=2, longest_s=1.0, how="in-place")
    assert faults(folders, judge) != []

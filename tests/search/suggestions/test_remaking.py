"""What a server keeps of memory does not grow with the vocabularies that it has had."""

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

FLAT = 1.05
GROWN = 1.2
"""Of a run by hand: 24.2 MB at first and 24.5 after three more, and 87 to 122 MB where the process made them
itself."""


def memory_after_each(way: str, folder: Path) -> list[int]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.search.suggestions.remaking", way, str(folder)],
        check=True,
        stdout=subprocess.PIPE,
        timeout=300,
    )
    return list(map(int, done.stdout.split()))


def test_vocabularies_that_another_process_makes_leave_nothing_behind(tmp_path: Path) -> None:
    first, *later = memory_after_each("shared", tmp_path)
    assert max(later) <= first * FLAT


def test_control_those_that_it_makes_itself_do(tmp_path: Path) -> None:
    first, *later = memory_after_each("own", tmp_path)
    assert max(later) >= first * GROWN

"""No process dies because the first answers that it reads come at once."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TIMES = 300


def died(kind: str) -> int:
    """Of TIMES processes; in one of its own, since only one without threads may fork."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.first_decoding", kind, str(TIMES)],
        cwd=ROOT,
        capture_output=True,
        check=True,
        timeout=300,
    )
    return int(done.stdout)


def test_a_server_lives_through_its_first_answers() -> None:
    assert died("answers") == 0


def test_control_a_type_that_was_not_made_ready_ends_processes() -> None:
    assert died("bare") > 0

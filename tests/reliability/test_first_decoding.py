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
    assert died("ready") == 0


def test_control_types_that_were_not_made_ready_end_processes() -> None:
    assert died("unready") > 0

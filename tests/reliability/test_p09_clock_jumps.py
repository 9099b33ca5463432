"""P9: a clock that jumps changes no order, no limit, no lock and no name.

libfaketime stands between the program and the clock of the system; the monotonic clock stays as it is.
"""

import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import pytest

from tests.index.corpus.samples import numbered
from tests.processes import unmeasured_environment
from tests.reliability.jumping_clock import BATCH, FIRST, JUMPS, NAMED_BY_TIME, Report

pytestmark = pytest.mark.slow

MONOTONIC_STAYS = {"FAKETIME_DONT_FAKE_MONOTONIC": "1"}
MONOTONIC_JUMPS = {"FAKETIME_DONT_FAKE_MONOTONIC": "0"}


def library() -> Path:
    """libfaketime; without it the test is skipped."""
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        pytest.skip("libfaketime is missing (Debian: faketime)")
    return found[0]


def jumped(place: Path, settings: dict[str, str], harm: str = "") -> Report:
    """What happened while the clock jumped."""
    clock = place / "clock"
    clock.write_text("+0\n")
    faked = {
        "LD_PRELOAD": str(library()),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        # The times of files come from the kernel, and are not what is tried here.
        "NO_FAKE_STAT": "1",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.reliability.jumping_clock", str(place / "data"), str(clock), harm],
        capture_output=True,
        check=False,
        env=unmeasured_environment() | faked | settings,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr.decode()
    report = msgspec.json.decode(done.stdout, type=Report)
    assert went_back_and_on(report)
    return report


def went_back_and_on(report: Report) -> bool:
    """Whether the clock has jumped as it was to."""
    steps = [after - before for before, after in zip(report.clocks, report.clocks[1:], strict=False)]
    return min(steps) < -40_000 and max(steps) > 40_000


def is_rising(numbers: list[int]) -> bool:
    return sorted(set(numbers)) == numbers


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Report:
    """Of the program as it is."""
    return jumped(tmp_path_factory.mktemp("jumps"), MONOTONIC_STAYS)


def test_sequences_names_cursors_and_limits_hold(report: Report) -> None:
    assert report.sequences == [FIRST + BATCH * count for count in range(1, len(JUMPS) + 1)]
    assert is_rising(report.generations)
    assert report.walked == [numbered(number).id for number in range(FIRST)]
    assert (report.broken, report.findings) == ([], [])
    assert report.found == FIRST + BATCH * len(JUMPS)


def test_times_are_shown_as_they_were_stored(report: Report) -> None:
    """In the order of the journal, also where the clock says that a later one came before."""
    times = [datetime.fromisoformat(added) for added in report.added]
    assert times != sorted(times)
    assert max(times) - min(times) > timedelta(days=2)


def test_control_where_limits_follow_the_clock_they_do_not_hold(tmp_path: Path) -> None:
    """As if they were counted by the time of day: what they are counted by jumps with it."""
    broken = jumped(tmp_path, MONOTONIC_JUMPS).broken
    assert {"a deadline came early", "an address may guess again", "a cursor expired early"} <= set(broken)


def test_control_generations_that_are_named_by_the_time_go_back(tmp_path: Path) -> None:
    assert not is_rising(jumped(tmp_path, MONOTONIC_STAYS, NAMED_BY_TIME).generations)

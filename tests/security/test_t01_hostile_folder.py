"""T1, T2, T3, T6: `ingest` refuses each hostile file of a folder for its own reason, and reads the rest."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.processes import environment, run
from tests.security.hostile_files import PROSE, SECRET, STORED, hostile_files

LONG_LINE = 2 * 2**30
MORE_MEMORY = 300 * 2**20
"""Bytes that hostile files may cost above harmless ones. By hand: an archive of 100 MiB may be held twice."""
MORE_SECONDS = 120
"""Seconds of a processor that all of them may cost together; a single row is given up after 60."""

FIRST, LAST = "000.txt", "zzz.txt"
"""Harmless files, read before all others and behind them."""

pytestmark = pytest.mark.slow


@dataclass(frozen=True, slots=True)
class Ingested:
    """What `ingest` said of a folder, and what it took."""

    folder: Path
    data: Path
    status: int
    events: tuple[Mapping[str, object], ...]
    errors: str
    peak: int
    seconds: float

    def kinds(self, name: str) -> set[str]:
        """The kinds of the refusals of a file, or of what is in it."""
        shown = str(self.folder / name).encode("utf-8", "backslashreplace").decode()
        place = re.compile(re.escape(shown) + "([:!].*)?", re.DOTALL)
        return {
            str(event["reason"]).partition(":")[0]
            for event in self.events
            if event["event"] == "failed" and place.fullmatch(str(event["location"]))
        }


def ingest(folder: Path) -> Ingested:
    data, report = folder.with_suffix(".data"), folder.with_suffix(".json")
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.security.measured_command", str(report)),
            *("ingest", "--data", str(data), "--json", str(folder)),
        ],
        capture_output=True,
        check=False,
        env=environment(),
        timeout=600,
    )
    took = json.loads(report.read_bytes())
    events = tuple(json.loads(line) for line in done.stdout.splitlines())
    return Ingested(
        folder, data, done.returncode, events, done.stderr.decode(), took["peak"], took["seconds"]
    )


def harmless(folder: Path) -> Path:
    folder.mkdir()
    for name in (FIRST, LAST):
        (folder / name).write_text(f"{name}的标题\n{PROSE}", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def usual(tmp_path_factory: pytest.TempPathFactory) -> Ingested:
    return ingest(harmless(tmp_path_factory.mktemp("usual") / "inbox"))


@pytest.fixture(scope="module")
def secret(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("outside") / "secret.txt"
    path.write_text(f"{SECRET}\n{PROSE}", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory, secret: Path) -> Ingested:
    folder = harmless(tmp_path_factory.mktemp("hostile") / "inbox")
    for name, file in hostile_files(secret, LONG_LINE).items():
        file.make(folder / name)
    return ingest(folder)


def test_each_is_refused_for_its_own_reason_and_the_rest_goes_in(hostile: Ingested, secret: Path) -> None:
    files = hostile_files(secret, LONG_LINE)
    expected = {name: set() if file.outcome == STORED else {file.outcome} for name, file in files.items()}
    assert {name: hostile.kinds(name) for name in files} == expected
    assert hostile.kinds(FIRST) == hostile.kinds(LAST) == set()
    assert hostile.status == 2
    assert "Traceback" not in hostile.errors


def test_what_was_taken_in_is_there_and_nothing_else_came_along(hostile: Ingested) -> None:
    kept = run(hostile.data, "export").stdout.decode()
    for name in (FIRST, LAST):
        assert kept.count(f"{name}的标题") == 1
    assert SECRET not in kept
    assert not list(hostile.data.parent.parent.rglob("climbed*"))


def test_memory_and_time_are_bounded(usual: Ingested, hostile: Ingested) -> None:
    assert usual.status == 0
    assert hostile.peak < usual.peak + MORE_MEMORY
    assert hostile.seconds < usual.seconds + MORE_SECONDS

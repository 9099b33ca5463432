"""P1: wherever a kill or a power loss cuts the program, nothing acknowledged is lost, nor is a hand needed.

Nor is half a batch there (P2). It is a sample of what `python -m tests.reliability.crash_matrix` looks at.
The controls are a disk that forgets some fsyncs, and a program that leaves them out.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from index.data_folder import DataFolder
from tests.processes import run
from tests.reliability.crash_judge import Fault, Judge, is_acknowledgement
from tests.reliability.crash_matrix import CONTROLS, Recording, Row, drawn, judged, record
from tests.reliability.crash_operations import OPERATIONS, Program
from tests.reliability.recorded_disk import Forgets, Loss, RecordedDisk, contents_of, forgets_nothing, lay_out
from tests.reliability.system_calls import Said, cannot_record

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

POINTS = 7
"""Cut points of each operation that are looked at."""

UNSAFE = """
import os, sys
from pathlib import Path
import index.corpus.writer as product
opened = product.open_writing
def open_unsafe(path):
    connection = opened(path)
    connection.execute("PRAGMA synchronous = OFF")
    return connection
product.open_writing = open_unsafe
os.fsync = lambda descriptor: None
from tests.reliability.crash_operations import Program, run
run(Path(sys.argv[1]), sys.argv[2:], Program.load())
"""
"""The program, but it syncs nothing."""


@pytest.fixture(scope="module", autouse=True)
def _tracing() -> None:
    if reason := cannot_record():
        pytest.skip(reason)


@pytest.fixture(scope="module")
def program(_tracing: None) -> Program:
    return Program.load()


@pytest.fixture(scope="module")
def judge(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Judge:
    return Judge.of(program, DataFolder(tmp_path_factory.mktemp("no-rules")))


@pytest.fixture(scope="module")
def recording(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return record(tmp_path_factory.mktemp("recorded"), tuple(OPERATIONS), program)


@pytest.fixture(scope="module")
def unsafe(program: Program, tmp_path_factory: pytest.TempPathFactory) -> Recording:
    return record(tmp_path_factory.mktemp("unsafe"), ("ingest",), program, UNSAFE)


def of_ingest(recording: Recording, judge: Judge, work: Path, forgets: Forgets = forgets_nothing) -> Row:
    """Some points by which there are acknowledged articles."""
    count = recording.points()["ingest"]
    chosen = {"ingest": range(count // 2, count, count // 8)}
    return judged(recording, judge, work, chosen, forgets)["ingest"]


def test_there_are_five_hundred_points(recording: Recording) -> None:
    points = recording.points()
    assert points.keys() == OPERATIONS.keys()
    assert sum(points.values()) >= 500
    assert min(points.values()) > POINTS


def test_what_was_recorded_is_what_is_on_the_disk(recording: Recording) -> None:
    """Nothing that the program did to its files was missed, or misunderstood."""
    *_, last = recording.cuts(forgets_nothing)
    for name in OPERATIONS:
        written = last.disk.left(recording.top / name, Loss.NOTHING, Random(0))
        assert written == contents_of(recording.top / name)


@pytest.mark.parametrize("operation", OPERATIONS)
def test_a_crash_at_any_point_loses_nothing(
    operation: str, recording: Recording, judge: Judge, tmp_path: Path
) -> None:
    chosen = drawn({operation: recording.points()[operation]}, POINTS)
    row = judged(recording, judge, tmp_path, chosen)[operation]
    assert row.details == []
    assert (row.points, row.images) == (POINTS, POINTS * len(Loss))


def test_commands_start_on_what_a_crash_left(recording: Recording, tmp_path: Path) -> None:
    """As processes of their own: one stores and indexes, another one finds nothing wrong."""
    middle = recording.points()["commit"] // 2
    data = tmp_path / "data"
    for cut in recording.cuts(forgets_nothing):
        if (cut.operation, cut.number) == ("commit", middle):
            lay_out(cut.left(Loss.SOME), data)
    assert run(data, "ingest", "-", stdin=b'{"id": "later", "title": "later"}').returncode == 0
    assert run(data, "check").stdout.decode() == "All is well.\n"


@pytest.mark.parametrize("forgets", CONTROLS.values(), ids=CONTROLS)
def test_control_a_disk_that_forgets_loses_some(
    forgets: Forgets, recording: Recording, judge: Judge, tmp_path: Path
) -> None:
    assert of_ingest(recording, judge, tmp_path, forgets).faulty[Fault.LOST]


def test_control_a_program_that_does_not_sync_loses_some(
    unsafe: Recording, judge: Judge, tmp_path: Path
) -> None:
    assert of_ingest(unsafe, judge, tmp_path).faulty[Fault.LOST]


def waiting_when_acknowledged(recording: Recording) -> Iterator[str]:
    """The files of the database that hold bytes which are not on the disk as articles are acknowledged."""
    disk = RecordedDisk.holding(recording.top, recording.before)
    for call in recording.calls:
        disk.apply(call)
        if isinstance(call, Said) and is_acknowledgement(call.line):
            yield from (path.name for path in disk.unsynced_files() if path.name.startswith("articles.db"))


def test_each_commit_is_on_the_disk_before_it_is_acknowledged(recording: Recording) -> None:
    assert list(waiting_when_acknowledged(recording)) == []


def test_control_a_program_that_does_not_sync_acknowledges_what_only_the_kernel_has(
    unsafe: Recording,
) -> None:
    assert list(waiting_when_acknowledged(unsafe)) != []

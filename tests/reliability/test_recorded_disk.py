"""What a recorded program leaves after a crash, for programs of a few calls whose losses are known."""

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random

import pytest

from tests.processes import unmeasured_environment
from tests.reliability.recorded_disk import Loss, RecordedDisk, contents_of
from tests.reliability.system_calls import Call, Said, Synced, cannot_record, recorded

BEGIN = """
import os, sys, threading
top = sys.argv[1]

def sync(path):
    descriptor = os.open(path, os.O_RDONLY)
    os.fsync(descriptor)
    os.close(descriptor)
"""

WRITTEN = BEGIN + "file = open(f'{top}/a', 'wb'); file.write(b'new'); file.close()"

FILE_SYNCED = f"{WRITTEN}\nsync(f'{{top}}/a')"

FOLDER_SYNCED = f"{WRITTEN}\nsync(top)"

ALL_SYNCED = f"{FILE_SYNCED}\nsync(top)"

OVERWRITTEN = BEGIN + "file = open(f'{top}/old', 'r+b'); file.seek(2); file.write(b'XY'); file.close()"

REPLACED = f"{FILE_SYNCED}\nos.replace(f'{{top}}/a', f'{{top}}/old')"

REMOVED = BEGIN + "os.remove(f'{top}/old')"

BY_THREADS = f"""{BEGIN}
def write(name):
    for _ in range(50):
        with open(f"{{top}}/{{name}}", "wb") as file:
            file.write(name.encode() * 100)
            file.flush()
            os.fsync(file.fileno())
threads = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
for thread in threads: thread.start()
for thread in threads: thread.join()
sync(top)
"""

OLD = b"01234"


@pytest.fixture(scope="module", autouse=True)
def _tracing() -> None:
    if reason := cannot_record():
        pytest.skip(reason)


def calls_of(program: str, top: Path) -> Iterator[Call]:
    command = [sys.executable, "-S", "-c", program, str(top)]
    yield from recorded(command, top, top.with_suffix(".trace"), unmeasured_environment(), top.parent)


@pytest.fixture
def top(tmp_path: Path) -> Path:
    """A folder that holds the file `old`."""
    top = tmp_path.resolve() / "top"
    top.mkdir()
    (top / "old").write_bytes(OLD)
    return top


def ran(program: str, top: Path) -> RecordedDisk:
    """The disk after a program ran."""
    disk = RecordedDisk.holding(top, contents_of(top))
    for call in calls_of(program, top):
        disk.apply(call)
    assert disk.left(top, Loss.NOTHING, Random(0)) == contents_of(top)
    return disk


@pytest.mark.parametrize(
    ("program", "bytes_lost", "all_lost"),
    [
        pytest.param(WRITTEN, {"old": OLD, "a": b""}, {"old": OLD}, id="nothing synced"),
        pytest.param(FILE_SYNCED, {"old": OLD, "a": b"new"}, {"old": OLD}, id="the file synced"),
        pytest.param(FOLDER_SYNCED, {"old": OLD, "a": b""}, {"old": OLD, "a": b""}, id="the folder synced"),
        pytest.param(ALL_SYNCED, {"old": OLD, "a": b"new"}, {"old": OLD, "a": b"new"}, id="both synced"),
        pytest.param(OVERWRITTEN, {"old": OLD}, {"old": OLD}, id="overwritten"),
        pytest.param(REPLACED, {"old": b"new"}, {"old": OLD}, id="replaced"),
        pytest.param(REMOVED, {}, {"old": OLD}, id="removed"),
    ],
)
def test_what_was_not_synced_is_lost(
    program: str, bytes_lost: dict[str, bytes], all_lost: dict[str, bytes], top: Path
) -> None:
    disk = ran(program, top)
    assert disk.left(disk.top, Loss.BYTES, Random(0)) == bytes_lost
    assert disk.left(disk.top, Loss.ALL, Random(0)) == all_lost


def drawn(disk: RecordedDisk, lots: Sequence[int]) -> set[tuple[tuple[str, bytes | None], ...]]:
    return {tuple(sorted(disk.left(disk.top, Loss.SOME, Random(lot)).items())) for lot in lots}


def test_what_was_not_synced_may_be_there_in_part(top: Path) -> None:
    disk = ran(WRITTEN, top)
    old = ("old", OLD)
    assert drawn(disk, range(50)) == {(old,), (("a", b""), old), (("a", b"new"), old)}


def test_what_was_synced_is_never_drawn(top: Path) -> None:
    disk = ran(ALL_SYNCED, top)
    assert drawn(disk, range(20)) == {(("a", b"new"), ("old", OLD))}


def test_calls_of_threads_that_interrupt_each_other_are_put_together(top: Path) -> None:
    disk = ran(BY_THREADS, top)
    expected = {"old": OLD} | {name: name.encode() * 100 for name in "abcd"}
    assert disk.left(disk.top, Loss.ALL, Random(0)) == expected


def test_what_a_program_says_comes_between_its_calls(top: Path) -> None:
    program = f"print('one', flush=True)\n{FOLDER_SYNCED}\nprint('two'); print('three', flush=True)"
    told = [call for call in calls_of(program, top) if isinstance(call, Said | Synced)]
    assert told == [Said("one"), Synced(top), Said("two"), Said("three")]

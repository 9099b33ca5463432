"""P4: two writers are impossible, and the second is told at once.

The lock itself: `tests/index/test_writer_lock.py`; 409 `busy` over HTTP: `tests/web/admin/test_articles.py`.
"""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index.data_folder import DataFolder
from tests.index.corpus.samples import numbered, store
from tests.processes import run, unmeasured_environment

WRITERS = 2
TURNS = 60
WITHOUT_A_LOCK = """
WriterLock.__enter__ = lambda self: None
"""
BY_EXISTENCE = """
import os
from index.errors import WriterBusy
class WriterLock:
    def __init__(self, path, wait=0.0):
        self.path = path
    def __enter__(self):
        try:
            os.close(os.open(self.path, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            raise WriterBusy("another process is writing") from None
    def __exit__(self, *raised):
        os.unlink(self.path)
"""
"""A lock that is held while its file is there."""

IMPORTS = """
import os, sys, time
from pathlib import Path
from index.errors import WriterBusy
from index.writer_lock import WriterLock
"""
COUNTING = f"""
folder = Path(sys.argv[1])
descriptor = os.open(folder / "count", os.O_RDWR)
print("ready", flush=True)
sys.stdin.readline()
for _ in range({TURNS}):
    with WriterLock(folder / "lock", wait=120):
        count = int((folder / "count").read_text())
        time.sleep(0.002)
        # In place: without a lock another process would read an empty file.
        os.pwrite(descriptor, b"%08d" % (count + 1), 0)
"""
HOLDING = """
with WriterLock(Path(sys.argv[1]) / "lock"):
    print("ready", flush=True)
    sys.stdin.readline()
"""
TRYING = """
try:
    with WriterLock(Path(sys.argv[1]) / "lock", wait=0.0):
        print("free")
except WriterBusy:
    print("busy")
"""


@contextmanager
def ready(folder: Path, program: str) -> Iterator[subprocess.Popen[str]]:
    """A process that waits for a line at the place where its program says so."""
    with subprocess.Popen(
        [sys.executable, "-c", IMPORTS + program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=unmeasured_environment(),
    ) as process:
        assert process.stdout is not None
        try:
            assert process.stdout.readline() == "ready\n"
            yield process
        finally:
            process.kill()


def counted(folder: Path, variant: str) -> int:
    """What two processes count to that read, wait and write in turns, each under the lock."""
    (folder / "count").write_text("0" * 8)
    with ready(folder, variant + COUNTING) as one, ready(folder, variant + COUNTING) as other:
        for process in (one, other):
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        assert [process.wait(120) for process in (one, other)] == [0, 0]
    return int((folder / "count").read_text())


def test_no_two_processes_write_at_once(tmp_path: Path) -> None:
    assert counted(tmp_path, "") == WRITERS * TURNS


def test_control_without_the_lock_they_do(tmp_path: Path) -> None:
    assert counted(tmp_path, WITHOUT_A_LOCK) < WRITERS * TURNS


@pytest.mark.parametrize(
    ("variant", "said"), [("", "free\n"), (BY_EXISTENCE, "busy\n")], ids=["ours", "control by existence"]
)
def test_the_lock_of_a_killed_writer_is_free(tmp_path: Path, variant: str, said: str) -> None:
    with ready(tmp_path, variant + HOLDING) as process:
        process.send_signal(signal.SIGKILL)
        process.wait(60)
    program = [sys.executable, "-c", IMPORTS + variant + TRYING, str(tmp_path)]
    done = subprocess.run(program, capture_output=True, check=True, text=True, env=unmeasured_environment())
    assert done.stdout == said


@pytest.mark.slow
def test_a_second_ingest_ends_with_3_one_line_and_nothing_written(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    before = folder.articles.read_bytes()
    # Where the lock of a data folder lies, and the one that HOLDING takes.
    (tmp_path / "holder").mkdir()
    (tmp_path / "holder" / "lock").symlink_to(folder.lock)
    article = b'{"id": "second", "title": "second", "text": "second"}\n'
    with ready(tmp_path / "holder", HOLDING):
        done = run(folder.root, "ingest", "-", stdin=article)
        assert done.returncode == 3
        [line] = done.stderr.decode().splitlines()
        assert line.startswith("policy-search: another process is writing to ")
        assert folder.articles.read_bytes() == before
    assert run(folder.root, "ingest", "-", stdin=article).returncode == 0

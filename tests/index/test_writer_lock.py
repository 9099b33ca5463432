import errno
import fcntl
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType

import pytest

from index.errors import WriterBusy
from index.writer_lock import LockUnusable, WriterLock
from tests.reliability.faults import open_files_below

HOLDER = """
import sys
from pathlib import Path
from index.writer_lock import WriterLock

with WriterLock(Path(sys.argv[1])):
    print("locked", flush=True)
    sys.stdin.readline()
"""


@contextmanager
def held_by_another_process(path: Path) -> Iterator[subprocess.Popen[str]]:
    with subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[2],
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "locked\n"
        try:
            yield process
        finally:
            process.kill()


def test_a_second_process_is_told_in_one_line_after_the_wait(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with held_by_another_process(path):
        before = time.monotonic()
        with pytest.raises(WriterBusy) as caught, WriterLock(path, wait=0.3):
            pytest.fail("two writers")
        assert time.monotonic() - before >= 0.3
    message = str(caught.value)
    assert str(tmp_path) in message
    assert "waited 0.3 s" in message
    assert "try again" in message
    assert "\n" not in message


def test_no_wait_tries_once(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with WriterLock(path), pytest.raises(WriterBusy), WriterLock(path, wait=0):
        pytest.fail("two writers")


def test_a_killed_writer_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with held_by_another_process(path) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        with WriterLock(path, wait=0):
            pass
    assert path.exists()


def test_a_waiting_writer_gets_it_when_the_other_is_done(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with held_by_another_process(path) as process:
        assert process.stdin is not None
        timer = threading.Timer(0.2, process.stdin.close)
        timer.start()
        with WriterLock(path):
            pass
        timer.join()
        assert process.wait() == 0


def test_an_error_inside_frees_it(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with pytest.raises(ZeroDivisionError), WriterLock(path):
        raise ZeroDivisionError
    with WriterLock(path, wait=0):
        pass


def test_a_child_that_outlives_the_block_does_not_keep_it(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    with WriterLock(path) as lock:
        assert lock._descriptor is not None
        child_copy = os.dup(lock._descriptor)
    try:
        with WriterLock(path, wait=0):
            pass
    finally:
        os.close(child_copy)


def test_threads_of_one_process_exclude_each_other(tmp_path: Path) -> None:
    path = tmp_path / "writer.lock"
    lock = WriterLock(path)
    inside = 0
    most = 0

    def write() -> None:
        nonlocal inside, most
        for _ in range(5):
            with lock:
                inside += 1
                most = max(most, inside)
                time.sleep(0.001)
                inside -= 1

    threads = [threading.Thread(target=write) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == 1
    with WriterLock(path, wait=0):
        pass


def test_a_folder_that_is_not_there_is_no_busy_writer(tmp_path: Path) -> None:
    path = tmp_path / "missing" / "writer.lock"
    with pytest.raises(LockUnusable, match=r"cannot lock .*writer\.lock: No such file.*--data") as caught:
        WriterLock(path).__enter__()
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("module", "call", "code"),
    [(os, "open", errno.EROFS), (os, "open", errno.EMFILE), (fcntl, "flock", errno.ENOLCK)],
    ids=["read-only", "too many open files", "no locks here"],
)
def test_a_lock_that_cannot_be_used_is_an_error_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: ModuleType, call: str, code: int
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(code, os.strerror(code))

    lock = WriterLock(tmp_path / "writer.lock")
    with monkeypatch.context() as patch:
        patch.setattr(module, call, fail)
        with pytest.raises(LockUnusable, match=os.strerror(code)):
            lock.__enter__()
    assert open_files_below(tmp_path) == []
    with lock:
        pass

"""A lock whose file goes: whoever else comes at whatever moment, one alone holds it and is seen to."""

import fcntl
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import WriterBusy
from index.indexer import never
from index.writer_lock import WriterLock
from web.admin.passing_lock import PassingLock, is_held, sweep

HOLDING = """
import sys
from index.indexer import never
from pathlib import Path
from web.admin.passing_lock import PassingLock
PassingLock(Path(sys.argv[1])).take(never)
print(flush=True)
sys.stdin.read()
"""

Take = Callable[[Path], bool]


def take(path: Path) -> bool:
    return PassingLock(path).try_take()


def take_what_was_opened(path: Path) -> bool:
    """As one that does not look whether its file is still there."""
    WriterLock(path, wait=0.0).__enter__()
    return True


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.lock"


def open_files() -> int:
    return len(list(Path("/proc/self/fd").iterdir()))


def sweeping_between(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever opens the file next finds it swept away before it is locked, once."""
    real = fcntl.flock

    def flock(descriptor: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", real)
        sweep(path)
        real(descriptor, operation)

    monkeypatch.setattr(fcntl, "flock", flock)


def test_it_is_held_by_one_and_gone_with_it(path: Path) -> None:
    one, other = PassingLock(path), PassingLock(path)
    assert one.try_take()
    assert (is_held(path), other.try_take(), one.try_take()) == (True, False, False)
    one.let_go()
    one.let_go()
    assert (is_held(path), path.exists()) == (False, False)
    assert other.try_take()
    other.let_go()


@pytest.mark.parametrize(
    ("take_it", "is_seen"),
    [(take, True), (take_what_was_opened, False)],
    ids=["it looks again", "control: it does not"],
)
def test_one_that_is_swept_away_while_it_is_taken_is_taken_all_the_same(
    path: Path, take_it: Take, monkeypatch: pytest.MonkeyPatch, *, is_seen: bool
) -> None:
    sweeping_between(path, monkeypatch)
    assert take_it(path)
    assert (is_held(path), take(path)) == (is_seen, not is_seen)


def test_what_is_held_is_not_swept_and_what_a_dead_process_left_is(path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDING, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"\n"
    sweep(path)
    assert is_held(path)
    holder.kill()
    holder.communicate()
    assert (is_held(path), path.exists()) == (False, True)
    sweep(path)
    assert not path.exists()


def test_two_who_look_at_once_do_not_take_each_other_for_the_holder(path: Path) -> None:
    path.touch()
    with path.open("rb") as looking:
        fcntl.flock(looking, fcntl.LOCK_SH)
        assert not is_held(path)


def test_who_waits_gets_it_or_gives_up(path: Path) -> None:
    one, other = PassingLock(path), PassingLock(path)
    one.take(never)
    with pytest.raises(WriterBusy):
        other.take(lambda: True)
    threading.Timer(0.05, one.let_go).start()
    with other.held(never):
        assert is_held(path)
    assert not is_held(path)


def test_of_many_who_come_and_go_one_alone_is_in(path: Path) -> None:
    inside: list[int] = []
    most: list[int] = []

    def work(number: int) -> None:
        for _ in range(50):
            with PassingLock(path).held(never):
                inside.append(number)
                most.append(len(inside))
                inside.remove(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(most), max(most)) == (200, 1)
    assert not path.exists()


def test_nothing_is_left_open(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = open_files()
    holder = PassingLock(path)
    sweeping_between(path, monkeypatch)
    holder.take(never)
    assert not PassingLock(path).try_take()
    assert is_held(path)
    holder.let_go()
    assert open_files() == before

"""Work in other processes: in order, and no job can hurt the others."""

import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from pathlib import Path

import pytest

from index import workers
from index.worker_process import WorkLimits, WorkLost
from index.workers import WorkerFailed, Workers

LIMITS = WorkLimits(cpu_seconds=1, memory=2**30)
SLOW = ["a"] * 16 + ["sleep:5"] * 64


def load() -> Callable[[str], str]:
    return work


def work(job: str) -> str:
    match job.partition(":"):
        case ("die", _, _):
            os.kill(os.getpid(), signal.SIGKILL)
        case ("leave", _, _):
            os._exit(7)
        case ("spin", _, _):
            while True:
                pass
        case ("spin in C", _, _):
            sum(1 for _ in iter(int, 1))
        case ("eat", _, _):
            return "x" * 2**31
        case ("raise", _, text):
            raise LookupError(text)
        case ("sleep", _, seconds):
            time.sleep(float(seconds))
    return job.upper()


def load_nothing() -> Callable[[str], str]:
    raise FileNotFoundError("the table is missing")


def load_and_die() -> Callable[[str], str]:
    os._exit(3)


def outcomes(jobs: list[str], processes: int = 2) -> list[str | WorkLost]:
    return [result for _, result in Workers(load, processes, LIMITS).map(jobs, len)]


@pytest.mark.parametrize("processes", [1, 3])
def test_results_come_in_the_order_of_the_jobs(processes: int) -> None:
    jobs = [f"sleep:{0.02 if number % 7 == 0 else 0}" for number in range(100)]
    jobs += [f"job {number}" for number in range(100)]
    pairs = list(Workers(load, processes, LIMITS).map(jobs, len))
    assert pairs == [(job, job.upper()) for job in jobs]


HOSTILE = {
    "killed": ("die", "was killed by signal 9"),
    "left": ("leave", "ended with status 7"),
    "endless": ("spin", "more than 1 s of processor time"),
    "endless in C": ("spin in C", "more than 1 s of processor time"),
    "greedy": ("eat", "more than 1024 MiB of memory"),
}


@pytest.mark.parametrize(("job", "reason"), HOSTILE.values(), ids=HOSTILE.keys())
def test_only_the_job_that_kills_its_process_is_lost(job: str, reason: str) -> None:
    before, lost, *after = outcomes(["a", job, "b", "c"], processes=1)
    assert before == "A"
    assert isinstance(lost, WorkLost)
    assert reason in lost.reason
    assert after == ["B", "C"]


def test_a_job_may_take_long_if_it_does_not_work() -> None:
    assert outcomes(["sleep:1.5"], processes=1) == ["SLEEP:1.5"]


def test_many_short_jobs_are_not_counted_together() -> None:
    """The limit is for a job, not for all that a process does."""
    busy = Workers(load_busy, 1, LIMITS)
    assert [result for _, result in busy.map(["a", "b", "c", "d"], len)] == ["A", "B", "C", "D"]


def load_busy() -> Callable[[str], str]:
    return work_for_a_while


def work_for_a_while(job: str) -> str:
    end = time.process_time() + 0.6
    while time.process_time() < end:
        pass
    return job.upper()


def test_what_the_function_raises_is_raised_here_and_says_where() -> None:
    with pytest.raises(LookupError, match="no such thing") as raised:
        outcomes(["a", "raise:no such thing"])
    assert any("in work" in note for note in raised.value.__notes__)


def test_what_cannot_be_loaded_is_raised_here() -> None:
    with pytest.raises(FileNotFoundError, match="the table is missing"):
        list(Workers(load_nothing, 2, LIMITS).map(["a"], len))


def test_a_process_that_cannot_start_is_an_error_and_no_lost_job() -> None:
    with pytest.raises(WorkerFailed, match="ended with status 3"):
        list(Workers(load_and_die, 2, LIMITS).map(["a"], len))


def test_jobs_are_taken_as_they_are_needed() -> None:
    taken = 0

    def jobs() -> Iterator[str]:
        nonlocal taken
        for number in range(10_000):
            taken += 1
            yield str(number)

    results = Workers(load, 2, LIMITS).map(jobs(), len)
    next(results)
    assert taken < 500
    results.close()


def children() -> set[str]:
    """The processes that this one has started and that are there still."""
    found = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            text = stat.read_text()
            if text.rpartition(")")[2].split()[1] == str(os.getpid()):
                found.add(stat.parent.name)
    return found


def test_who_leaves_early_leaves_no_process_behind() -> None:
    before = children()
    results = Workers(load, 2, LIMITS).map([f"sleep:{60}", "b"] * 50, len)
    started = Workers(load, 2, LIMITS).map(["a", "b"], len)
    next(started)
    for iterator in (results, started):
        iterator.close()
    assert children() == before


def test_no_descriptor_stays_open() -> None:
    gc.collect()  # what earlier tests left behind must not go away in between
    before = len(list(Path("/proc/self/fd").iterdir()))
    results = Workers(load, 2, LIMITS).map(["a"] * 40, len)
    next(results)
    results.close()
    assert outcomes(["a", "die", "b"], processes=1)[::2] == ["A", "B"]
    assert len(list(Path("/proc/self/fd").iterdir())) == before


def test_without_jobs_no_process_is_started() -> None:
    assert outcomes([]) == []


def test_a_folder_that_is_called_like_a_package_is_not_taken_for_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A data folder has a folder `index`."""
    (tmp_path / "index").mkdir()
    (tmp_path / "index" / "__init__.py").write_text("raise AssertionError('the wrong one')")
    monkeypatch.chdir(tmp_path)
    assert outcomes(["a"]) == ["A"]


def test_without_chunks_a_job_waits_for_the_next_one_at_most() -> None:
    """A stream that pauses must not hold what has come."""
    come: list[str] = []

    def slow() -> Iterator[str]:
        for job in ("a", "b", "c"):
            come.append(job)
            yield job
            time.sleep(0.5)

    seen = []
    for job, _ in Workers(load, 1, LIMITS, chunk_jobs=1).map(slow(), len):
        seen.append((job, len(come)))
    assert seen[0][1] <= 2


def test_no_more_bytes_are_held_than_allowed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "HELD_BYTES", 100)
    taken = 0

    def jobs() -> Iterator[str]:
        nonlocal taken
        for _ in range(50):
            taken += 1
            yield "sleep:0"

    results = Workers(load, 2, LIMITS, chunk_jobs=1).map(jobs(), lambda _: 60)
    next(results)
    assert taken <= 2
    assert len(list(results)) == 49


def test_leaving_by_an_error_ends_the_work_at_once() -> None:
    started = time.monotonic()

    def leave() -> None:
        with closing(Workers(load, 1, LIMITS).map(SLOW, len)) as results:
            for _ in results:
                raise LookupError

    with pytest.raises(LookupError):
        leave()
    assert time.monotonic() - started < 20

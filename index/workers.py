"""Work in processes of its own: on all cores, in order, and bounded in time and memory."""

import os
import signal
import socket
import subprocess
import sys
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing.connection import Connection
from queue import SimpleQueue
from threading import Event
from typing import Any, ClassVar, Final, Generic, TypeVar

from index.errors import Cause, PolicySearchError
from index.worker_process import Assignment, Done, Raised, WorkLimits, WorkLost

Job = TypeVar("Job")
Result = TypeVar("Result")

CHUNK_JOBS: Final = 16
CHUNK_SIZE: Final = 256 * 1024
"""Jobs go to a process in chunks of at most so many jobs and bytes, so that handing over costs little."""

CHUNKS_PER_PROCESS: Final = 2
"""How many chunks wait or are worked on for each process: one to work on, one for when that is done."""


HELD_BYTES: Final = 64 * 2**20
"""With more bytes of jobs than this waiting or worked on, no further ones are taken."""

PROGRAM: Final = "import sys; from index.worker_process import main; main(int(sys.argv[1]))"


def usable_processors() -> int:
    """How many processors this process may run on."""
    return len(os.sched_getaffinity(0))


class WorkerFailed(PolicySearchError):
    """A process for work could not be started, or ended before it had any."""

    kind: ClassVar[str] = "worker-failed"
    cause: ClassVar[Cause] = Cause.UNAVAILABLE


class Workers(Generic[Job, Result]):
    """Runs one function on many jobs in processes; they start when there is work for them.

    `load` is called once in each process and gives the function; it, the jobs and the results have to be
    such as pickle takes. An exception of the function comes out of `map`.
    """

    def __init__(
        self,
        load: Callable[[], Callable[[Job], Result]],
        processes: int,
        limits: WorkLimits,
        chunk_jobs: int = CHUNK_JOBS,
    ) -> None:
        """`chunk_jobs` is how many jobs at most are handed over at once; each waits for the others."""
        self._load = load
        self._processes = processes
        self._limits = limits
        self._chunk_jobs = chunk_jobs

    def map(
        self, jobs: Iterable[Job], size: Callable[[Job], int]
    ) -> Generator[tuple[Job, Result | WorkLost], None, None]:
        """Each job with its result, in the order of the jobs; `size` is about how many bytes a job has.

        Jobs are taken as they are needed: at most some chunks are held. Raises WorkerFailed.
        """
        closing = Event()
        idle: SimpleQueue[_Process[Job, Result]] = SimpleQueue()
        processes = [_Process(self._load, self._limits, closing) for _ in range(self._processes)]
        for process in processes:
            idle.put(process)
        waiting: deque[tuple[Future[list[tuple[Job, Result | WorkLost]]], int]] = deque()
        threads = ThreadPoolExecutor(self._processes, thread_name_prefix="worker")
        most, held = CHUNKS_PER_PROCESS * self._processes, 0
        try:
            for chunk, bytes_ in _chunks(jobs, size, self._chunk_jobs):
                waiting.append((threads.submit(_run, idle, chunk), bytes_))
                held += bytes_
                while waiting and (len(waiting) > most or held > HELD_BYTES or waiting[0][0].done()):
                    done, given_back = waiting.popleft()
                    held -= given_back
                    yield from done.result()
            for done, _ in waiting:
                yield from done.result()
        finally:
            closing.set()
            for future, _ in waiting:
                future.cancel()
            for process in processes:
                process.stop()
            threads.shutdown()
            # One may have been starting its process just then; and now no thread waits for a connection.
            for process in processes:
                process.stop()
                process.close()


def _run(idle: "SimpleQueue[_Process[Job, Result]]", chunk: list[Job]) -> list[tuple[Job, Result | WorkLost]]:
    process = idle.get()
    try:
        return list(zip(chunk, process.run(chunk), strict=True))
    finally:
        idle.put(process)


def _chunks(jobs: Iterable[Job], size: Callable[[Job], int], most: int) -> Iterator[tuple[list[Job], int]]:
    chunk: list[Job] = []
    bytes_ = 0
    for job in jobs:
        chunk.append(job)
        bytes_ += size(job)
        if len(chunk) >= most or bytes_ >= CHUNK_SIZE:
            yield chunk, bytes_
            chunk, bytes_ = [], 0
    if chunk:
        yield chunk, bytes_


class _Process(Generic[Job, Result]):
    """One process at a time; where it dies over a job, the next one goes on behind that job."""

    def __init__(
        self, load: Callable[[], Callable[[Job], Result]], limits: WorkLimits, closing: Event
    ) -> None:
        self._load = load
        self._limits = limits
        self._closing = closing
        self._running: tuple[subprocess.Popen[bytes], Connection[Any, Any]] | None = None

    def run(self, chunk: list[Job]) -> list[Result | WorkLost]:
        results: list[Result | WorkLost] = []
        while len(results) < len(chunk):
            process, connection = self._running or self._start()
            if self._closing.is_set():
                raise ConnectionError("nobody wants the results any more")
            try:
                connection.send(chunk[len(results) :])
                while len(results) < len(chunk):
                    results.append(_result(connection.recv()))
            except (EOFError, ConnectionError):
                if self._closing.is_set():
                    raise
                self._running = None
                results.append(WorkLost(self._obituary(process, connection)))
        return results

    def stop(self) -> None:
        """End it at once, and what it was doing with it."""
        if self._running is not None:
            process, _ = self._running
            process.kill()
            process.wait()

    def close(self) -> None:
        """Let go of its connection; it has to be stopped."""
        if self._running is not None:
            _, connection = self._running
            self._running = None
            connection.close()

    def _start(self) -> "tuple[subprocess.Popen[bytes], Connection[Any, Any]]":
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603  # nothing in it comes from outside
                # -P: a folder `index` where the command happens to run is not this program.
                [sys.executable, "-P", "-c", PROGRAM, str(theirs.fileno())],
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
            )
        connection: Connection[Any, Any] = Connection(ours.detach())
        self._running = process, connection
        try:
            connection.send(sys.path)
            connection.send(Assignment(self._load, self._limits))
            ready = connection.recv()
        except (EOFError, ConnectionError):
            raise WorkerFailed(
                f"a process for work {_end(process)} while it was starting; see the message above it"
            ) from None
        _result(ready)
        return self._running

    def _obituary(self, process: "subprocess.Popen[bytes]", connection: "Connection[Any, Any]") -> str:
        connection.close()
        end = _end(process)
        if process.returncode == -signal.SIGXCPU:
            return f"it took more than {self._limits.cpu_seconds} s of processor time"
        return f"the process that worked on it {end}"


def _end(process: "subprocess.Popen[bytes]") -> str:
    code = process.wait()
    return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


def _result(reply: "Done[Result] | Raised | WorkLost") -> "Result | WorkLost":
    match reply:
        case Done(result=result):
            return result
        case Raised(error=error):
            raise error
        case lost:
            return lost

"""Work in processes of its own: on all cores, in order, and bounded in time and memory."""

import multiprocessing
import resource
import signal
import traceback
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from threading import Event
from typing import ClassVar, Final, Generic, TypeVar

from index.errors import Cause, PolicySearchError

Job = TypeVar("Job")
Result = TypeVar("Result")

CHUNK_JOBS: Final = 16
CHUNK_SIZE: Final = 256 * 1024
"""Jobs go to a process in chunks of at most so many jobs and bytes, so that handing over costs little."""

CHUNKS_PER_PROCESS: Final = 2
"""How many chunks wait or are worked on for each process: one to work on, one for when that is done."""


class WorkerFailed(PolicySearchError):
    """A process for work could not be started, or ended before it had any."""

    kind: ClassVar[str] = "worker-failed"
    cause: ClassVar[Cause] = Cause.UNAVAILABLE


@dataclass(frozen=True, slots=True)
class WorkLimits:
    """What one job may cost; a process that needs more is killed, and the job is lost.

    `cpu_seconds` are whole seconds of a processor, `memory` is the address space of a process in bytes. They
    keep a hostile file from taking the machine; chosen by hand, far above what real files need.
    """

    cpu_seconds: int = 60
    memory: int = 2 * 2**30


@dataclass(frozen=True, slots=True)
class WorkLost:
    """What comes back for a job that was given up."""

    reason: str


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
    ) -> None:
        self._load = load
        self._processes = processes
        self._limits = limits

    def map(self, jobs: Iterable[Job], size: Callable[[Job], int]) -> Iterator[tuple[Job, Result | WorkLost]]:
        """Each job with its result, in the order of the jobs; `size` is about how many bytes a job has.

        Jobs are taken as they are needed: at most some chunks are held. Raises WorkerFailed.
        """
        closing = Event()
        idle: SimpleQueue[_Process[Job, Result]] = SimpleQueue()
        processes = [_Process(self._load, self._limits, closing) for _ in range(self._processes)]
        for process in processes:
            idle.put(process)
        waiting: deque[Future[list[tuple[Job, Result | WorkLost]]]] = deque()
        threads = ThreadPoolExecutor(self._processes, thread_name_prefix="worker")
        try:
            for chunk in _chunks(jobs, size):
                waiting.append(threads.submit(_run, idle, chunk))
                while len(waiting) > CHUNKS_PER_PROCESS * self._processes or (waiting and waiting[0].done()):
                    yield from waiting.popleft().result()
            while waiting:
                yield from waiting.popleft().result()
        finally:
            closing.set()
            for future in waiting:
                future.cancel()
            for process in processes:
                process.stop()
            threads.shutdown()
            # One may have been starting its process just then.
            for process in processes:
                process.stop()


def _run(idle: "SimpleQueue[_Process[Job, Result]]", chunk: list[Job]) -> list[tuple[Job, Result | WorkLost]]:
    process = idle.get()
    try:
        return list(zip(chunk, process.run(chunk), strict=True))
    finally:
        idle.put(process)


def _chunks(jobs: Iterable[Job], size: Callable[[Job], int]) -> Iterator[list[Job]]:
    chunk: list[Job] = []
    bytes_ = 0
    for job in jobs:
        chunk.append(job)
        bytes_ += size(job)
        if len(chunk) >= CHUNK_JOBS or bytes_ >= CHUNK_SIZE:
            yield chunk
            chunk, bytes_ = [], 0
    if chunk:
        yield chunk


@dataclass(frozen=True, slots=True)
class _Done(Generic[Result]):
    result: Result


@dataclass(frozen=True, slots=True)
class _Raised:
    error: Exception


class _Process(Generic[Job, Result]):
    """One process at a time; where it dies over a job, the next one goes on behind that job."""

    def __init__(
        self, load: Callable[[], Callable[[Job], Result]], limits: WorkLimits, closing: Event
    ) -> None:
        self._load = load
        self._limits = limits
        self._closing = closing
        self._running: tuple[SpawnProcess, Connection] | None = None

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
            self._running = None
            process.kill()
            process.join()

    def _start(self) -> tuple[SpawnProcess, Connection]:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=_work, args=(theirs, self._load, self._limits), daemon=True)
        process.start()
        theirs.close()
        self._running = process, ours
        try:
            ready = ours.recv()
        except EOFError:
            raise WorkerFailed(
                f"a process for work {_end(process)} while it was starting; see the message above it"
            ) from None
        _result(ready)
        return self._running

    def _obituary(self, process: SpawnProcess, connection: Connection) -> str:
        connection.close()
        end = _end(process)
        if process.exitcode == -signal.SIGXCPU:
            return f"it took more than {self._limits.cpu_seconds} s of processor time"
        return f"the process that worked on it {end}"


def _end(process: SpawnProcess) -> str:
    process.join()
    code = process.exitcode or 0
    return f"was killed by signal {-code}" if code < 0 else f"ended with status {code}"


def _result(reply: "_Done[Result] | _Raised | WorkLost") -> "Result | WorkLost":
    match reply:
        case _Done(result=result):
            return result
        case _Raised(error=error):
            raise error
        case lost:
            return lost


def _work(connection: Connection, load: Callable[[], Callable[[Job], Result]], limits: WorkLimits) -> None:
    """What a process does: it answers each job of a chunk, until nobody is there any more."""
    # Ctrl+C goes to the whole group of processes; ending is the first one's to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        work = load()
    except Exception as error:  # whatever it is, the first process raises it
        connection.send(_raised(error))
        return
    _limit(resource.RLIMIT_AS, limits.memory)
    connection.send(_Done(None))
    while True:
        try:
            for job in connection.recv():
                used = resource.getrusage(resource.RUSAGE_SELF)
                _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds)
                connection.send(_answer(work, job, limits))
        except (EOFError, ConnectionError):
            return


def _answer(
    work: Callable[[Job], Result], job: Job, limits: WorkLimits
) -> "_Done[Result] | _Raised | WorkLost":
    try:
        return _Done(work(job))
    except MemoryError:
        return WorkLost(f"it needs more than {limits.memory >> 20} MiB of memory")
    except Exception as error:  # whatever it is, the first process raises it
        return _raised(error)


def _raised(error: Exception) -> _Raised:
    error.add_note("".join(traceback.format_exception(error)))
    return _Raised(error)


def _limit(kind: int, value: int) -> None:
    """Lower the soft limit, which the process may raise again; never above the hard one."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

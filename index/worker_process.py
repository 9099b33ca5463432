"""What a process for work does; `index.workers` starts it."""

import resource
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Generic, TypeVar

Job = TypeVar("Job")
Result = TypeVar("Result")


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


@dataclass(frozen=True, slots=True)
class Done(Generic[Result]):
    """What comes back for a job that was done."""

    result: Result


@dataclass(frozen=True, slots=True)
class Raised:
    """What comes back where the function, or loading it, raised an error."""

    error: Exception


@dataclass(frozen=True, slots=True)
class Assignment(Generic[Job, Result]):
    """The first message to a process: what its function is loaded by. What follows are chunks of jobs."""

    load: Callable[[], Callable[[Job], Result]]
    limits: WorkLimits


def main(descriptor: int) -> None:
    """Answer each job of each chunk, until nobody is there any more."""
    # Ctrl+C goes to the whole group of processes; ending is the first one's to decide.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with Connection(descriptor) as connection:
        try:
            # As the first process finds its modules, so does this one.
            sys.path[:] = connection.recv()
            _work(connection, connection.recv())
        except (EOFError, ConnectionError):
            return


def _work(connection: "Connection[Any, Any]", assignment: Assignment[Any, Any]) -> None:
    limits = assignment.limits
    try:
        work = assignment.load()
    except Exception as error:  # whatever it is, the first process raises it
        connection.send(_raised(error))
        return
    _limit(resource.RLIMIT_AS, limits.memory)
    connection.send(Done(None))
    while True:
        for job in connection.recv():
            used = resource.getrusage(resource.RUSAGE_SELF)
            _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + 1 + limits.cpu_seconds)
            connection.send(_answer(work, job, limits))


def _answer(
    work: Callable[[Job], Result], job: Job, limits: WorkLimits
) -> "Done[Result] | Raised | WorkLost":
    try:
        return Done(work(job))
    except MemoryError:
        return WorkLost(f"it needs more than {limits.memory >> 20} MiB of memory")
    except Exception as error:  # whatever it is, the first process raises it
        return _raised(error)


def _raised(error: Exception) -> Raised:
    error.add_note("".join(traceback.format_exception(error)))
    return Raised(error)


def _limit(kind: int, value: int) -> None:
    """Lower the soft limit, which the process may raise again; never above the hard one."""
    _, hard = resource.getrlimit(kind)
    resource.setrlimit(kind, (value if hard == resource.RLIM_INFINITY else min(value, hard), hard))

"""Work that a request starts and that may outlast it."""

import errno
import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from typing import Final

from index.corpus.errors import NoSpace
from index.errors import PolicySearchError, WriterBusy
from index.indexer import IndexingStopped
from web.admin.answers import Answer
from web.admin.errors import JobUnknown
from web.admin.replays import RequestKey
from web.errors import InternalFailure

MOST_RUNNING: Final = 4
"""Jobs that run at once: their bodies are held in memory. By hand."""
MOST_KEPT: Final = 1_000
"""Jobs that are remembered; the one that ended longest ago is forgotten first. By hand."""
STOP_S: Final = 1.0
"""How long ending waits for what runs: as long as for the index (`web.serving.keeper`)."""

_FULL: Final = frozenset({errno.ENOSPC, errno.EDQUOT})

_log = logging.getLogger(__name__)


class JobState(Enum):
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a job ended: with an answer, or with an error."""

    at: datetime
    answer: Answer | None
    error: PolicySearchError | None


class Job:
    """One piece of work: its own thread writes to it, any thread may read."""

    def __init__(
        self,
        kind: str,
        key: RequestKey | None,
        started: datetime,
        should_stop: Callable[[], bool],
        changed: "Callable[[Job], None]",
    ) -> None:
        self.id = secrets.token_hex(8)
        self.kind = kind
        self.key = key
        self.started = started
        self.done = 0
        self.total: int | None = None
        self._should_stop = should_stop
        self._changed = changed
        self._ended: Ended | None = None
        self._has_ended = threading.Event()

    def expect(self, total: int) -> None:
        """Say how much there is to do."""
        self.total = total
        self._changed(self)

    def advance(self, more: int) -> None:
        """Say that so much more is done."""
        self.done += more
        self._changed(self)

    def should_stop(self) -> bool:
        """Whether the server ends: whatever takes long asks this again and again."""
        return self._should_stop()

    @property
    def ended(self) -> Ended | None:
        """None while it runs."""
        return self._ended

    @property
    def state(self) -> JobState:
        ended = self._ended
        if ended is None:
            return JobState.RUNNING
        return JobState.DONE if ended.error is None else JobState.FAILED

    def wait(self, seconds: float) -> bool:
        """Wait until it has ended, at most so long; whether it has."""
        return self._has_ended.wait(seconds)

    def end(self, ended: Ended) -> None:
        self._ended = ended
        self._changed(self)
        self._has_ended.set()


Work = Callable[[Job], Answer]


def nobody_asks(_job: Job) -> None:
    """For jobs that nobody else is told of."""


class JobRegister:
    """Runs jobs, and remembers how they ended. Safe to share between threads."""

    def __init__(
        self,
        most_running: int = MOST_RUNNING,
        most_kept: int = MOST_KEPT,
        changed: Callable[[Job], None] = nobody_asks,
    ) -> None:
        """`changed` is told of each job whenever it is further, by the thread that works on it."""
        self._changed = changed
        self._most_running = most_running
        self._most_kept = most_kept
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._jobs: OrderedDict[str, Job] = OrderedDict()
        self._threads: dict[str, threading.Thread] = {}

    def start(self, kind: str, work: Work, key: RequestKey | None = None) -> Job:
        """Begin this work; where the same request, by its key, is at it already, that job.

        Raises WriterBusy where too much runs already, and KeyReused where another request has the key.
        """
        job = Job(kind, key, datetime.now(UTC), self._stopping.is_set, self._changed)
        thread = threading.Thread(target=self._run, args=(job, work), name=f"job-{job.id}", daemon=True)
        with self._lock:
            if key is not None and (running := self._running(key)) is not None:
                return running
            if len(self._threads) >= self._most_running or self._stopping.is_set():
                raise WriterBusy(f"{len(self._threads)} jobs run already; try again when one has ended")
            self._threads[job.id] = thread
            self._jobs[job.id] = job
        thread.start()
        return job

    def find(self, job_id: str) -> Job:
        """The job of this id. Raises JobUnknown."""
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            raise JobUnknown("no job has this id, or it ended long ago")
        return job

    def stop(self) -> None:
        """Ask all that runs to end, and wait a moment for it; what was stored stays."""
        self._stopping.set()
        with self._lock:
            running = tuple(self._threads.values())
        for thread in running:
            thread.join(STOP_S)

    def _run(self, job: Job, work: Work) -> None:
        answer, error = None, None
        try:
            answer = work(job)
        except Exception as raised:  # whatever it is, the job has failed by it and nothing else
            error = _told(raised)
            if isinstance(error, InternalFailure):
                _log.error("job %s (%s) failed", job.id, job.kind, exc_info=raised)
            else:
                _log.info("job %s (%s) failed: %s", job.id, job.kind, raised)
            _forget_where(error)
        with self._lock:
            del self._threads[job.id]
            self._jobs.move_to_end(job.id)
            self._forget()
        job.end(Ended(datetime.now(UTC), answer, error))

    def _running(self, key: RequestKey) -> Job | None:
        for job_id in self._threads:
            job = self._jobs[job_id]
            if job.key is not None and job.key.key == key.key:
                job.key.check(key)
                return job
        return None

    def _forget(self) -> None:
        for job_id in list(self._jobs)[: max(0, len(self._jobs) - self._most_kept)]:
            if job_id not in self._threads:
                del self._jobs[job_id]


def _forget_where(error: BaseException) -> None:
    """Let go of the frames that an error came through, and of the errors that it came from: it is remembered,
    and with them all that the work held would be, such as a body of 32 MiB."""
    error.__traceback__ = error.__cause__ = error.__context__ = None


def _told(raised: Exception) -> PolicySearchError:
    """The error that a caller is told of."""
    match raised:
        case IndexingStopped():
            return WriterBusy("the server was ending; send it again")
        case PolicySearchError():
            return raised
        case OSError(errno=number) if number in _FULL:
            return NoSpace("no space is left on the disk")
        case _:
            return InternalFailure()

"""Several processes that do the same work: one that dies is replaced, and all end together."""

import contextlib
import logging
import os
import select
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar, Final

from index.errors import Cause, PolicySearchError

TICK_S: Final = 0.2
"""How often the workers are looked at where no signal says that there is reason to."""
SILENCE_S: Final = 30.0
"""After so long without a sign a worker hangs. By hand: signs come every second, but none from one that was
told by somebody else to end, for the 25 s that this may take (`web.serving.stopping`)."""
RETRY_S: Final = 1.0
"""Until a worker that ended before it served is replaced: what stops it may last. By hand."""
KILLED: Final = 128 + signal.SIGTERM
"""The status of a server whose running requests were cut off, as shells have it."""

_ENDING: Final = frozenset({signal.SIGTERM, signal.SIGINT})
_WATCHED: Final = _ENDING | {signal.SIGCHLD}

_log = logging.getLogger(__name__)

Work = Callable[[Callable[[], None]], None]
"""What a worker does until SIGTERM; it calls what it is given again and again while it serves."""


class WorkerFailed(PolicySearchError):
    """The first worker was killed before it served."""

    kind: ClassVar[str] = "worker-failed"
    cause: ClassVar[Cause] = Cause.INTERNAL


def run_workers(
    number: int, work: Work, let_go: Callable[[], None], bound_s: float, silence_s: float = SILENCE_S
) -> None:
    """Do this work in so many processes until SIGTERM or SIGINT; returns in each process that has ended it.

    They are forked, so that they share what was loaded before; no thread may run yet. `let_go` is called here
    when they are told to end: what they use, such as a socket, they alone are to hold then. `bound_s` is how
    long they get to end; after it, or at a second signal, they are killed. One that has served and gives no
    sign for `silence_s` is killed too, and another takes its place. A worker lives no longer than the process
    that started it. Raises SystemExit with the status of the first worker where that does not come to serve,
    and with KILLED where one was cut off; WorkerFailed; KeyboardInterrupt after SIGINT.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _WATCHED)
    try:
        place = _Crew(number, let_go, bound_s, silence_s).keep()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    if place is not None:
        # A terminal sends it to all of a group: the process that started this one tells it when to end.
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        place.end_with_parent()
        work(place.give_sign)


@dataclass(frozen=True, slots=True)
class _Place:
    """What a worker has of the process that started it: where it gives its signs, and what is at its end when
    that process is."""

    telling: int
    life: int

    def give_sign(self) -> None:
        """It serves. Where nobody reads for long, or ever again, the signs that are there are enough."""
        with contextlib.suppress(BlockingIOError, BrokenPipeError):
            os.write(self.telling, b".")

    def end_with_parent(self) -> None:
        threading.Thread(target=self._wait_for_the_end, name="parent-watch", daemon=True).start()

    def _wait_for_the_end(self) -> None:
        os.read(self.life, 1)
        os.kill(os.getpid(), signal.SIGTERM)


@dataclass(slots=True)
class _Worker:
    """A process; `telling` is where its signs come."""

    pid: int
    telling: int
    is_ready: bool = False
    silent_s: float = 0.0

    def look(self, passed_s: float) -> None:
        """Take note of its signs, so long after the last look."""
        self.silent_s += passed_s
        if select.select([self.telling], [], [], 0)[0] and os.read(self.telling, select.PIPE_BUF):
            self.is_ready = True
            self.silent_s = 0.0

    def send(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)


@dataclass(slots=True)
class _Crew:
    """The workers of one server, as the process that starts them sees them; its signals are blocked."""

    number: int
    let_go: Callable[[], None]
    bound_s: float
    silence_s: float
    workers: list[_Worker] = field(default_factory=list)
    has_served: bool = False
    starts_after: float = 0.0
    looked_at: float = field(default_factory=time.monotonic)
    ended_by: int | None = None
    kills_after: float = 0.0
    status: int = 0

    def keep(self) -> _Place | None:
        """Start workers and replace them until all have to end; in a worker, at once, its place."""
        life, held = os.pipe()
        try:
            while self.ended_by is None or self.workers:
                while self._lacks_one():
                    place = self._start(life, held)
                    if place is not None:
                        return place
                received = signal.sigtimedwait(_WATCHED, TICK_S)
                if received is not None and received.si_signo in _ENDING:
                    self._end(received.si_signo)
                self._look()
        except BaseException:
            self._kill()
            raise
        os.close(life)
        os.close(held)
        if self.status < 0 and not self.has_served:
            raise WorkerFailed(f"the server was ended by signal {-self.status} as it started")
        if self.status:
            sys.exit(self.status)
        if self.ended_by == signal.SIGINT:
            raise KeyboardInterrupt
        return None

    def _lacks_one(self) -> bool:
        """The first one goes ahead: what is wrong is said once."""
        wanted = self.number if self.has_served else 1
        return self.ended_by is None and len(self.workers) < wanted and time.monotonic() >= self.starts_after

    def _start(self, life: int, held: int) -> _Place | None:
        reading, telling = os.pipe()
        os.set_blocking(telling, False)
        # What is still to be written would be written by both.
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid:
            os.close(telling)
            self.workers.append(_Worker(pid, reading))
            return None
        for descriptor in (held, reading, *(worker.telling for worker in self.workers)):
            os.close(descriptor)
        return _Place(telling, life)

    def _look(self) -> None:
        now = time.monotonic()
        # While this process stood still, as the whole machine may, nobody could be heard.
        passed_s, self.looked_at = min(now - self.looked_at, 2 * TICK_S), now
        for worker in tuple(self.workers):
            worker.look(passed_s)
            self.has_served = self.has_served or worker.is_ready
            pid, status = os.waitpid(worker.pid, os.WNOHANG)
            if pid:
                self.workers.remove(worker)
                os.close(worker.telling)
                self._ended(worker, os.waitstatus_to_exitcode(status))
            elif self.ended_by is None and worker.is_ready and worker.silent_s > self.silence_s:
                _log.error("worker %d has given no sign for %g s; it is killed", worker.pid, self.silence_s)
                worker.silent_s = 0.0
                worker.send(signal.SIGKILL)
        if self.ended_by is not None and time.monotonic() > self.kills_after:
            self._kill()

    def _ended(self, worker: _Worker, status: int) -> None:
        if self.ended_by is not None:
            # One that is told to end before it can take the signal is ended by it.
            if status not in {0, -signal.SIGTERM}:
                self.status = self.status or KILLED
        elif not self.has_served:
            self.status = status
            self._end(signal.SIGTERM)
        else:
            _log.error("worker %d ended with status %d; another takes its place", worker.pid, status)
            if not worker.is_ready:
                self.starts_after = time.monotonic() + RETRY_S

    def _end(self, number: int) -> None:
        if self.ended_by is not None:
            self._kill()
            return
        self.ended_by = number
        self.let_go()
        self.kills_after = time.monotonic() + self.bound_s
        for worker in self.workers:
            worker.send(signal.SIGTERM)

    def _kill(self) -> None:
        for worker in self.workers:
            with contextlib.suppress(ProcessLookupError):
                worker.send(signal.SIGKILL)

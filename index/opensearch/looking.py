"""Looking at what the cluster says of itself, beside those who can go on without."""

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from typing import Final, Generic, TypeVar

PATIENCE_SECONDS: Final = 0.1
"""How long a search waits for a look where it can go on with what was seen before: a look takes a few
milliseconds, and one that hangs must not cost the search its time."""

T = TypeVar("T")


class Looking(Generic[T]):
    """Looks in a thread of its own, one look at a time. Threads may share it."""

    def __init__(self, look: Callable[[], T]) -> None:
        self._look = look
        self._lock = threading.Lock()
        self._running: Future[T] | None = None

    def result(self) -> T:
        """What the look says that goes on now, or else a new one. Raises what it raises."""
        running, _ = self._joined()
        return running.result()

    def result_within(self, seconds: float) -> T | None:
        """The same; None where another thread waits for that look already, or it takes longer than this.

        Then it goes on, and what it raises is raised by none.
        """
        running, is_new = self._joined()
        if is_new:
            wait([running], seconds)
        return running.result() if is_new and running.done() else None

    def _joined(self) -> tuple[Future[T], bool]:
        """The look that goes on, and whether it has just begun."""
        with self._lock:
            if self._running is not None:
                return self._running, False
            self._running = running = Future[T]()
        threading.Thread(target=self._run, args=(running,), name="look at the cluster", daemon=True).start()
        return running, True

    def _run(self, running: Future[T]) -> None:
        try:
            found = self._look()
        except BaseException as error:
            # It is raised by whoever waits.
            self._end()
            running.set_exception(error)
        else:
            self._end()
            running.set_result(found)

    def _end(self) -> None:
        with self._lock:
            self._running = None

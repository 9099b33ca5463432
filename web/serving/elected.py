"""Work that one of several processes on a data folder does for all."""

from collections.abc import Callable
from pathlib import Path

from index.errors import WriterBusy
from index.writer_lock import WriterLock


class Elected:
    """Does the work in the process that got the lock first; when that ends, another one gets it."""

    def __init__(self, lock: Path, tend: Callable[[Callable[[], bool]], None]) -> None:
        self._lock = WriterLock(lock, wait=0.0)
        self._tend = tend
        self._is_elected = False

    def tend(self, should_stop: Callable[[], bool]) -> None:
        """Do the work, unless another process does. Raises LockUnusable, and what the work raises."""
        if not self._is_elected:
            try:
                self._lock.__enter__()
            except WriterBusy:
                return
            self._is_elected = True
        self._tend(should_stop)

    def close(self) -> None:
        """Leave it to another process."""
        self._lock.__exit__(None, None, None)
        self._is_elected = False

"""One writer at a time on a data folder."""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType

from index.errors import Cause, PolicySearchError, WriterBusy

POLL_SECONDS = 0.02
"""How long a waiting writer sleeps between two tries. Chosen by hand, not measured."""


class LockUnusable(PolicySearchError):
    """The file of a lock cannot be opened or locked; the message names it and the reason."""

    kind = "lock-unusable"
    cause = Cause.MISCONFIGURED


class WriterLock:
    """Holds the lock of a data folder while its `with` block runs.

    The kernel frees the lock when the process ends, however it ends; the file itself stays, since removing it
    would let two writers lock two files of the same name. It keeps out other threads of this process as well,
    and it cannot be taken twice: a nested `with` waits for itself and then fails.
    """

    __slots__ = ("_descriptor", "_path", "_wait")

    def __init__(self, path: Path, wait: float = 5.0) -> None:
        """`wait` is in seconds: how long to wait for another writer; 0 tries once."""
        self._path = path
        self._wait = wait
        self._descriptor: int | None = None

    def __enter__(self) -> "WriterLock":
        """Take the lock. Raises WriterBusy once the wait is over, and LockUnusable."""
        try:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                self._acquire(descriptor)
            except BaseException:
                os.close(descriptor)
                raise
        except OSError as error:
            raise LockUnusable(
                f"cannot lock {self._path}: {error.strerror or error}; let this user write to its folder, "
                "or name another with --data"
            ) from error
        self._descriptor = descriptor
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is not None:
            try:
                # Closing alone would leave the lock with a child process that was forked while it was held.
                fcntl.flock(descriptor, fcntl.LOCK_UN)
            finally:
                os.close(descriptor)

    def _acquire(self, descriptor: int) -> None:
        deadline = time.monotonic() + self._wait
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                left = deadline - time.monotonic()
                if left <= 0:
                    raise WriterBusy(
                        f"another process is writing to {self._path.parent} (waited {self._wait:g} s); "
                        "try again when it is done"
                    ) from error
                time.sleep(min(POLL_SECONDS, left))
            else:
                return

"""A lock whose file goes when it is let go of, for names of which there is no end."""

import fcntl
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from index.errors import WriterBusy

POLL_S: Final = 0.02
"""How long one who waits sleeps between two tries: as long as for the lock of a data folder."""


class PassingLock:
    """Held by one at a time, of all threads and processes.

    The kernel frees it when the process ends, however that ends; its file stays then, until `sweep`. A file
    that goes can be locked by one who opened it before, while another one locks the next of that name. So who
    has locked a file looks whether it is still the one of that name, and begins anew if it is not.
    """

    __slots__ = ("_descriptor", "_path")

    def __init__(self, path: Path) -> None:
        """The folder of the file has to be there."""
        self._path = path
        self._descriptor: int | None = None

    def try_take(self) -> bool:
        """Take it, unless somebody has it or looks at it just now; whether it was taken. Raises OSError."""
        while True:
            descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _is_file_of(self._path, descriptor):
                    self._descriptor = descriptor
                    return True
            except BlockingIOError:
                return False
            finally:
                if self._descriptor != descriptor:
                    os.close(descriptor)

    def take(self, gives_up: Callable[[], bool]) -> None:
        """Wait until it is taken. Raises WriterBusy once `gives_up`, and OSError."""
        while not self.try_take():
            if gives_up():
                raise WriterBusy("somebody else was still at it")
            time.sleep(POLL_S)

    def let_go(self) -> None:
        """Let others take it; nothing happens where it is not held. Raises OSError."""
        descriptor, self._descriptor = self._descriptor, None
        if descriptor is None:
            return
        try:
            # While it is locked: afterwards it might be the file of somebody else.
            self._path.unlink(missing_ok=True)
            fcntl.flock(descriptor, fcntl.LOCK_UN)
        finally:
            os.close(descriptor)

    @contextmanager
    def held(self, gives_up: Callable[[], bool]) -> Iterator[None]:
        """Hold it while the block runs. Raises what `take` raises."""
        self.take(gives_up)
        try:
            yield
        finally:
            self.let_go()


def is_held(path: Path) -> bool:
    """Whether somebody holds the lock with this file, or takes or sweeps it just now. Raises OSError."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        # Shared: of two who look at once neither takes the other for the holder.
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    finally:
        os.close(descriptor)
    return False


def sweep(path: Path) -> None:
    """Remove a file that a dead process has left; one that is held stays. Raises OSError."""
    lock = PassingLock(path)
    if lock.try_take():
        lock.let_go()


def _is_file_of(path: Path, descriptor: int) -> bool:
    with suppress(FileNotFoundError):
        return os.path.samestat(path.stat(), os.fstat(descriptor))
    return False

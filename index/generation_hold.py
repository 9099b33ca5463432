"""Who reads a generation holds its folder, so that no other process removes it meanwhile."""

import fcntl
import os
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

_OPENED: Final = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class GenerationHold:
    """Holds a folder until nobody has this any longer; the kernel lets go when the process ends, in any way.

    Any number of readers may hold one.
    """

    def __init__(self, folder: Path) -> None:
        """Waits while the folder is being removed. Raises OSError, also where there is none."""
        descriptor = os.open(folder, _OPENED)
        weakref.finalize(self, os.close, descriptor)
        fcntl.flock(descriptor, fcntl.LOCK_SH)


@contextmanager
def unheld(folder: Path) -> Iterator[bool]:
    """Whether nobody holds this folder, in this process or another; then nobody can while the block runs.

    Raises OSError.
    """
    descriptor = os.open(folder, _OPENED)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True
    finally:
        os.close(descriptor)

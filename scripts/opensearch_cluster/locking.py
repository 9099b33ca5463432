"""One command at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Hold the lock of a file, which is made with its folder; waits for whoever has it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("ab") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield

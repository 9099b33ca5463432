"""Tells whether a file is still the one that was seen."""

import os
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class FileState:
    """What changes when a file is replaced or written to; `size` in bytes."""

    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, path: Path) -> "FileState":
        """The state of the file now, links followed. Raises OSError where there is none."""
        return cls._from(path.stat())

    @classmethod
    def of_open(cls, descriptor: int) -> "FileState":
        """The state of an open file."""
        return cls._from(os.fstat(descriptor))

    @classmethod
    def _from(cls, status: os.stat_result) -> "FileState":
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)

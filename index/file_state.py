"""Tells whether a file is still the one that was seen."""

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
        status = path.stat()
        return cls(status.st_ino, status.st_size, status.st_mtime_ns)

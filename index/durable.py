"""Files that survive a power loss."""

import hashlib
import os
import tempfile
from contextlib import suppress
from pathlib import Path

TEMPORARY_SUFFIX = ".new"
"""Ends the name of a file that `write_atomic` has not finished; one left by a killed process is of no use."""


def fsync_folder(path: Path) -> None:
    """Put the names in a folder (new, renamed and removed files) on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_atomic(path: Path, data: bytes) -> None:
    """Replace a file so that after a power loss it holds all of the old bytes or all of the new ones.

    The new bytes are on the disk when this returns; the file's mode is 0600. Raises OSError and leaves
    the old file alone where writing fails. Where only the last step fails, the fsync of the folder, readers
    see the new bytes, but a power loss may still bring back the old ones.
    """
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=TEMPORARY_SUFFIX)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        # The first error is the one to report; a temporary file that stays is only untidy.
        with suppress(OSError):
            temporary.unlink()
        raise
    fsync_folder(path.parent)


def sha256_of(path: Path) -> str:
    """The sha256 of a file's bytes in lower-case hex; reads it in blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()

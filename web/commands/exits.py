"""Exit codes of the command line, and the way from an error to one."""

import errno
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from index.errors import Cause


class Exit(IntEnum):
    """0: done. 1: nothing found, or a check failed. 2: bad usage or input. 3: another writer is busy."""

    DONE = 0
    NOT_FOUND = 1
    BAD_INPUT = 2
    BUSY = 3


EXIT_OF_CAUSE: Mapping[Cause, Exit] = MappingProxyType(
    {
        Cause.BAD_INPUT: Exit.BAD_INPUT,
        Cause.NOT_FOUND: Exit.NOT_FOUND,
        Cause.BUSY: Exit.BUSY,
        Cause.MISCONFIGURED: Exit.BAD_INPUT,
        Cause.UNAVAILABLE: Exit.NOT_FOUND,
        Cause.INTERNAL: Exit.NOT_FOUND,
    }
)

_FORBIDDEN = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_SUCH_PLACE = frozenset(
    {errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ENAMETOOLONG, errno.ELOOP}
)
_FULL = frozenset({errno.ENOSPC, errno.EDQUOT})


def exit_of_system(error: OSError) -> Exit:
    """BAD_INPUT where another path or another right mends it."""
    is_callers = error.errno in _FORBIDDEN | _NO_SUCH_PLACE
    return Exit.BAD_INPUT if is_callers else Exit.NOT_FOUND


def advice_of_system(error: OSError) -> str:
    """What the system refused, and what to do about it."""
    where = "" if error.filename is None else f" ({error.filename})"
    return f"{error.strerror or error}{where}; {_advice(error.errno)}"


def _advice(number: int | None) -> str:
    if number in _FORBIDDEN:
        return "get the right to read and write there, or name another folder with --data"
    if number in _NO_SUCH_PLACE:
        return "check the path"
    if number in _FULL:
        return "make room on the disk"
    return "try again; with POLICY_SEARCH_LOG=debug the log shows where it happened"

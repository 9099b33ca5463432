"""Exit codes of the command line, and the way from an error to one."""

import errno
from collections.abc import Mapping
from enum import IntEnum
from types import MappingProxyType

from index.errors import Cause


class Exit(IntEnum):
    """The exit status of every command; `EXIT_MEANINGS` says what each tells."""

    DONE = 0
    NOT_FOUND = 1
    BAD_INPUT = 2
    BUSY = 3
    STOPPED = 130
    """As shells have it: 128 and the number of SIGINT."""


EXIT_MEANINGS: Mapping[Exit, str] = MappingProxyType(
    {
        Exit.DONE: "done",
        Exit.NOT_FOUND: "nothing found, a check failed, or what is stored cannot be used now",
        Exit.BAD_INPUT: "bad usage, input or setting; for `ingest`: a part of the input was not taken in",
        Exit.BUSY: "another process is writing; try again",
        Exit.STOPPED: "stopped by Ctrl+C",
    }
)


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

"""Exit codes of the command line, and the way from an error to one."""

from enum import IntEnum

from index.errors import Cause


class Exit(IntEnum):
    """0: done. 1: nothing found, or a check failed. 2: bad usage or input. 3: another writer is busy."""

    DONE = 0
    NOT_FOUND = 1
    BAD_INPUT = 2
    BUSY = 3


EXIT_OF_CAUSE = {
    Cause.BAD_INPUT: Exit.BAD_INPUT,
    Cause.NOT_FOUND: Exit.NOT_FOUND,
    Cause.BUSY: Exit.BUSY,
    Cause.MISCONFIGURED: Exit.BAD_INPUT,
    Cause.UNAVAILABLE: Exit.NOT_FOUND,
    Cause.INTERNAL: Exit.NOT_FOUND,
}

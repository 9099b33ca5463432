"""Memory that is free inside a process goes back to the machine."""

import ctypes
from collections.abc import Callable
from typing import Final

INTERVAL_S: Final = 30.0
"""How often. By hand: it takes some milliseconds in which nobody else gets memory."""


def give_back(_should_stop: Callable[[], bool]) -> None:
    """What the allocator keeps between what is in use, where it has a function for that: work for a keeper.

    glibc keeps what threads have freed, for they may ask for it again: a third of a server that has followed
    many commits under load (malloc_trim(3)).
    """
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(ctypes.c_size_t(0))

"""A server that ends in bounded time: what runs goes on for a while, nothing new is taken."""

import logging
import os
import signal
import socket
import threading
import time
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn

GRACEFUL_S: Final = 20
"""Seconds that running requests get to end (table of limits in the reliability plan)."""
LEAVING_S: Final = 5
"""And seconds for all that has to be closed then (the same table)."""

_log = logging.getLogger(__name__)

Again = Callable[[int], None]
"""What becomes of a second signal, by its number."""


class Stopping:
    """Whether a server has been told to stop; safe to ask from any thread."""

    def __init__(self) -> None:
        self._begun = threading.Event()

    def begin(self) -> None:
        self._begun.set()

    def has_begun(self) -> bool:
        return self._begun.is_set()


def leave_at_once(number: int) -> None:
    """End this process without another word: what was acknowledged is on the disk."""
    os._exit(128 + number)


def wait_on(_number: int) -> None:
    """Whoever started this process decides: one signal may have come on two ways."""


class GracefulServer(uvicorn.Server):
    """Stops at SIGTERM and SIGINT.

    For `delay_s` it goes on as before, but `stopping` says so: whoever spreads requests over servers has time
    to see that. Then it takes no connection any longer, and running requests get GRACEFUL_S. What is not
    through LEAVING_S after that is cut off: threads that hang cannot keep the process.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        stopping: Stopping,
        *,
        delay_s: float,
        again: Again,
        on_ready: Callable[[], None],
    ) -> None:
        """`again` is called at a second signal, `on_ready` when connections are taken."""
        super().__init__(config)
        self._stopping = stopping
        self._delay_s = delay_s
        self._again = again
        self._on_ready = on_ready
        self._exit_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._on_ready()

    async def on_tick(self, counter: int) -> bool:
        if self._exit_at is not None and time.monotonic() >= self._exit_at:
            self.should_exit = True
        return await super().on_tick(counter)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:  # noqa: ARG002 - as signals are handled
        """Taken by the main thread."""
        if self._stopping.has_begun():
            self._again(sig)
            return
        if sig == signal.SIGINT:
            # uvicorn raises it again at the end: a command that was interrupted says so by its status.
            self._captured_signals.append(sig)
        self._stopping.begin()
        self._exit_at = time.monotonic() + self._delay_s
        bound = threading.Timer(self._delay_s + GRACEFUL_S + LEAVING_S, self._cut_off, (sig,))
        bound.daemon = True
        bound.start()

    def _cut_off(self, sig: int) -> None:
        _log.error("some requests did not end in time; they are cut off")
        leave_at_once(sig)

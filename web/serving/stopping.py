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

from web.settings import StopSeconds

SIGN_TICKS: Final = 10
"""Of the ticks of uvicorn, ten a second, how many lie between two signs of life."""

ACCEPTED_AT_ONCE: Final = 1
"""Connections that a process takes before it looks at others. With asyncio's own way, all that wait, one of
two workers got 200 of 200 clients that came at one moment, with 4 up to 148, with 1 up to 131: who has many
clients refuses searches while others have room (ten trials each, 2026-11-29)."""

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

    For a while it goes on as before, but `stopping` says so: whoever spreads requests over servers has time
    to see that. Then it takes no connection any longer, and running requests may end. What is not through
    after `seconds` is cut off: threads that hang cannot keep the process.
    """

    def __init__(
        self,
        config: uvicorn.Config,
        stopping: Stopping,
        *,
        seconds: StopSeconds,
        again: Again,
        give_sign: Callable[[], None],
    ) -> None:
        """`again` is called at a second signal, `give_sign` when connections are taken and every second after
        that, by the loop that answers: from one that hangs none comes."""
        super().__init__(config)
        self._backlog = config.backlog
        config.backlog = ACCEPTED_AT_ONCE
        self._stopping = stopping
        self._seconds = seconds
        self._again = again
        self._give_sign = give_sign
        self._exit_at: float | None = None

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        for listening in sockets or ():
            # asyncio has one number for both: how many it takes at once, and how many the kernel holds.
            listening.listen(self._backlog)

    async def on_tick(self, counter: int) -> bool:
        if counter % SIGN_TICKS == 0:
            self._give_sign()
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
        self._exit_at = time.monotonic() + self._seconds.delay
        bound = threading.Timer(self._seconds.all, self._cut_off, (sig,))
        bound.daemon = True
        bound.start()

    def _cut_off(self, sig: int) -> None:
        _log.error("some requests did not end in time; they are cut off")
        leave_at_once(sig)

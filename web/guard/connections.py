"""All open connections of one process: how many there may be, and a look at their clocks twice a second."""

import asyncio
from collections import Counter
from typing import Final, Protocol

from web.errors import TooManyConnections
from web.guard.addresses import ClientNames
from web.http.limits import Limits

TICK_S: Final = 0.5
"""How late a deadline is noticed at most. By hand: the shortest of them is ten times that."""
SPARE: Final = 64
"""Connections beyond the limit that are told so; what comes on top of these is cut without an answer."""


class Timed(Protocol):
    """A connection with deadlines."""

    def keep_time(self, now: float) -> None:
        """Ends the connection if one of its deadlines is over; `now` is the time of the loop."""

    def cut(self) -> None:
        """Ends the connection at once."""


class OpenConnections:
    """Belongs to one event loop. One timer serves all connections, so that a request sets none."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self._names = ClientNames()
        self._open: dict[Timed, bytes] = {}
        self._waiting: set[Timed] = set()
        self._of_client: Counter[bytes] = Counter()
        self._tick_s = min(TICK_S, *(limit / 4 for limit in (limits.head_s, limits.body_s, limits.stall_s)))

    def add(self, connection: Timed, address: str, loop: asyncio.AbstractEventLoop) -> None:
        """Takes a connection in, which is watched from now on even where it is one too many.

        Raises TooManyConnections.
        """
        if not self._open and not self._waiting:
            loop.call_later(self._tick_s, self._look, loop)
        name = self._names.name(address) if self.limits.is_limited(address) else b""
        full = len(self._open) >= self.limits.connections
        if full or (name and self._of_client[name] >= self.limits.address_connections):
            self._refuse(connection)
        self._open[connection] = name
        self._of_client[name] += 1

    def remove(self, connection: Timed) -> None:
        """Forgets a connection that has ended."""
        self._waiting.discard(connection)
        if (name := self._open.pop(connection, None)) is not None:
            self._of_client[name] -= 1
            if not self._of_client[name]:
                del self._of_client[name]

    def _refuse(self, connection: Timed) -> None:
        if len(self._waiting) >= SPARE:
            connection.cut()
        self._waiting.add(connection)
        raise TooManyConnections("as many connections are open as there may be")

    def _look(self, loop: asyncio.AbstractEventLoop) -> None:
        now = loop.time()
        for connection in (*self._open, *self._waiting):
            connection.keep_time(now)
        if self._open or self._waiting:
            loop.call_later(self._tick_s, self._look, loop)

"""How fast each client may go on asking."""

import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

MAX_CLIENTS: Final = 10_000
"""Clients that are remembered; beyond that the one that asked longest ago is forgotten. By hand."""


class Rates:
    """A bucket of tokens for each client, as the time at which it will be full (GCRA); for one event loop."""

    def __init__(self, rate: float, burst: int, clock: Callable[[], float] = time.monotonic) -> None:
        """`rate` is in requests a second and above 0; `burst` is what may come at once."""
        self._each_s = 1 / rate
        self._burst_s = burst / rate
        self._clock = clock
        self._full_at: OrderedDict[bytes, float] = OrderedDict()

    def take(self, client: bytes) -> float:
        """Take a token of this client: 0 if there was one, else the seconds until there is one."""
        now = self._clock()
        full_at = max(self._full_at.get(client, now), now) + self._each_s
        # Numbers of this size are exact to microseconds; a burst must not end one request early by that.
        missing = full_at - now - self._burst_s
        if missing > self._each_s * 1e-6:
            return missing
        self._full_at[client] = full_at
        self._full_at.move_to_end(client)
        if len(self._full_at) > MAX_CLIENTS:
            self._full_at.popitem(last=False)
        return 0.0

"""Refuses requests of clients that ask too fast, before any work is done for them."""

import math
from typing import Final

from starlette.types import ASGIApp, Receive, Scope, Send

from web.errors import TooManyRequests
from web.guard.addresses import ClientNames
from web.guard.rates import Rates
from web.http.failures import DATA_PATHS
from web.http.headers import ADMIN_PREFIX
from web.http.limits import Limits

STATIC_PREFIX: Final = "/static/"
_READING: Final = frozenset({"GET", "HEAD", "OPTIONS"})


class RateLimit:
    """Lets a request through if its client may ask now; else raises TooManyRequests.

    Files in memory and the state of the server are for all. Changes count by the token that they show, all
    else by the address that asks.
    """

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app = app
        self._limits = limits
        self._names = ClientNames()
        self._searches = _rates(limits.searches_a_second, limits.search_burst)
        self._batches = _rates(limits.batches_a_second, limits.batch_burst)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._check(scope)
        await self.app(scope, receive, send)

    def _check(self, scope: Scope) -> None:
        path: str = scope["path"]
        client = scope.get("client")
        address = "" if client is None else client[0]
        if path.startswith(STATIC_PREFIX) or path in DATA_PATHS or not self._limits.is_limited(address):
            return
        if path.startswith(ADMIN_PREFIX) and scope["method"] not in _READING:
            rates, who = self._batches, _token(scope)
        else:
            rates, who = self._searches, address
        if rates is not None and (wait_s := rates.take(self._names.name(who))):
            raise TooManyRequests(math.ceil(wait_s))


def _rates(rate: float, burst: int) -> Rates | None:
    return Rates(rate, burst) if rate else None


def _token(scope: Scope) -> str:
    """What the request shows as its token; what shows none is one client."""
    return next((value.decode("latin-1") for name, value in scope["headers"] if name == b"authorization"), "")

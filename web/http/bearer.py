"""Lets requests pass that show the admin token, and slows down whoever guesses it."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

from starlette.requests import Request

from web.errors import TokenNeeded, TooManyWrongTokens, WrongToken
from web.guard.addresses import ClientNames
from web.http.admin_token import AdminToken
from web.http.limits import MAX_WRONG

WINDOW_S: Final = 60.0
"""The seconds in which an address may show so many wrong tokens (API contract)."""
MAX_ADDRESSES: Final = 1_000
"""Addresses that are remembered; beyond that the one that was wrong longest ago is forgotten. By hand."""


class BearerCheck:
    """Checks tokens; for one event loop, or one thread.

    An address that has shown too many wrong tokens is refused before its token is looked at: else every
    guess would still get its answer.
    """

    def __init__(
        self, token: AdminToken, clock: Callable[[], float] = time.monotonic, *, most_wrong: int = MAX_WRONG
    ) -> None:
        """`most_wrong` is the share that this process has of what an address may show."""
        self._token = token
        self._most_wrong = most_wrong
        self._clock = clock
        self._names = ClientNames(clock)
        self._wrong: OrderedDict[bytes, deque[float]] = OrderedDict()

    def admit(self, request: Request) -> None:
        """Return if the request shows the token. Raises TokenNeeded, WrongToken and TooManyWrongTokens."""
        written = request.headers.getlist("authorization")
        scheme, _, given = written[0].partition(" ") if len(written) == 1 else ("", "", "")
        if scheme.lower() != "bearer" or not given.strip():
            raise TokenNeeded("send `Authorization: Bearer` with the token behind it, once")
        self.admit_token(given.strip(), "" if request.client is None else request.client.host)

    def admit_token(self, given: str, address: str) -> None:
        """Return if this is the token. Raises WrongToken and TooManyWrongTokens."""
        now, client = self._clock(), self._names.name(address)
        wrong = self._wrong.get(client, deque())
        while wrong and wrong[0] <= now - WINDOW_S:
            wrong.popleft()
        if len(wrong) >= self._most_wrong:
            raise TooManyWrongTokens(math.ceil(wrong[0] + WINDOW_S - now))
        if self._token.matches(given):
            return
        wrong.append(now)
        self._wrong[client] = wrong
        self._wrong.move_to_end(client)
        if len(self._wrong) > MAX_ADDRESSES:
            self._wrong.popitem(last=False)
        raise WrongToken("this is not the token")

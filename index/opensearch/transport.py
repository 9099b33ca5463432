"""How requests are sent: within their time, whatever nodes are tried, and past nodes that hang."""

import time
from collections.abc import Collection, Mapping, Sequence
from math import inf
from typing import Any, Final

from opensearchpy import Connection, RoundRobinSelector, Transport, Urllib3HttpConnection
from opensearchpy.exceptions import ConnectionTimeout
from urllib3 import Timeout

AVOIDED_SECONDS: Final = 10.0
"""How long a node that took a request and did not answer is passed over, where others answer. The client does
so by itself with nodes that take no connections, and goes on asking one that hangs."""

_LEAST: Final = 0.001
"""Seconds of a try whose time is over already: none at all would mean no limit."""


class TimeLeft(Timeout):
    """So many seconds from now on, for all tries of a request together.

    The client would give each node that it tries the whole time, for connecting and for answering each. A
    node that cannot be connected to costs half of what is left, so that another one has the rest.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(total=seconds)
        self._end = time.monotonic() + seconds

    def clone(self) -> Timeout:
        """What one try has, which begins now."""
        left = max(_LEAST, self._end - time.monotonic())
        return Timeout(connect=left / 2, total=left)


class Node(Urllib3HttpConnection):
    """The connections to one node."""

    _avoided_until: float = -inf

    @property
    def answers(self) -> bool:
        """False for a while after it did not answer in time."""
        return time.monotonic() >= self._avoided_until

    def perform_request(self, *args: Any, **kwargs: Any) -> Any:
        """As the client calls it."""
        try:
            return super().perform_request(*args, **kwargs)
        except ConnectionTimeout:
            self._avoided_until = time.monotonic() + AVOIDED_SECONDS
            raise


class AnsweringFirst(RoundRobinSelector):
    """Chooses nodes in turn, those that answer if there are any."""

    def select(self, connections: Sequence[Connection]) -> Any:
        """One of these, which are at least one."""
        answering = [one for one in connections if isinstance(one, Node) and one.answers]
        return super().select(answering or connections)


class BoundedTransport(Transport):
    """Gives each request its time: `request_timeout` in seconds, or that of the client's settings."""

    def perform_request(  # noqa: PLR0917 - the client's
        self,
        method: str,
        url: str,
        params: Mapping[str, Any] | None = None,
        body: Any = None,
        timeout: float | None = None,
        ignore: Collection[int] = (),
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """As the client calls it."""
        sent = dict(params or {})
        seconds = timeout or sent.pop("request_timeout", None) or self.kwargs["timeout"]
        left: Any = TimeLeft(seconds)
        return super().perform_request(method, url, sent, body, left, ignore, headers)

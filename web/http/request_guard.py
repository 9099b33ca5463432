"""Refuses requests that are too long or meant for another host, before anything else looks at them."""

import re

from starlette.types import ASGIApp, Receive, Scope, Send

from web.errors import MalformedRequest, TargetTooLong, UnknownHost
from web.http.limits import MAX_TARGET
from web.settings import HOST_NAME, WebSettings

_HOST = re.compile(rf"({HOST_NAME})(?::[0-9]{{1,5}})?".encode("ascii"))


class RequestGuard:
    """Lets a request through if its target and its Host header are in order; else raises."""

    def __init__(self, app: ASGIApp, settings: WebSettings) -> None:
        self.app = app
        self._hosts = frozenset(host.lower().encode("ascii") for host in settings.hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            self._check_target(scope)
            self._check_host(scope)
        await self.app(scope, receive, send)

    def _check_target(self, scope: Scope) -> None:
        path = scope.get("raw_path") or scope["path"].encode()
        query = scope["query_string"]
        if len(path) + len(query) + bool(query) > MAX_TARGET:
            raise TargetTooLong(f"the target of a request has at most {MAX_TARGET} bytes; use POST")

    def _check_host(self, scope: Scope) -> None:
        hosts = [value for name, value in scope["headers"] if name == b"host"]
        if len(hosts) != 1 or not (written := _HOST.fullmatch(hosts[0])):
            raise MalformedRequest("a request has exactly one Host header, with a host name in it")
        if self._hosts and written.group(1).lower() not in self._hosts:
            raise UnknownHost("add the name to the configured hosts if it is yours")

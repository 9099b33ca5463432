"""Posts to a webhook: one connection, to an address that was looked at before, and no redirect."""

import socket
import ssl
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Final, Protocol

import h11

from web.saved.webhooks.target import Target, WebhookRules

TIME_S: Final = 10.0
"""From looking up the name to the head of the answer, all addresses together. By hand on 2026-11-28."""
MAX_HEAD: Final = 64 * 1024
"""Bytes of an answer that are read at most (reliability plan); its body is not read at all."""
CHUNK: Final = 8 * 1024
USER_AGENT: Final = "policy-search"


class AddressRefused(Exception):
    """The host has an address that may not be connected to."""


class Unreachable(Exception):
    """There is no such host, no connection, no secure one, or no answer in time; the text says which."""


class Resolver(Protocol):
    """Looks up the addresses of a host."""

    def __call__(self, host: str, port: int, /) -> Sequence[str]:
        """All of its IP addresses. Raises OSError where it has none."""
        ...


def resolve(host: str, port: int) -> Sequence[str]:
    """Its addresses as the system knows them, each once, in the order in which to try them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return tuple(dict.fromkeys(str(address[0]) for _, _, _, _, address in found))


@dataclass(frozen=True, slots=True, kw_only=True)
class Poster:
    """Posts bodies of JSON to webhooks; threads may share it.

    The host is looked up once. Each of its addresses has to be allowed, and the connection goes to one of
    these very addresses, so that another answer of the name server changes nothing. A certificate has to be
    valid for the host. Proxies that the system may know are passed over: they would look up the host anew.
    """

    rules: WebhookRules
    resolver: Resolver = resolve
    time_s: float = TIME_S
    clock: Callable[[], float] = time.monotonic
    tls: Callable[[], ssl.SSLContext] = ssl.create_default_context

    def post(self, target: Target, body: bytes, headers: Mapping[str, str]) -> int:
        """The status that the webhook answers. Raises AddressRefused and Unreachable."""
        end = self.clock() + self.time_s
        addresses = self._addresses(target)
        try:
            with closing(self._connected(target, addresses, end)) as connection:
                return self._exchange(connection, target, body, headers, end)
        except (OSError, h11.ProtocolError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error

    def _addresses(self, target: Target) -> Sequence[str]:
        try:
            addresses = self.resolver(target.host, target.port)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{target.host} cannot be looked up: {error}") from error
        for address in addresses:
            if not self.rules.is_allowed(address):
                raise AddressRefused(f"{target.host} is {address}, which is no public address")
        return addresses

    def _connected(self, target: Target, addresses: Sequence[str], end: float) -> socket.socket:
        """A connection to the first of the addresses that takes one."""
        failure = OSError(f"{target.host} has no address")
        for address in addresses:
            try:
                plain = socket.create_connection((address, target.port), timeout=self._left(end))
            except OSError as error:
                failure = error
            else:
                return self._secured(plain, target, end)
        raise failure

    def _secured(self, plain: socket.socket, target: Target, end: float) -> socket.socket:
        if target.scheme == "http":
            return plain
        try:
            plain.settimeout(self._left(end))
            return self.tls().wrap_socket(plain, server_hostname=target.host)
        except BaseException:
            plain.close()
            raise

    def _exchange(
        self,
        connection: socket.socket,
        target: Target,
        body: bytes,
        headers: Mapping[str, str],
        end: float,
    ) -> int:
        http = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
        lines = {
            "Host": target.authority,
            "User-Agent": USER_AGENT,
            "Content-Type": "application/json",
            "Content-Length": str(len(body)),
            "Connection": "close",
            **headers,
        }
        request = h11.Request(method="POST", target=target.path, headers=list(lines.items()))
        connection.settimeout(self._left(end))
        events = (request, h11.Data(body), h11.EndOfMessage())
        connection.sendall(b"".join(data for event in events if (data := http.send(event))))
        return self._status(connection, http, end)

    def _status(self, connection: socket.socket, http: h11.Connection, end: float) -> int:
        read = 0
        while True:
            event = http.next_event()
            if isinstance(event, h11.Response):
                return event.status_code
            if event is h11.NEED_DATA:
                connection.settimeout(self._left(end))
                data = connection.recv(CHUNK)
                read += len(data)
                if read > MAX_HEAD:
                    raise h11.RemoteProtocolError(f"the head of the answer has more than {MAX_HEAD} bytes")
                http.receive_data(data)
            elif not isinstance(event, h11.InformationalResponse):
                raise h11.RemoteProtocolError("the connection was closed without an answer")

    def _left(self, end: float) -> float:
        """Seconds until then. Raises TimeoutError where none is left."""
        left = end - self.clock()
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left

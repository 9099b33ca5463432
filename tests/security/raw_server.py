"""A server on a port of its own, and clients that write to it byte by byte."""

import asyncio
import re
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from tests.waiting import WAIT_S, wait_for
from web.commands.serving import listen

CHUNK = b"x" * 65_536


@dataclass(slots=True)
class Recorder:
    """An application that notes what it was asked, reads the body and answers `ok`.

    The answer of `/large` goes on until the client has left, which is noted in `ended`.
    """

    asked: list[str] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        self.asked.append(f"{scope['method']} {scope['path']}")
        size, more = 0, True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            size += len(message.get("body", b""))
            more = message.get("more_body", False)
        self.bodies.append(size)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"x-from", b"application")]})
        while scope["path"] == "/large":
            await send({"type": "http.response.body", "body": CHUNK, "more_body": True})
            await asyncio.sleep(0)
            if await _has_left(receive):
                self.ended.append(scope["path"])
                return
        await send({"type": "http.response.body", "body": b"ok"})


async def _has_left(receive: Receive) -> bool:
    try:
        message = await asyncio.wait_for(receive(), 0.001)
    except TimeoutError:
        return False
    return bool(message["type"] == "http.disconnect")


@contextmanager
def serving(app: ASGIApp, http: type[asyncio.Protocol] | str) -> Iterator[int]:
    """The port of a server with this protocol, which runs in a thread until the end of the block."""
    with listen("127.0.0.1", 0) as listening:
        port: int = listening.getsockname()[1]
        config = uvicorn.Config(
            app, http=http, ws="none", lifespan="off", server_header=False, log_config=None, access_log=False
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            wait_for(lambda: server.started)
            yield port
        finally:
            server.should_exit = True
            server.force_exit = True
            thread.join(WAIT_S)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), timeout=WAIT_S)


def until_closed(client: socket.socket) -> bytes:
    """All that comes until the server ends the connection; fails where it stays open."""
    received = bytearray()
    try:
        while block := client.recv(65_536):
            received += block
    except ConnectionError:
        pass
    return bytes(received)


def exchange(port: int, sent: bytes) -> bytes:
    """What the server says to these bytes; it has to end the connection by itself."""
    with connect(port) as client:
        with suppress(ConnectionError):
            client.sendall(sent)
        return until_closed(client)


def statuses(answers: bytes) -> list[int]:
    """The statuses of all answers in these bytes, in their order."""
    return [int(status) for status in re.findall(rb"HTTP/1\.1 ([0-9]{3}) ", answers)]

"""Proxies in front of a node: one that can be cut or go dead, and one that lets only some pass."""

import base64
import json
import selectors
import socket
import ssl
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final
from urllib.parse import urlsplit

LOOK_S: Final = 0.05
BLOCK: Final = 65_536


class Line:
    """A way to a node that can be cut, and that can go dead: taking all, and saying nothing.

    Speaks TCP alone. What is open when it is cut is cut too; what is open when it goes dead stays so.
    """

    def __init__(self, node: str) -> None:
        """`node` is the address of the node, `http://HOST:PORT`."""
        parts = urlsplit(node)
        assert parts.hostname is not None
        assert parts.port is not None
        self._node = parts.hostname, parts.port
        self._closing = threading.Event()
        self._dead = threading.Event()
        self._listening: socket.socket | None = None
        self._open: set[socket.socket] = set()
        self._port = 0
        self.restore()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def cut(self) -> None:
        """Nobody listens any longer, and what is open is closed."""
        if self._listening is not None:
            # Closing alone would leave it listening, as long as a thread waits for it.
            self._listening.shutdown(socket.SHUT_RDWR)
            self._listening.close()
            self._listening = None
        for one in tuple(self._open):
            with suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def go_dead(self) -> None:
        """Take connections and what comes over them, and say nothing."""
        self._dead.set()

    def restore(self) -> None:
        """As at the beginning, at the same address; what went dead is closed."""
        self.cut()
        self._dead.clear()
        listening = socket.create_server(("127.0.0.1", self._port))
        self._port = listening.getsockname()[1]
        self._listening = listening
        threading.Thread(target=self._accept, args=(listening,), daemon=True).start()

    def close(self) -> None:
        self._closing.set()
        self.cut()

    def _accept(self, listening: socket.socket) -> None:
        while True:
            try:
                asking, _ = listening.accept()
            except OSError:
                return
            threading.Thread(target=self._carry, args=(asking,), daemon=True).start()

    def _carry(self, asking: socket.socket) -> None:
        with asking, socket.create_connection(self._node) as node, selectors.DefaultSelector() as both:
            self._open |= {asking, node}
            both.register(asking, selectors.EVENT_READ, node)
            both.register(node, selectors.EVENT_READ, asking)
            with suppress(OSError):
                while self._carry_some(both):
                    pass
            self._open -= {asking, node}

    def _carry_some(self, both: selectors.BaseSelector) -> bool:
        """False once one side has ended."""
        for key, _ in both.select(LOOK_S):
            if self._dead.is_set():
                break
            source, target = key.fileobj, key.data
            assert isinstance(source, socket.socket)
            data = source.recv(BLOCK)
            if not data:
                return False
            target.sendall(data)
        if self._dead.is_set():
            self._closing.wait(LOOK_S)
        return not self._closing.is_set()


@contextmanager
def line_to(node: str) -> Iterator[Line]:
    line = Line(node)
    try:
        yield line
    finally:
        line.close()


Forbidden = Callable[[str, str], bool]
"""Whether a request with this method and path is refused."""


@contextmanager
def door_to(
    node: str,
    *,
    login: tuple[str, str] | None = None,
    forbidden: Forbidden = lambda _method, _path: False,
    certificate: ssl.SSLContext | None = None,
) -> Iterator[str]:
    """The address of a proxy that speaks HTTP, with TLS where there is a certificate: it answers 401 to those
    who do not log in, and 403 to what is forbidden, as the cluster's own security does; all else passes."""

    class Door(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if login is not None and self.headers.get("Authorization") != _basic(login):
                self._answer(401, b"Unauthorized")
            elif forbidden(self.command, self.path):
                said = {"type": "security_exception", "reason": f"no permissions for [{self.command}]"}
                self._answer(403, json.dumps({"error": said, "status": 403}).encode())
            else:
                self._pass_on(body)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - called so by the server

        def _pass_on(self, body: bytes) -> None:
            headers = {"Content-Type": self.headers.get("Content-Type", "application/json")}
            request = urllib.request.Request(
                f"{node}{self.path}", data=body or None, headers=headers, method=self.command
            )
            try:
                with urllib.request.urlopen(request, timeout=60) as answer:
                    self._answer(answer.status, answer.read())
            except urllib.error.HTTPError as error:
                self._answer(error.code, error.read())

        def _answer(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - called so by the server
            """Tests say what they want to know."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Door)
    server.daemon_threads = True
    if certificate is not None:
        server.socket = certificate.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": LOOK_S}, daemon=True)
    thread.start()
    try:
        yield f"http{'' if certificate is None else 's'}://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def _basic(login: tuple[str, str]) -> str:
    return f"Basic {base64.b64encode(':'.join(login).encode()).decode()}"

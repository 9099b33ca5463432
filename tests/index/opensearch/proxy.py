"""A real HTTP server between client and cluster, which may answer in the cluster's place or not at all."""

import http.client
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

ANSWER_S = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """A request of the client."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What it gets."""

    status: int
    body: bytes
    content_type: str = "application/json"


Cluster = Callable[[], Answer]
"""Has the cluster do what was asked for."""

Behaviour = Callable[[Asked, Cluster], Answer | None]
"""What is answered; None: the connection is cut without an answer."""


def honest(_: Asked, cluster: Cluster) -> Answer:
    """What the cluster answers."""
    return cluster()


@dataclass(slots=True)
class Proxy:
    """An address that leads to a node; `behaviour` can be changed at any time."""

    node: str
    behaviour: Behaviour = honest
    url: str = ""
    asked: list[Asked] = field(default_factory=list)

    def paths(self, method: str) -> list[str]:
        """Of all requests with this method so far, without parameters."""
        return [urlsplit(asked.path).path for asked in self.asked if asked.method == method]


@contextmanager
def proxy_to(node: str, behaviour: Behaviour = honest, tls: ssl.SSLContext | None = None) -> Iterator[Proxy]:
    """A proxy on a free port of this machine, by TLS where there is a context for it."""
    proxy = Proxy(node, behaviour)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("content-length") or 0))
            asked = Asked(self.command, self.path, dict(self.headers), body)
            proxy.asked.append(asked)
            answer = proxy.behaviour(asked, lambda: forwarded(node, asked))
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer.status)
            self.send_header("content-type", answer.content_type)
            self.send_header("content-length", str(len(answer.body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(answer.body)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    scheme = "http"
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
        scheme = "https"
    proxy.url = f"{scheme}://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def forwarded(node: str, asked: Asked) -> Answer:
    """What the node answers."""
    connection = http.client.HTTPConnection(urlsplit(node).netloc, timeout=ANSWER_S)
    try:
        kept = {
            name: value
            for name, value in asked.headers.items()
            if name.lower() in {"content-type", "accept", "content-encoding"}
        }
        connection.request(asked.method, asked.path, asked.body or None, kept)
        answer = connection.getresponse()
        content_type = answer.headers.get("content-type") or "application/json"
        return Answer(answer.status, answer.read(), content_type)
    finally:
        connection.close()

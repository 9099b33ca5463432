"""A webhook on this machine: takes what is posted to it, and answers as it is told."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from re import compile as pattern
from typing import Final

from web.saved.webhooks.target import WebhookRules

LOCAL: Final = WebhookRules(
    schemes=frozenset({"http", "https"}),
    is_port=lambda _: True,
    host=pattern("localhost|[a-z.]+"),
    is_allowed=lambda address: address == "127.0.0.1",
)
"""The seam of the tests: this machine is allowed, and nothing else."""


@dataclass(frozen=True, slots=True)
class Posted:
    """A request as it came; the names of headers in lower case."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass(slots=True)
class Receiver:
    """`answers` are the statuses to answer with in turn, the last one for ever, each after `pause_s`."""

    port: int = 0
    answers: list[int] = field(default_factory=lambda: [204])
    pause_s: float = 0.0
    posted: list[Posted] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}/hook?x=1"


@contextmanager
def receiving() -> Iterator[Receiver]:
    """A receiver that listens on 127.0.0.1 meanwhile."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            receiver.posted.append(Posted(self.path, headers, body))
            time.sleep(receiver.pause_s)
            answers = receiver.answers
            self.send_response(answers.pop(0) if len(answers) > 1 else answers[0])
            self.send_header("Location", f"http://localhost:{receiver.port}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815 - the name that the library looks for

        def log_message(self, *_arguments: object) -> None:
            """Nothing is logged."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()

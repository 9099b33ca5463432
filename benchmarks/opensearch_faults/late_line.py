"""A way to a node that keeps the batches of changes that pass, and can bring them once more."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Final

Rewrite = Callable[[bytes], bytes]
"""What becomes of the body of a batch on its way."""

ANSWER_S: Final = 60.0
_open = urllib.request.build_opener(urllib.request.ProxyHandler({})).open


@dataclass(slots=True)
class LateLine:
    """Batches that went to a write alias, in their order."""

    node: str
    url: str = ""
    batches: list[tuple[str, bytes]] = field(default_factory=list)

    def bring_again(self, number: int) -> None:
        """Send the batch of this number, from 0, once more, as it went to the node."""
        path, body = self.batches[number]
        status, said = sent(self.node, "POST", path, body)
        if status != 200:
            raise RuntimeError(f"{path} was answered with {status}: {said[:500]!r}")


def as_sent(batch: bytes) -> bytes:
    """The batch as it is."""
    return batch


def without_versions(batch: bytes) -> bytes:
    """The batch of a writer that leaves it to the cluster to number the states of an article."""
    lines = iter(batch.splitlines())
    kept: list[bytes] = []
    for line in lines:
        ((verb, target),) = json.loads(line).items()
        kept.append(json.dumps({verb: {"_id": target["_id"]}}).encode())
        if verb != "delete":
            kept.append(next(lines))
    return b"".join(line + b"\n" for line in kept)


@contextmanager
def late_line(node: str, alias: str, rewrite: Rewrite) -> Iterator[LateLine]:
    """A proxy before a node, until the end of the block; rewrites and keeps what goes to this write alias."""
    line = LateLine(node)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            path = self.path.partition("?")[0]
            if path == f"/{alias}/_bulk":
                body = rewrite(body)
                line.batches.append((self.path, body))
            status, said = sent(node, self.command, self.path, body)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = handle_any  # noqa: N815 - called so by the server

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - called so by the server
            """The report says what came of it."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    line.url = f"http://127.0.0.1:{server.server_address[1]}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield line
    finally:
        server.shutdown()
        server.server_close()


def sent(node: str, method: str, path: str, body: bytes) -> tuple[int, bytes]:
    """Status and body of the node's answer."""
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{node}{path}", data=body or None, headers=headers, method=method)  # noqa: S310 - our own
    try:
        with _open(request, timeout=ANSWER_S) as answer:
            return int(answer.status), answer.read()
    except urllib.error.HTTPError as error:
        return error.code, error.read()

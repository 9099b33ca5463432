"""Requests end in their time, whatever nodes do, and go past nodes that hang."""

import socket
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

import pytest
from opensearchpy import OpenSearch, RoundRobinSelector, Transport
from opensearchpy.exceptions import ConnectionError as ConnectionFailed
from opensearchpy.exceptions import ConnectionTimeout

from index.opensearch import connection
from index.opensearch.connection import OpenSearchSettings, connect

SECONDS: Final = 1.5
"""Of a request."""

LATE: Final = 1.0
"""Seconds that a machine with much to do may need on top: less than a second node would be given."""


class Answering(BaseHTTPRequestHandler):
    """Says that all is well."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, format: str, *_arguments: object) -> None:  # noqa: A002 - the library's name
        """Not a word."""


@contextmanager
def answering() -> Iterator[int]:
    """The port of a node that answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@contextmanager
def hanging() -> Iterator[int]:
    """The port of a node that takes requests and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@contextmanager
def cut_off() -> Iterator[int]:
    """The port of a node to which no connection comes about: what is sent there is dropped."""
    with ExitStack() as opened:
        server = opened.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(8):  # more than the system lets wait for the server to take them
            waiting = opened.enter_context(socket.socket())
            waiting.settimeout(0)
            waiting.connect_ex(server.getsockname())
        yield server.getsockname()[1]


def client_of(ports: Sequence[int]) -> OpenSearch:
    urls = tuple(f"http://127.0.0.1:{port}" for port in ports)
    return connect(OpenSearchSettings(urls=urls, timeout=SECONDS))


def seconds_of_failure(client: OpenSearch, **request: Any) -> float:
    began = time.monotonic()
    with pytest.raises(ConnectionFailed):
        client.info(**request)
    return time.monotonic() - began


@pytest.mark.parametrize("node", [hanging, cut_off])
@pytest.mark.parametrize("request_", [{}, {"request_timeout": SECONDS}], ids=["of-settings", "of-its-own"])
def test_a_request_has_its_time_once_for_all_nodes(node: Any, request_: Mapping[str, float]) -> None:
    with ExitStack() as nodes:
        client = client_of([nodes.enter_context(node()) for _ in range(3)])
        assert seconds_of_failure(client, **request_) < SECONDS + LATE


def test_the_client_alone_gives_it_to_each_node(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "BoundedTransport", Transport)
    with ExitStack() as nodes:
        client = client_of([nodes.enter_context(cut_off()) for _ in range(3)])
        assert seconds_of_failure(client) >= 3 * SECONDS


def test_a_node_that_is_cut_off_leaves_another_one_time_to_answer() -> None:
    for _ in range(4):  # in which order they are tried is random
        with cut_off() as dead, answering() as alive, closing(client_of([dead, alive])) as client:
            began = time.monotonic()
            assert client.info() == {}
            assert time.monotonic() - began < SECONDS + LATE


def failures(ports: Sequence[int], requests: int) -> int:
    """Of so many requests, one after the other."""
    failed = 0
    with closing(client_of(ports)) as client:
        for _ in range(requests):
            try:
                client.info(request_timeout=0.2)
            except ConnectionTimeout:
                failed += 1
    return failed


def test_a_node_that_hangs_is_passed_over_while_another_one_answers() -> None:
    with hanging() as dead, answering() as alive:
        assert failures([dead, alive], 6) == 1


def test_the_client_alone_goes_on_asking_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "AnsweringFirst", RoundRobinSelector)
    with hanging() as dead, answering() as alive:
        assert failures([dead, alive], 6) == 3


def test_nodes_that_all_hang_are_asked_all_the_same() -> None:
    with hanging() as one, hanging() as other:
        assert failures([one, other], 3) == 3

"""P11: a server that is told to stop answers what it has taken, then ends; told again, it ends at once."""

import http.client
import json
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.processes import run_json
from tests.reliability.worker_processes import (
    ADMIN,
    AUTHORIZATION,
    WorkerServer,
    worker_server,
)
from tests.waiting import WAIT_S, wait_for

pytestmark = pytest.mark.slow

ARTICLE = json.dumps({"title": "杭州推进协同创新"}).encode()


@pytest.fixture(params=[1, 2], ids=["one process", "two workers"])
def server(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[WorkerServer]:
    with worker_server(tmp_path / "data", request.param) as running:
        yield running


@contextmanager
def half_sent(server: WorkerServer) -> Iterator[socket.socket]:
    """A request that a worker has begun to read, and whose second half is still to come."""
    with server.connection(server.workers()[0]) as connection:
        connection.putrequest("PUT", f"{ADMIN}articles/a1")
        for name, value in AUTHORIZATION.items():
            connection.putheader(name, value)
        connection.putheader("Content-Type", "application/json")
        connection.putheader("Content-Length", str(len(ARTICLE)))
        # The server says that it wants the body once the application reads it.
        connection.putheader("Expect", "100-continue")
        connection.endheaders()
        sock = connection.sock
        assert b" 100 " in sock.recv(1_000)
        sock.sendall(ARTICLE[:10])
        yield sock


def takes_connections(server: WorkerServer) -> bool:
    try:
        socket.create_connection(("127.0.0.1", server.port), timeout=WAIT_S).close()
    except ConnectionRefusedError:
        return False
    return True


def answer_of(sock: socket.socket) -> int | None:
    """The status of the answer; None where the connection ends without one."""
    answer = http.client.HTTPResponse(sock)
    try:
        answer.begin()
    except (http.client.HTTPException, ConnectionError):
        return None
    return answer.status


def test_what_was_taken_is_answered(server: WorkerServer, tmp_path: Path) -> None:
    with half_sent(server) as sock:
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not takes_connections(server))
        sock.sendall(ARTICLE[10:])
        assert answer_of(sock) == 201
    assert server.process.wait(WAIT_S) == 0
    assert run_json(tmp_path / "data", "stats")["articles"] == 1


def test_told_twice_it_ends_at_once(server: WorkerServer, tmp_path: Path) -> None:
    """The control of the test before: what was not waited for has no answer. Nothing is half stored."""
    with half_sent(server) as sock:
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: not takes_connections(server))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(WAIT_S) == 128 + signal.SIGTERM
        assert answer_of(sock) is None
    assert run_json(tmp_path / "data", "stats")["articles"] == 0


@pytest.mark.parametrize("number", [1, 2], ids=["one process", "two workers"])
def test_before_it_stops_it_says_so_and_still_answers(tmp_path: Path, number: int) -> None:
    with worker_server(tmp_path / "data", number, POLICY_SEARCH_STOP_DELAY="60") as server:
        worker = server.workers()[0]
        server.process.send_signal(signal.SIGTERM)
        wait_for(lambda: server.ask(worker, "GET", "/readyz")[0] == 503)
        status, told = server.ask(worker, "GET", "/readyz")
        assert (status, told["ready"], told["reasons"]) == (503, False, ["the server is stopping"])
        assert server.total(worker, "协同创新") == 0
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(WAIT_S) == 128 + signal.SIGTERM


def test_without_time_for_what_runs_it_is_not_answered(tmp_path: Path) -> None:
    """The other control of the first test."""
    settings = {"POLICY_SEARCH_STOP_RUNNING": "0"}
    with worker_server(tmp_path / "data", 1, **settings) as server, half_sent(server) as sock:
        server.process.send_signal(signal.SIGTERM)
        server.process.wait(WAIT_S)
        assert answer_of(sock) != 201
    assert run_json(tmp_path / "data", "stats")["articles"] == 0

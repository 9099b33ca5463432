"""P11: whatever clients, jobs and workers do, a server that is told to stop ends in bounded time.

The bounds are short ones here. The controls are servers in which one of them never comes.
"""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Final

import pytest

from tests.processes import run, run_json
from tests.reliability.export_clients import begun, rest_of, rows
from tests.reliability.made_articles import EVERYWHERE, made_folder
from tests.reliability.worker_processes import ADMIN, TOKEN, WorkerServer, changed_server, worker_server
from tests.security.raw_server import connect
from tests.waiting import WAIT_S, wait_for
from web.serving.workers import KILLED
from web.settings import StopSeconds

pytestmark = pytest.mark.slow

ARTICLES: Final = 150
SENTENCES: Final = 4
RULED: Final = "—" * 40_000
"""Behind each text: a file of all articles is far larger than what the kernel keeps for a client."""
PATIENT: Final = {"POLICY_SEARCH_STALL_S": "600", "POLICY_SEARCH_BODY_S": "600"}
"""No client is ended but by the end of the server."""
RUNNING_S: Final = StopSeconds().running
GRACEFUL: Final = 2
LEAVING: Final = 2
SPARE: Final = 2
LATE_S: Final = 15.0
"""How much later than it should a busy machine may end a process."""
NEVER: Final = 3_600
ALL: Final = (1, 2)

HANGING: Final = """
import time
from web.serving.keeper import IndexKeeper
IndexKeeper.stop = lambda self: time.sleep(3600)
"""
"""When all is answered, something does not let go of the process."""

Stuck = Callable[[WorkerServer], AbstractContextManager[object]]


def within(graceful: int = GRACEFUL, leaving: int = LEAVING) -> dict[str, str]:
    """The settings for these bounds, in seconds: of running requests, and of closing."""
    return {"POLICY_SEARCH_STOP_RUNNING": str(graceful), "POLICY_SEARCH_STOP_CLOSING": str(leaving)}


def waiting(spare: int) -> str:
    """A program in which the process that waits for workers waits so many seconds longer than they may."""
    return f"""
from web.serving import http_server
http_server.SPARE_S = {spare}
"""


@contextmanager
def unread_file(server: WorkerServer) -> Iterator[None]:
    """A client that has asked for all articles and takes nothing more."""
    with begun(server.port):
        yield


@contextmanager
def slow_body(server: WorkerServer) -> Iterator[None]:
    """A client that sends the rest of its article some day."""
    with connect(server.port) as client:
        head = f"PUT {ADMIN}articles/a1 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {TOKEN}\r\n"
        fields = "Content-Type: application/json\r\nContent-Length: 100\r\nExpect: 100-continue\r\n\r\n"
        client.sendall(f"{head}{fields}".encode())
        # The server says that it wants the body once the application reads it.
        assert b" 100 " in client.recv(1_000)
        client.sendall(b"{")
        yield


STUCK: Final[tuple[Stuck, ...]] = (unread_file, slow_body)
each_client: Final = pytest.mark.parametrize("stuck", STUCK, ids=[stuck.__name__ for stuck in STUCK])
each_number: Final = pytest.mark.parametrize("number", ALL, ids=["one process", "two workers"])


@pytest.fixture(scope="module")
def stored(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_folder(tmp_path_factory.mktemp("stopping"), ARTICLES, SENTENCES, RULED)


def told_to_stop(server: WorkerServer) -> float:
    """Tell it; comes back when it takes no connection any longer, with the moment when it was told."""
    began = time.monotonic()
    server.process.send_signal(signal.SIGTERM)
    wait_for(lambda: not takes_connections(server.port))
    return began


def takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=WAIT_S).close()
    except (ConnectionRefusedError, ConnectionResetError):
        return False
    return True


def is_there_behind(server: WorkerServer, moment: float) -> bool:
    """Whether the server is still there at this moment."""
    try:
        server.process.wait(max(0.0, moment - time.monotonic()))
    except subprocess.TimeoutExpired:
        return True
    return False


@each_client
@each_number
def test_who_is_stuck_holds_it_for_its_time_and_no_longer(stored: Path, number: int, stuck: Stuck) -> None:
    with changed_server(stored, number, waiting(SPARE), **PATIENT, **within()) as server, stuck(server):
        began = told_to_stop(server)
        assert is_there_behind(server, began + GRACEFUL * 0.9)
        assert server.process.wait(GRACEFUL + LEAVING + SPARE + LATE_S) in {0, KILLED}


@each_client
@each_number
def test_without_a_bound_it_never_ends_and_told_twice_it_does(
    stored: Path, number: int, stuck: Stuck
) -> None:
    """The control of the one before."""
    with (
        changed_server(stored, number, waiting(SPARE), **PATIENT, **within(graceful=NEVER)) as server,
        stuck(server),
    ):
        began = told_to_stop(server)
        assert is_there_behind(server, began + 2 * (GRACEFUL + LEAVING + SPARE))
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(LATE_S) == KILLED


@each_client
@each_number
def test_told_twice_it_ends_at_once_whoever_is_stuck(stored: Path, number: int, stuck: Stuck) -> None:
    with worker_server(stored, number, **PATIENT) as server, stuck(server):
        began = told_to_stop(server)
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(WAIT_S) == KILLED
        assert time.monotonic() - began < RUNNING_S


@each_number
def test_what_does_not_let_go_is_cut_off(stored: Path, number: int) -> None:
    with changed_server(stored, number, waiting(SPARE) + HANGING, **within()) as server:
        began = told_to_stop(server)
        assert is_there_behind(server, began + (GRACEFUL + LEAVING) * 0.9)
        assert server.process.wait(GRACEFUL + LEAVING + SPARE + LATE_S) == KILLED


@each_number
def test_without_the_bound_of_closing_it_is_held(stored: Path, number: int) -> None:
    """The control of the one before."""
    with changed_server(stored, number, waiting(SPARE) + HANGING, **within(leaving=NEVER)) as server:
        began = told_to_stop(server)
        assert is_there_behind(server, began + 2 * (GRACEFUL + LEAVING + SPARE))
        # The process that started workers ends them with it; killed, it would leave them behind.
        server.process.send_signal(signal.SIGTERM)
        assert server.process.wait(LATE_S) == KILLED


@pytest.mark.parametrize(
    ("spare", "ends"), [pytest.param(SPARE, True, id="ours"), pytest.param(NEVER, False, id="no bound")]
)
def test_a_worker_that_stands_still_is_killed(stored: Path, spare: int, ends: bool) -> None:  # noqa: FBT001
    with changed_server(stored, 2, waiting(spare), **within()) as server:
        stopped, _ = server.workers()
        os.kill(stopped, signal.SIGSTOP)
        began = time.monotonic()
        server.process.send_signal(signal.SIGTERM)
        if ends:
            assert server.process.wait(GRACEFUL + LEAVING + SPARE + LATE_S) == KILLED
        else:
            wait_for(lambda: server.workers() == (stopped,))
            assert is_there_behind(server, began + 2 * (GRACEFUL + LEAVING + SPARE))
            server.process.send_signal(signal.SIGTERM)
            assert server.process.wait(LATE_S) == KILLED


@each_number
def test_files_that_are_taken_are_whole_and_a_rebuild_is_left(
    stored: Path, tmp_path: Path, number: int
) -> None:
    """The articles are there at the next start, and so is an index of all of them."""
    data = Path(shutil.copytree(stored, tmp_path / "data"))
    with worker_server(data, number, **PATIENT) as server, begun(server.port) as client:
        worker = server.workers()[-1]
        status, job = server.ask(worker, "POST", f"{ADMIN}rebuild")
        assert status == 202, job
        assert server.ask(worker, "GET", f"{ADMIN}jobs/{job['id']}")[1]["state"] == "running"
        told_to_stop(server)
        assert len(rows(rest_of(client))) == ARTICLES
        assert server.process.wait(RUNNING_S + LATE_S) == 0
    assert run_json(data, "stats")["articles"] == ARTICLES
    with worker_server(data, number) as server:
        assert server.total(server.workers()[0], EVERYWHERE) == ARTICLES
    checked = run(data, "check")
    assert checked.returncode == 0, checked.stdout.decode()

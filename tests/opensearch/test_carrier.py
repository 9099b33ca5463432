"""Connections are carried between the nodes of a cluster of which one can be cut off."""

import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from benchmarks.opensearch_faults.carrier import CARRYING
from benchmarks.opensearch_faults.cut import Namespace, carrying, namespace, reason_not_to
from tests.opensearch.cluster import TRANSPORT_BESIDE, free_ports
from tests.processes import free_port

ANSWER_S = 30.0
MUCH = b"carried" * 500_000


@contextmanager
def echoing(port: int) -> Iterator[None]:
    """Sends back what comes at this port of the loopback address, until the end of the block."""
    with socket.create_server(("127.0.0.1", port)) as listening:

        def answer() -> None:
            while True:
                try:
                    connection, _ = listening.accept()
                except OSError:
                    return
                with connection:
                    while said := connection.recv(65_536):
                        connection.sendall(said)

        thread = threading.Thread(target=answer)
        thread.start()
        try:
            yield
        finally:
            listening.shutdown(socket.SHUT_RDWR)
            thread.join()


@contextmanager
def carrier(line: str) -> Iterator[None]:
    command = [sys.executable, "-m", "benchmarks.opensearch_faults.carrier", line]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().strip() == CARRYING
        yield


def send_all(one: socket.socket, said: bytes) -> None:
    one.sendall(said)
    one.shutdown(socket.SHUT_WR)


def connect(port: int) -> socket.socket:
    return socket.create_connection(("127.0.0.1", port), ANSWER_S)


def test_what_is_said_on_one_side_is_said_on_the_other() -> None:
    near, far = free_port(), free_port()
    with echoing(far), carrier(f"127.0.0.1:{near}=127.0.0.1:{far}"):
        for _ in range(3):
            with connect(near) as one, one.makefile("rb") as answer:
                sending = threading.Thread(target=send_all, args=(one, MUCH))
                sending.start()
                assert answer.read() == MUCH
                sending.join()
        with connect(near) as one:
            one.sendall(b"carried")
            assert one.recv(7) == b"carried"


def test_where_nobody_listens_a_connection_is_closed() -> None:
    near, far = free_port(), free_port()
    with carrier(f"127.0.0.1:{near}=127.0.0.1:{far}"), connect(near) as one:
        assert one.recv(1) == b""


@pytest.fixture
def network() -> Iterator[Namespace]:
    """A network namespace with a line to it."""
    if (reason := reason_not_to()) is not None:
        pytest.skip(reason)
    with namespace() as made:
        yield made


def test_nothing_passes_a_line_that_is_cut_and_all_that_was_said_once_it_is_joined(
    network: Namespace,
) -> None:
    port = free_ports()
    transport = port + TRANSPORT_BESIDE
    with carrying(network, port, 3), echoing(transport):
        inside = [*network.enter, sys.executable, "-c", ASKING, str(transport)]
        with subprocess.Popen(inside, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            assert process.stdin is not None
            assert process.stdout.readline() == "one\n"
            network.cut()
            process.stdin.write("\n")
            process.stdin.flush()
            assert process.stdout.readline() == "nothing\n"
            network.join()
            assert process.stdout.readline() == "two\n"


ASKING = """
import socket, sys
with socket.create_connection(("127.0.0.1", int(sys.argv[1])), 30) as one:
    one.sendall(b"one")
    print(one.recv(3).decode(), flush=True)
    sys.stdin.readline()
    one.settimeout(1)
    one.sendall(b"two")
    try:
        print(one.recv(3).decode(), flush=True)
    except TimeoutError:
        print("nothing", flush=True)
    one.settimeout(30)
    print(one.recv(3).decode(), flush=True)
"""
"""Inside: says something, and once more when it is told to."""

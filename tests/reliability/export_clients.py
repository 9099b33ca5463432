"""Clients that ask for a file of hits, each at its own speed, and what the server tells of such files."""

import json
import re
import socket
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from benchmarks.engines.usage import Usage
from tests.reliability.made_articles import EVERYWHERE
from tests.reliability.worker_processes import AUTHORIZATION, SEARCH, WorkerServer
from tests.waiting import WAIT_S

MOST: Final = 10_000
TAKEN_AT_ONCE: Final = 16 * 1024
BLOCK: Final = 1 << 20
_ENDED: Final = re.compile(
    rb'^policy_search_request_seconds_count\{route="[^"]*search[^"]*"\} ([0-9.e+]+)$', re.MULTILINE
)
_BYTES: Final = re.compile(rb"^policy_search_answer_bytes_total ([0-9.e+]+)$", re.MULTILINE)


@contextmanager
def begun(port: int, most: int = MOST) -> Iterator[socket.socket]:
    """A client that has asked for all articles, or so many at most, and has taken the first bytes.

    The kernel keeps little for it: what it does not take the server has to keep, or not to make.
    """
    path = f"{SEARCH}.ndjson?q={quote(EVERYWHERE)}&per_page={most}&fields=id,title,body&snippets=0"
    with socket.socket() as client:
        client.settimeout(WAIT_S)
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, TAKEN_AT_ONCE)
        client.connect(("127.0.0.1", port))
        # HTTP/1.0: the body comes as it is, and its end is that of the connection.
        client.sendall(f"GET {path} HTTP/1.0\r\nHost: localhost\r\n\r\n".encode())
        status = client.recv(len("HTTP/1.1 200"), socket.MSG_WAITALL)
        assert status.endswith(b" 200"), status
        yield client


def taken_slowly(client: socket.socket, seconds: float, pause_s: float) -> bytes:
    """What comes in so many seconds, some of it after each pause, or until the connection is reset."""
    received = bytearray()
    until = time.monotonic() + seconds
    with suppress(ConnectionResetError):
        while time.monotonic() < until:
            time.sleep(pause_s)
            received += client.recv(TAKEN_AT_ONCE)
    return bytes(received)


def rest_of(client: socket.socket) -> bytes:
    """All that still comes, as fast as it does, until the connection ends, however it does."""
    received = bytearray()
    try:
        while block := client.recv(BLOCK):
            received += block
    except ConnectionError:
        pass
    return bytes(received)


def rows(answer: bytes) -> list[dict[str, object]]:
    """The lines of a file that is whole, without the last one, which says so."""
    _, _, body = answer.partition(b"\r\n\r\n")
    *found, end = map(json.loads, body.splitlines())
    assert end["end"], "the file breaks off"
    assert end["count"] == len(found)
    return found


@dataclass(frozen=True, slots=True)
class Told:
    """What the server says of itself: files that it has ended, bytes of all bodies that it has made."""

    ended: int
    made: int

    @classmethod
    def by(cls, server: WorkerServer) -> "Told":
        asked = urllib.request.Request(f"http://127.0.0.1:{server.port}/metrics", headers=AUTHORIZATION)
        with urllib.request.urlopen(asked, timeout=WAIT_S) as answer:
            told: bytes = answer.read()
        return cls(sum(int(float(number)) for number in _ENDED.findall(told)), _number(_BYTES, told))


def _number(pattern: re.Pattern[bytes], told: bytes) -> int:
    found = pattern.search(told)
    return 0 if found is None else int(float(found[1]))


def private_bytes(server: WorkerServer) -> int:
    """What the workers have in memory that nobody shares with them."""
    return sum(Usage.of(worker).unique for worker in server.workers())

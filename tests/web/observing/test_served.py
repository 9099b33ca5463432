"""A server of its own with two workers: its log is lines of JSON, and its metrics are those of both."""

import json
import socket
import subprocess
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.processes import command, environment, free_port, run, wait_until_ready
from tests.waiting import wait_for
from tests.web.admin.service import AUTHORIZATION, TOKEN
from tests.web.observing.observed import ACCESS, Samples, entries, samples, value

pytestmark = pytest.mark.slow

REQUESTS = 40
WINDOW = 4_096
"""Bytes that a client takes at once."""
MARKER = "marker-of-this-test"
RECORDS = b"".join(
    json.dumps({"id": f"a{number}", "title": f"t{number}", "text": "word " * 2_000}).encode() + b"\n"
    for number in range(60)
)


@dataclass(frozen=True, slots=True)
class Served:
    address: str
    log: Path

    def get(self, path: str) -> str:
        """Over a connection of its own, so that any worker may answer."""
        request = urllib.request.Request(self.address + path, headers=AUTHORIZATION)
        with urllib.request.urlopen(request, timeout=60) as answer:
            return str(answer.read(), "utf-8")


@contextmanager
def served(folder: Path, workers: int) -> Iterator[Served]:
    data, log, shared = folder / "data", folder / "log", folder / "shared"
    shared.mkdir()
    assert run(data, "ingest", "-", stdin=RECORDS).returncode == 0
    port = free_port()
    settings = {
        "POLICY_SEARCH_ADMIN_TOKEN": TOKEN,
        "POLICY_SEARCH_LOG": "info",
        "POLICY_SEARCH_LOG_FORM": "json",
        "PROMETHEUS_MULTIPROC_DIR": str(shared),
    }
    with log.open("wb") as file:
        process = subprocess.Popen(
            command(data, "serve", "--port", str(port), "--workers", str(workers)),
            stdout=subprocess.DEVNULL,
            stderr=file,
            env=environment() | settings,
        )
        address = f"http://127.0.0.1:{port}"
        try:
            wait_until_ready(process, address)
            yield Served(address, log)
        finally:
            process.terminate()
            process.wait(60)


def test_two_workers_log_in_lines_and_count_as_one(tmp_path: Path) -> None:
    with served(tmp_path, workers=2) as site:
        for _ in range(REQUESTS):
            site.get("/healthz")
        site.get(f"/api/v1/search?q={MARKER}")
        # A request counts once its answer was sent, so a client may be ahead of that.
        wait_for(lambda: _answered(samples(site.get("/metrics"))) == REQUESTS)
        found = samples(site.get("/metrics"))
        _leave_in_the_middle(site)
        wait_for(lambda: site.log.read_text(encoding="utf-8").count('"/healthz"') == REQUESTS)
    assert value(found, "policy_search_ready") == 1
    assert value(found, "policy_search_index_articles") == 60
    told = site.log.read_text(encoding="utf-8")
    assert MARKER not in told
    assert TOKEN not in told
    assert "Traceback" not in told
    (left,) = [entry for entry in entries(told, ACCESS) if entry.get("client_left")]
    assert str(left["route"]).startswith("/api/v1/search")


def _answered(found: Samples) -> float:
    labels = {"route": "/healthz", "method": "GET", "status": "200"}
    return value(found, "policy_search_requests_total", labels)


def _leave_in_the_middle(site: Served) -> None:
    """Ask for more than the buffers of a connection hold, read its beginning, and go away."""
    parts = urlsplit(site.address)
    with socket.socket() as connection:
        # Else all of it may be on its way before a busy machine lets the client leave.
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, WINDOW)
        connection.settimeout(60)
        connection.connect((str(parts.hostname), int(parts.port or 0)))
        connection.sendall(b"GET /api/v1/search.ndjson?q=word HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert connection.recv(1)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
    wait_for(lambda: '"client_left": true' in site.log.read_text(encoding="utf-8"))

"""A server of several processes, each of which can be asked apart."""

import http.client
import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tests.processes import environment, free_port, wait_until_ready
from tests.waiting import WAIT_S, wait_for

TOKEN = "correct-horse-battery"  # noqa: S105  # of the tests alone
ADMIN = "/api/v1/admin/"
SEARCH = "/api/v1/search"
AUTHORIZATION = {"Authorization": f"Bearer {TOKEN}"}
RUN = """
from web.cli import main
main()
"""


@dataclass(frozen=True, slots=True)
class WorkerServer:
    """A running server with `number` workers."""

    process: subprocess.Popen[bytes]
    port: int
    number: int

    def workers(self) -> tuple[int, ...]:
        """The processes that answer, the oldest first; without workers the server itself."""
        if self.number == 1:
            return (self.process.pid,)
        pid = self.process.pid
        return tuple(map(int, Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()))

    def wait_for_all(self) -> None:
        """Wait until each worker answers."""
        wait_for(lambda: len(self.workers()) == self.number)
        for worker in self.workers():
            assert self.ask(worker, "GET", "/readyz")[0] == 200

    @contextmanager
    def connection(self, worker: int) -> Iterator[http.client.HTTPConnection]:
        """A connection that this worker has taken: the others are stopped until it has answered once."""
        others = [other for other in self.workers() if other != worker]
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WAIT_S)
        try:
            try:
                for other in others:
                    os.kill(other, signal.SIGSTOP)
                connection.request("GET", "/healthz")
                connection.getresponse().read()
            finally:
                for other in others:
                    os.kill(other, signal.SIGCONT)
            yield connection
        finally:
            connection.close()

    def ask(
        self, worker: int, method: str, path: str, body: Mapping[str, object] | None = None, /, **query: str
    ) -> tuple[int, Any]:
        """What this worker answers: status and JSON."""
        sent = None if body is None else json.dumps(body, ensure_ascii=False).encode()
        headers = AUTHORIZATION | ({} if body is None else {"Content-Type": "application/json"})
        with self.connection(worker) as connection:
            connection.request(method, f"{path}?{urlencode(query)}" if query else path, sent, headers)
            answer = connection.getresponse()
            content = answer.read()
        return answer.status, json.loads(content) if content else None

    def total(self, worker: int, q: str) -> int:
        """How many articles a search finds, as this worker answers it."""
        status, found = self.ask(worker, "GET", SEARCH, q=q)
        assert status == 200, found
        total: int = found["total"]
        return total


@contextmanager
def worker_server(data: Path, number: int, **settings: str) -> Iterator[WorkerServer]:
    """A server with this many workers, all of which answer; killed at the end if it still runs."""
    with _started([sys.executable, "-m", "web"], data, number, settings) as server:
        yield server


@contextmanager
def changed_server(data: Path, number: int, program: str, **settings: str) -> Iterator[WorkerServer]:
    """The same of another program, given as its text, that changes something and then does what ours does."""
    with _started([sys.executable, "-c", program + RUN], data, number, settings) as server:
        yield server


@contextmanager
def _started(
    program: Sequence[str], data: Path, number: int, settings: Mapping[str, str]
) -> Iterator[WorkerServer]:
    port = free_port()
    process = subprocess.Popen(
        [*program, "serve", "--data", str(data), "--port", str(port), "--workers", str(number)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env={**environment(), "POLICY_SEARCH_ADMIN_TOKEN": TOKEN, **settings},
    )
    server = WorkerServer(process, port, number)
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}")
        server.wait_for_all()
        yield server
    finally:
        process.terminate()
        try:
            process.communicate(timeout=WAIT_S)
        finally:
            process.kill()

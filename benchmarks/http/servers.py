"""Servers to be measured: two workers each, on a port of their own."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from benchmarks.http.questions import FOLDER

WORKERS: Final = 2
START_S: Final = 120.0


@dataclass(frozen=True, slots=True)
class Server:
    """A server that answers; `processes` are its workers and what started them."""

    port: int
    processes: tuple[int, ...]


@contextmanager
def serving(application: str, folder: Path, first_path: str) -> Iterator[Server]:
    """Workers with the factory `module:function`, until the end of the block; it has answered once."""
    port = _free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.http.workers", application, str(port), str(WORKERS)],
        env={**os.environ, FOLDER: str(folder)},
    )  # fmt: skip
    try:
        _wait(process, f"http://127.0.0.1:{port}{first_path}")
        yield Server(port, family(process.pid))
    finally:
        process.terminate()
        process.wait()


def _wait(process: "subprocess.Popen[bytes]", address: str) -> None:
    deadline = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(address) as answer:  # noqa: S310  # an address of our own
                answer.read()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.5)
        else:
            return


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def family(process: int) -> tuple[int, ...]:
    """The process and all that descend from it."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    children = [int(child) for task in tasks for child in (task / "children").read_text("utf-8").split()]
    return (process, *(member for child in children for member in family(child)))

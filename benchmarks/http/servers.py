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
        yield Server(port, (process.pid, *_children(process.pid)))
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


def _children(process: int) -> tuple[int, ...]:
    children = Path(f"/proc/{process}/task/{process}/children").read_text(encoding="utf-8").split()
    return tuple(map(int, children))

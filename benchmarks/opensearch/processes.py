"""The program as processes of its own, with what they take of the processors."""

import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.http.questions import FOLDER
from benchmarks.http.servers import Server, family
from benchmarks.opensearch.target import Target
from tests.processes import command, free_port

START_S = 300.0
"""A server takes a few seconds; on a machine that has far too much to do, minutes."""

REFUSED = 1
"""The exit status of an ingest that took in all but some articles."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds by the clock, and of processors by the process and what it waited for."""

    wall_s: float
    processor_s: float


def finish(arguments: Sequence[str], environment: Mapping[str, str]) -> Taken:
    """Run a command to its end. Raises CalledProcessError; that some articles were refused is none."""
    before, began = os.times(), time.monotonic()
    done = subprocess.run(
        arguments, env=environment, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    after = os.times()
    if done.returncode not in {0, REFUSED}:
        sys.stderr.buffer.write(done.stderr)
        raise subprocess.CalledProcessError(done.returncode, arguments)
    spent = after.children_user + after.children_system - before.children_user - before.children_system
    return Taken(time.monotonic() - began, spent)


@contextmanager
def asked(target: Target, data: Path) -> Iterator[Server]:
    """One worker that keeps no answer and says what the cluster took (`benchmarks.opensearch.served`)."""
    port = free_port()
    arguments = ["-m", "benchmarks.http.workers", "benchmarks.opensearch.served:site", str(port), "1"]
    settings = target.environment | {FOLDER: str(data)}
    with _running([sys.executable, *arguments], settings, port, errors=None) as server:
        yield server


@contextmanager
def serving(target: Target, data: Path, workers: int) -> Iterator[Server]:
    """The program's own server, as an operator starts it."""
    port = free_port()
    arguments = command(data, "serve", "--port", str(port), "--workers", str(workers))
    # It logs each request.
    with _running(arguments, target.environment, port, errors=subprocess.DEVNULL) as server:
        yield server


@contextmanager
def following(target: Target, data: Path) -> Iterator[None]:
    """The indexer, until the end of the block."""
    process = subprocess.Popen(
        command(data, "index", "--follow"),
        env=target.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield
    finally:
        process.terminate()
        process.wait()


@contextmanager
def _running(
    arguments: Sequence[str], environment: Mapping[str, str], port: int, *, errors: int | None
) -> Iterator[Server]:
    """A server that is ready; `errors` is where its standard error goes, None: to ours.

    Raises RuntimeError where it does not live until the end of the block.
    """
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.DEVNULL, stderr=errors)
    try:
        _wait(process, f"http://127.0.0.1:{port}/readyz")
        yield Server(port, family(process.pid))
        if process.poll() is not None:
            raise RuntimeError(f"the server ended by itself, with {process.returncode}")
    finally:
        process.terminate()
        process.wait()


def _wait(process: subprocess.Popen[bytes], address: str) -> None:
    """Until it answers 200. Raises what the last request did where that takes too long, or it has ended."""
    deadline = time.monotonic() + START_S
    while True:
        try:
            with urllib.request.urlopen(address, timeout=START_S) as answer:  # noqa: S310  # our own
                answer.read()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.1)
        else:
            return

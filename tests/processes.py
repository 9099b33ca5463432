"""The command line and the server as processes of their own, as a user runs them."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

NOBODY = 65_534
"""The user who owns nothing, and may read what all may."""

START_S = 60
"""Seconds that a server gets to become ready; it takes about two."""


def command(data: Path, *arguments: str) -> list[str]:
    """A policy-search command on a data folder."""
    name, *rest = arguments
    return [sys.executable, "-m", "web", name, "--data", str(data), *rest]


def environment() -> dict[str, str]:
    """This process's environment without settings of the product."""
    return {name: value for name, value in os.environ.items() if not name.startswith("POLICY_SEARCH_")}


def unmeasured_environment() -> dict[str, str]:
    """The same for processes that are killed, which would have no coverage to report: they start faster."""
    return {name: value for name, value in environment().items() if not name.startswith("COVERAGE_")}


def run(data: Path, *arguments: str, stdin: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """Run a command to its end."""
    return subprocess.run(
        command(data, *arguments),
        input=stdin,
        capture_output=True,
        check=False,
        env=environment(),
        timeout=300,
    )


def run_json(data: Path, *arguments: str) -> dict[str, object]:
    """Run a command with --json that prints one object and succeeds."""
    done = run(data, *arguments, "--json")
    assert done.returncode in {0, 1}, done.stderr.decode()
    answer = json.loads(done.stdout)
    assert isinstance(answer, dict)
    return answer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextmanager
def server(data: Path, **settings: str) -> Iterator[str]:
    """A server on a data folder, ready; gives its address and stops it with SIGTERM.

    Of the product's settings it has these alone.
    """
    port = free_port()
    process = subprocess.Popen(
        command(data, "serve", "--port", str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment() | settings,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        wait_until_ready(process, address)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def wait_until_ready(process: subprocess.Popen[bytes], address: str) -> None:
    """Wait for `/readyz` to answer 200; fails if the process ends or takes too long."""
    deadline = time.monotonic() + START_S
    while time.monotonic() < deadline:
        assert process.poll() is None, f"the server ended with status {process.returncode}"
        try:
            with urllib.request.urlopen(f"{address}/readyz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError):
            pass
        time.sleep(0.05)
    raise AssertionError(f"not ready after {START_S} s")

"""A block of load on one server, by wrk."""

import os
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

SCRIPT: Final = Path(__file__).with_name("requests.lua")
MARK: Final = "FIGURES "


@dataclass(frozen=True, slots=True)
class Block:
    """What a block of load gave: `rate` in requests a second, times in milliseconds, `cpu_ms` of the server
    a request, `errors` of every kind (of the connection, or a status above 399)."""

    rate: float
    p50_ms: float
    p99_ms: float
    cpu_ms: float
    errors: int


def load(
    port: int,
    requests: Path,
    *,
    connections: int,
    seconds: int,
    processes: Sequence[int],
    pause_ms: float = 0.0,
) -> Block:
    """Ask as fast as the server answers, or with a pause of this mean before each request.

    `requests` has a path on each line, `processes` are those of the server. Raises CalledProcessError.
    """
    before = sum(map(cpu_seconds, processes))
    ran = subprocess.run(
        ["wrk", f"-t{min(2, connections)}", f"-c{connections}", f"-d{seconds}s", "--timeout", "20s",
         "-s", str(SCRIPT), f"http://127.0.0.1:{port}"],
        env={**os.environ, "REQUESTS": str(requests), "PAUSE_MS": str(int(pause_ms))},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    spent = sum(map(cpu_seconds, processes)) - before
    (line,) = (line for line in ran.stdout.splitlines() if line.startswith(MARK))
    answered, duration, p50, p99, errors = map(int, line.removeprefix(MARK).split())
    return Block(
        rate=answered / duration * 1e6,
        p50_ms=p50 / 1000,
        p99_ms=p99 / 1000,
        cpu_ms=spent / max(1, answered) * 1000,
        errors=errors,
    )


def cpu_seconds(process: int) -> float:
    """User and system time of a process so far (proc_pid_stat(5))."""
    fields = Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

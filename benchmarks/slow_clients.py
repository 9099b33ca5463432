"""Slow clients beside normal ones, and the price of the guard.

    python -m benchmarks.slow_clients DATA_FOLDER [--clients 400] [--seconds 15]

DATA_FOLDER is a data folder with an index; a server of this program is started on it, with deadlines shorter
than the default ones, so that a run sees them. Needs wrk (apt-get install wrk). Only ratios count:

1. four clients alone, then the same beside slow ones. These send a byte a second of a request line, a header
   or a body, or ask for a large answer and take nothing of it. Each has to be ended at its deadline.
2. the same application over the guarded protocol and over stock h11, in turn.
"""

import argparse
import asyncio
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from benchmarks.http.load import Block, load
from tests.processes import command, environment, free_port, wait_until_ready
from tests.security.raw_server import Recorder, serving
from web.guard.protocol import guarded
from web.http.limits import Limits

HEAD_S: Final = 5
BODY_S: Final = 7
STALL_S: Final = 6
LATE_S: Final = 4.0
"""How much after its deadline a slow client may still be there on a busy machine."""
ROUNDS: Final = 5
PATH: Final = "/api/v1/search?q=%E7%A7%91%E6%8A%80"
LARGE: Final = b"GET /api/v1/search.csv?per_page=10000&fields=id,title,body HTTP/1.1\r\nHost: a\r\n\r\n"
KINDS: Final = ("line", "header", "body", "reader")
BEGUN: Final = {
    "line": b"GET /",
    "header": b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
    "body": b"POST /api/v1/analyze HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n",
    "reader": LARGE,
}
DEADLINE_S: Final = {"line": HEAD_S, "header": HEAD_S, "body": BODY_S}


def main() -> int:
    """Print the figures; 1 where a slow client outlived its deadline."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--clients", type=int, default=400)
    parser.add_argument("--seconds", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        paths = Path(work) / "paths"
        paths.write_text(f"{PATH}\n", encoding="ascii")
        with server(given.data) as port:
            late = beside_slow_clients(port, paths, given.clients, given.seconds)
        price_of_the_guard(paths)
    return int(late > 0)


def beside_slow_clients(port: int, paths: Path, clients: int, seconds: int) -> int:
    """Print how much others notice; returns how many slow clients were ended too late."""
    load(port, paths, connections=1, seconds=5, processes=())
    alone = load(port, paths, connections=4, seconds=seconds, processes=())
    slow = subprocess.Popen(
        [
            sys.executable,
            "-c",
            f"from benchmarks.slow_clients import crowd; crowd({port}, {clients}, {seconds})",
        ],
        stdout=subprocess.PIPE,
        text=True,
    )
    time.sleep(2)
    beside = load(port, paths, connections=4, seconds=max(2, seconds - 4), processes=())
    told, _ = slow.communicate()
    print(f"{'':<28}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}")
    _print("alone", alone)
    _print(f"beside {clients} slow clients", beside)
    print(f"p50 beside / alone: {beside.p50_ms / alone.p50_ms:.2f}")
    print(told, end="")
    return int(told.rpartition(" ")[2])


def crowd(port: int, clients: int, seconds: int) -> None:
    """So many slow clients; whoever is ended is followed by another, until the time is over."""
    lives = asyncio.run(_crowd(port, clients, seconds))
    late = 0
    for kind in KINDS:
        ended = [life for of, life in lives if of == kind]
        if kind in DEADLINE_S:
            late += sum(life > DEADLINE_S[kind] + LATE_S for life in ended)
        if ended:
            print(f"slow {kind}: {len(ended)} ended, after {min(ended):.1f} to {max(ended):.1f} s")
    print(f"ended too late: {late}")


async def _crowd(port: int, clients: int, seconds: int) -> Sequence[tuple[str, float]]:
    until = time.monotonic() + seconds
    lives: list[tuple[str, float]] = []

    async def stay(kind: str) -> None:
        while time.monotonic() < until:
            began = time.monotonic()
            await _one(port, kind)
            lives.append((kind, time.monotonic() - began))

    await asyncio.gather(*(stay(KINDS[number % len(KINDS)]) for number in range(clients)))
    return lives


async def _one(port: int, kind: str) -> None:
    """Connect, and stay until the server ends it."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    with suppress(ConnectionError):
        writer.write(BEGUN[kind])
        if kind == "reader":
            # The first bytes say that the answer has begun; no more of it is taken until it must be over.
            await reader.read(1)
            await asyncio.sleep(STALL_S + LATE_S)
        else:
            while not reader.at_eof():
                writer.write(b"a")
                with suppress(TimeoutError):
                    await asyncio.wait_for(reader.read(1024), 1)
        writer.transport.abort()


@contextmanager
def server(data: Path) -> Iterator[int]:
    """The port of a server of this program."""
    port = free_port()
    deadlines = {"HEAD_S": HEAD_S, "BODY_S": BODY_S, "STALL_S": STALL_S}
    settings = {f"POLICY_SEARCH_{name}": str(value) for name, value in deadlines.items()}
    process = subprocess.Popen(
        command(data, "serve", "--port", str(port)),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment() | settings,
    )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}")
        yield port
    finally:
        process.terminate()
        process.wait()


def price_of_the_guard(paths: Path) -> None:
    """Print the throughput over the guarded protocol as a share of that over stock h11 (goal: 0.85)."""
    rates: dict[str, list[float]] = {"guarded": [], "h11": []}
    for _ in range(ROUNDS):
        for name, protocol in (("guarded", guarded(Limits())), ("h11", "h11")):
            with serving(Recorder(), protocol) as port:
                rates[name].append(load(port, paths, connections=8, seconds=3, processes=()).rate)
    ratio = statistics.median(
        ours / stock for ours, stock in zip(rates["guarded"], rates["h11"], strict=True)
    )
    print(f"trivial handler: {statistics.median(rates['guarded']):.0f} req/s guarded, ", end="")
    print(f"{statistics.median(rates['h11']):.0f} over h11; median ratio {ratio:.2f}")


def _print(name: str, block: Block) -> None:
    print(f"{name:<28}{block.rate:>9.0f}{block.p50_ms:>9.1f}{block.p99_ms:>9.1f}{block.errors:>8}")


if __name__ == "__main__":
    sys.exit(main())

"""Slow clients beside normal ones, and the price of the guard.

    python -m benchmarks.slow_clients DATA_FOLDER [--clients 400] [--seconds 30]

DATA_FOLDER is a data folder with an index, of so many articles that a file of 10,000 hits has more than the
4 MB that the kernel takes for a client. A server of this program is started on it, with deadlines shorter
than the default ones, so that a run sees them. Needs wrk (apt-get install wrk). Only ratios count:

1. four clients alone, the same beside slow ones, and alone again. Slow ones send a byte a second of a request
   line, a header or a body, or ask for much and take nothing of it: for many pages on one connection, or, as
   many as may have one, for a file. Each stays until the server ends it, which has to be at its deadline.
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
from benchmarks.slow_readers import FILE, PAGE, PAGES, End, read_nothing
from tests.processes import command, environment, free_port, wait_until_ready
from tests.security.raw_server import Recorder, serving
from web.formats.exports import RUNNING_EXPORTS
from web.guard.protocol import guarded
from web.http.limits import Limits

HEAD_S: Final = 5
BODY_S: Final = 7
STALL_S: Final = 25
"""Not shorter by much than the default: each reader that was ended is followed by another, for which the
server makes megabytes of answers anew. With 6 s that is a load of its own, and its cause is not slowness."""
LATE_S: Final = 4.0
"""How much after its deadline a slow client may still be there on a busy machine."""
FILLING_S: Final = 10.0
"""Until the answers of readers have filled what the kernels keep, on a busy machine."""
ROUNDS: Final = 5
PATH: Final = "/api/v1/search?q=%E7%A7%91%E6%8A%80"
WITHIN: Final = 1.2
"""The median of others beside slow clients, as a multiple of theirs alone, is at most that (issue 8)."""
GATHERING_S: Final = 12
"""Until the slow clients are there and all that readers can take without reading was made, and until they
have gone."""
SENDERS: Final = ("line", "header", "body")
READERS: Final = ("pages", "file")
KINDS: Final = (*SENDERS, "pages")
BEGUN: Final = {
    "line": b"GET /",
    "header": b"GET / HTTP/1.1\r\nHost: a\r\nX: ",
    "body": b"POST /api/v1/analyze HTTP/1.1\r\nHost: a\r\nContent-Length: 9000\r\n\r\n",
}
DEADLINE_S: Final = {"line": HEAD_S, "header": HEAD_S, "body": BODY_S, "pages": STALL_S, "file": STALL_S}
ASKED: Final = {"pages": (PAGE,) * PAGES, "file": (FILE,)}


def main() -> int:
    """Print the figures; 1 where a slow client outlived its deadline, where no reader was held, and where the
    others noticed too much."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--clients", type=int, default=400)
    parser.add_argument("--seconds", type=int, default=30)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        paths = Path(work) / "paths"
        paths.write_text(f"{PATH}\n", encoding="ascii")
        with server(given.data) as port:
            is_well = beside_slow_clients(port, paths, given.clients, given.seconds)
        price_of_the_guard(paths)
    return int(not is_well)


def beside_slow_clients(port: int, paths: Path, clients: int, seconds: int) -> bool:
    """Print how much others notice, and when slow clients were ended; whether all is as it has to be."""
    load(port, paths, connections=1, seconds=5, processes=())
    before = load(port, paths, connections=4, seconds=seconds, processes=())
    call = f"sys.exit(crowd({port}, {clients}, {seconds + 2 * GATHERING_S}))"
    slow = subprocess.Popen(
        [sys.executable, "-c", f"import sys\nfrom benchmarks.slow_clients import crowd\n{call}"]
    )
    time.sleep(GATHERING_S)
    during = load(port, paths, connections=4, seconds=seconds, processes=())
    is_well = slow.wait() == 0
    after = load(port, paths, connections=4, seconds=seconds, processes=())
    print(f"{'':<28}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}")
    _print("before", before)
    _print(f"during {clients} slow clients", during)
    _print("after", after)
    alone_ms = statistics.mean((before.p50_ms, after.p50_ms))
    ratio = during.p50_ms / alone_ms
    print(f"median: {alone_ms:.1f} ms alone, {during.p50_ms:.1f} during; ratio {ratio:.2f}, at most {WITHIN}")
    return is_well and ratio <= WITHIN and not during.errors


def crowd(port: int, clients: int, seconds: int) -> int:
    """So many slow clients, and whoever is ended is followed by another, until the time is over.

    Prints when they were ended; 1 where one was there too long, or no reader had more to take.
    """
    lives = asyncio.run(_crowd(port, clients, seconds))
    late = 0
    for kind in (*SENDERS, *READERS):
        ended = [life for of, life in lives if of == kind]
        late += sum(life > DEADLINE_S[kind] + LATE_S for life in ended)
        if ended:
            print(
                f"slow {kind}: {len(ended)} ended, after {min(ended):.1f} to {max(ended):.1f} s "
                f"(deadline {DEADLINE_S[kind]})"
            )
    were_there = {kind for kind, _ in lives}.issuperset(READERS)
    print(f"ended too late: {late}{'' if were_there else '; no reader was held: are there enough articles?'}")
    return int(late > 0 or not were_there)


async def _crowd(port: int, clients: int, seconds: int) -> Sequence[tuple[str, float]]:
    """The kinds of those that were ended, and after how many seconds without anything that they did."""
    until = time.monotonic() + seconds
    lives: list[tuple[str, float]] = []

    async def stay(kind: str) -> None:
        while time.monotonic() < until:
            life = await (_send_slowly(port, kind) if kind in SENDERS else _take_nothing(port, kind))
            if life is not None:
                lives.append((kind, life))

    await asyncio.gather(
        *(stay("file") for _ in range(RUNNING_EXPORTS)),
        *(stay(KINDS[number % len(KINDS)]) for number in range(clients - RUNNING_EXPORTS)),
    )
    return lives


async def _send_slowly(port: int, kind: str) -> float:
    """Connect, and send a byte a second until the server ends it."""
    began = time.monotonic()
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1024)
    with suppress(ConnectionError):
        writer.write(BEGUN[kind])
        while not reader.at_eof():
            writer.write(b"a")
            with suppress(TimeoutError):
                await asyncio.wait_for(reader.read(1024), 1)
        writer.transport.abort()
    return time.monotonic() - began


async def _take_nothing(port: int, kind: str) -> float | None:
    """None where all of the answer could be sent: one that was refused is no reader, and waits a little."""
    reading = await read_nothing(port, ASKED[kind], FILLING_S + DEADLINE_S[kind] + 2 * LATE_S)
    if reading.end is End.SENT:
        await asyncio.sleep(1)
        return None
    return reading.after_s


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

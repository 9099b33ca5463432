"""Loads a server while articles are ingested: errors, times, memory, and what it does with too many clients.

    python -m benchmarks.under_load DATA_FOLDER --work FOLDER [--workers N] [--seconds S] [--connections C]

DATA_FOLDER is a data folder with an index; the server works on a copy in FOLDER, which is deleted at the end.
Needs wrk (apt-get install wrk). Phases, each a line: one client alone; one client while 2,000 articles are
ingested by a process of their own; C connections without a pause while 10,000 more are; three times C, which
is more than the server takes at once; one client alone again; and the last three once more. The server's
limits of each address are off: all clients have the same one here. Memory is taken before the first load and
after each: once all caches have been full, and memory was used for one state of the index after the other,
what comes on top is a leak.

What is asked is drawn anew for each phase: see `benchmarks.http.asked`. Articles are made of stored ones,
sentence by sentence.

The bound of p99 is twice what C clients in a perfect queue would wait: C times what a request of one client
takes, once alone and once beside an ingest, which voids kept answers and needs a processor of its own.
"""

import argparse
import json
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Final

from benchmarks.engines.usage import Usage
from benchmarks.http.asked import asked
from benchmarks.http.load import Block, load
from benchmarks.http.questions import draw, sample_of
from benchmarks.http.servers import family
from index.article import Article
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from tests.processes import command, environment, free_port, wait_until_ready
from web.serving.opening import open_analyzer

SEED: Final = 20_261_129
ARTICLES: Final = 10_000
FEW_ARTICLES: Final = 2_000
WARMING_S: Final = 20
"""Until the server has made what it suggests from, and read its files."""
ALONE_S: Final = 10
MOST_A_SECOND: Final = 1_500
"""So many paths are drawn for each second; a faster server is asked the first ones again."""
SETTLING_S: Final = 45
"""Until threads that worked have ended, the index has followed, and free memory has gone back."""


def main() -> int:
    """Print the phases; 1 where a request of the second phase failed."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--connections", type=int, default=200)
    given = parser.parse_args()
    copy = given.work / "data"
    shutil.copytree(given.data, copy)
    try:
        return measure(copy, given.work, given.workers, given.seconds, given.connections)
    finally:
        shutil.rmtree(copy)


def measure(data: Path, work: Path, workers: int, seconds: int, connections: int) -> int:
    """All phases, each printed when it has ended."""
    folder = DataFolder(data)
    with CorpusReader.open(folder) as articles:
        sample = sample_of(articles)
    few, many = work / "few.ndjson", [work / "many.ndjson", work / "as-many.ndjson"]
    questions = draw(sample, open_analyzer(folder), SEED)
    write_articles(few, sample, 0, FEW_ARTICLES)
    for number, file in enumerate(many):
        write_articles(file, sample, FEW_ARTICLES + number * ARTICLES, ARTICLES)
    with serving(data, workers) as (port, process):
        seeds = count(SEED)

        def ask(clients: int, for_seconds: int) -> Block:
            paths = work / "load.paths"
            lines = asked(questions, sample, next(seeds), MOST_A_SECOND * for_seconds)
            paths.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
            return load(port, paths, connections=clients, seconds=for_seconds, processes=())

        ask(1, WARMING_S)
        print(f"{'':<34}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}")
        alone = phase("one client", ask(1, ALONE_S))
        took, memory = [], [settled_bytes(process, workers)]
        with ingesting(data, few) as ended:
            beside = phase("one client, an ingest", ask(1, ALONE_S))
        loads = []
        for file in many:
            began = time.monotonic()
            with ingesting(data, file) as ended_too:
                loads.append(phase(f"{connections} connections, an ingest", ask(connections, seconds)))
            ended += ended_too
            took.append(time.monotonic() - began)
            phase(f"{3 * connections} connections", ask(3 * connections, ALONE_S))
            phase("one client, after that", ask(1, ALONE_S))
            memory.append(settled_bytes(process, workers))
    print(f"ingests of {ARTICLES:,}: {took[0]:.0f} and {took[1]:.0f} s")
    for name, one in (("alone", alone), ("beside an ingest", beside)):
        times = " and ".join(f"{loaded.p99_ms / one.p99_ms:.0f}" for loaded in loads)
        print(
            f"p99 under load: {times} times that of one client {name}; "
            f"bound {2 * connections * 1000 / one.rate:.0f} ms"
        )
    sizes = ", ".join(f"{size / 1e6:.0f}" for size in memory)
    print(f"private memory, MB: {sizes}; the last two: {memory[2] / memory[1]:.2f}")
    return 1 if any(loaded.errors for loaded in loads) or any(ended) else 0


@contextmanager
def ingesting(data: Path, articles: Path) -> Iterator[list[int]]:
    """An ingest of a file that begins with the block, and is waited for at its end; its status is in the list
    then."""
    statuses: list[int] = []
    process = subprocess.Popen(
        command(data, "ingest", str(articles)), stdout=subprocess.DEVNULL, env=environment()
    )
    yield statuses
    statuses.append(process.wait())


def write_articles(file: Path, sample: Sequence[Article], first: int, count: int) -> None:
    """Made articles with these numbers, as JSON lines."""
    with file.open("w", encoding="utf-8") as lines:
        for made in made_articles(sample, first, count):
            lines.write(f"{json.dumps(made, ensure_ascii=False)}\n")


def made_articles(sample: Sequence[Article], first: int, count: int) -> Iterator[dict[str, str]]:
    """As `policy-search ingest` reads them; each takes every sentence from an article of the sample."""
    rng = random.Random(SEED + first)
    sentences = [sentence for article in sample for sentence in article.body.split("。") if sentence]
    for number in range(first, first + count):
        like = rng.choice(sample)
        size = 1 + like.body.count("。")
        yield {
            "id": f"load-{number}",
            "title": f"{like.title}（{number}）",
            "text": "。".join(rng.choices(sentences, k=size)),
            "source": like.source or "",
        }


@contextmanager
def serving(data: Path, workers: int) -> Iterator[tuple[int, int]]:
    """The program itself, ready; its port and its first process."""
    port = free_port()
    process = subprocess.Popen(
        [*command(data, "serve", "--port", str(port), "--workers", str(workers))],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=environment(),
    )
    try:
        wait_until_ready(process, f"http://127.0.0.1:{port}")
        yield port, process.pid
    finally:
        process.terminate()
        process.wait()


def settled_bytes(process: int, workers: int) -> int:
    """The unique set size of the server, whose workers are alone again: what indexes or makes suggestions
    beside them has ended, and its memory is back."""
    time.sleep(SETTLING_S)
    while len(members := family(process)) > 1 + workers:
        time.sleep(1)
    return sum(Usage.of(member).unique for member in members)


def phase(name: str, block: Block) -> Block:
    """The block, printed."""
    print(f"{name:<34}{block.rate:9.0f}{block.p50_ms:9.1f}{block.p99_ms:9.1f}{block.errors:8}", flush=True)
    return block


if __name__ == "__main__":
    sys.exit(main())

"""Loads a server while articles are ingested: errors, times, memory, and what it does with too many clients.

    python -m benchmarks.under_load DATA_FOLDER --work FOLDER [--workers N] [--seconds S] [--connections C]

DATA_FOLDER is a data folder with an index; the server works on a copy in FOLDER, which is deleted at the end.
Needs wrk (apt-get install wrk). Phases, each a line: one client alone; one client while 2,000 articles are
ingested by a process of their own; C connections without a pause while 10,000 more are; three times C, which
is more than the server takes at once; one client alone again. The server's limits of each address are off:
all clients have the same one here. Memory is taken before the third and after the last, when all caches and
what is made with a new state of the index have been there once: what comes on top of that is a leak.

The bound of p99 is twice what C clients in a perfect queue would wait: C times what a request of one client
takes, once alone and once beside an ingest, which voids kept answers and needs a processor of its own.

Articles are made of stored ones, sentence by sentence; questions are those of `benchmarks.http`, in turn.
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
from pathlib import Path
from typing import Final

from benchmarks.engines.usage import Usage
from benchmarks.http import ours
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
SETTLING_S: Final = 15
"""Until threads that worked have ended and the index has followed."""


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
    paths, few, many = work / "load.paths", work / "few.ndjson", work / "many.ndjson"
    questions = draw(sample, open_analyzer(folder), SEED)
    paths.write_text("".join(f"{ours.path_of(question)}\n" for question in questions), encoding="ascii")
    write_articles(few, sample, 0, FEW_ARTICLES)
    write_articles(many, sample, FEW_ARTICLES, ARTICLES)
    with serving(data, workers) as (port, process):

        def ask(clients: int, for_seconds: int) -> Block:
            return load(port, paths, connections=clients, seconds=for_seconds, processes=())

        ask(1, WARMING_S)
        print(f"{'':<34}{'req/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'errors':>8}")
        alone = phase("one client", ask(1, ALONE_S))
        with ingesting(data, few) as ended:
            beside = phase("one client, an ingest", ask(1, ALONE_S))
        ask(connections, ALONE_S)
        time.sleep(SETTLING_S)
        before = private_bytes(process)
        began = time.monotonic()
        with ingesting(data, many) as ended_too:
            loaded = phase(f"{connections} connections, an ingest", ask(connections, seconds))
        took = time.monotonic() - began
        phase(f"{3 * connections} connections", ask(3 * connections, ALONE_S))
        phase("one client, after that", ask(1, ALONE_S))
        time.sleep(SETTLING_S)
        after = private_bytes(process)
    print(f"ingest of {ARTICLES:,}: {took:.0f} s")
    for name, one in (("alone", alone), ("beside an ingest", beside)):
        print(
            f"p99 under load: {loaded.p99_ms / one.p99_ms:.0f} times that of one client {name}; "
            f"bound {2 * connections * 1000 / one.rate:.0f} ms"
        )
    print(f"private memory: {before / 1e6:.0f} MB before, {after / 1e6:.0f} after: {after / before:.2f}")
    return 1 if loaded.errors or any(ended + ended_too) else 0


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


def private_bytes(process: int) -> int:
    """The unique set size of the process and of all that it started."""
    return sum(Usage.of(member).unique for member in family(process))


def phase(name: str, block: Block) -> Block:
    """The block, printed."""
    print(f"{name:<34}{block.rate:9.0f}{block.p50_ms:9.1f}{block.p99_ms:9.1f}{block.errors:8}", flush=True)
    return block


if __name__ == "__main__":
    sys.exit(main())

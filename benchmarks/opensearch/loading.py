"""Many connections for a while, as articles come in: errors, and whether each answer is of one state."""

import http.client
import threading
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Final

import msgspec

from benchmarks.engines.latency import percentile
from benchmarks.http.questions import sample_of
from benchmarks.opensearch.figures import Load
from benchmarks.opensearch.processes import finish, following, serving
from benchmarks.opensearch.target import Target
from benchmarks.under_load import write_articles
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from tests.processes import command

CONNECTIONS: Final = 64
WORKERS: Final = 2
ANSWER_S: Final = 60.0
BATCH: Final = 200
"""Articles of one ingest: each is a commit, and so a new state."""


class Hit(msgspec.Struct, frozen=True):
    """What of a hit the index says."""

    id: str


class Problem(msgspec.Struct, frozen=True):
    """What an answer says that is none."""

    type: str = ""


class Found(msgspec.Struct, frozen=True):
    """What an answer says that depends on the state alone; facets as they stand there."""

    generation: str
    total: int
    clusters: int
    results: tuple[Hit, ...]
    facets: msgspec.Raw

    @property
    def digest(self) -> bytes:
        told = f"{self.total} {self.clusters} {[hit.id for hit in self.results]} "
        return sha256(told.encode() + bytes(self.facets)).digest()


_PROBLEM: Final = msgspec.json.Decoder(Problem)
_FOUND: Final = msgspec.json.Decoder(Found)


@dataclass(slots=True)
class Tally:
    """What all connections have seen. `errors`: how many of each kind; `seen`: by question and state the
    digests of its answers, of which there is one unless an answer was of two states."""

    errors: Counter[str] = field(default_factory=Counter)
    waited_ms: list[float] = field(default_factory=list)
    generations: set[str] = field(default_factory=set)
    seen: dict[tuple[str, str], set[bytes]] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, path: str, found: Found, waited_ms: float) -> None:
        with self.lock:
            self.waited_ms.append(waited_ms)
            self.generations.add(found.generation)
            self.seen.setdefault((path, found.generation), set()).add(found.digest)

    def fail(self, kind: str) -> None:
        with self.lock:
            self.errors[kind] += 1

    @property
    def mixed(self) -> int:
        """Answers beyond the first that a question has of a state."""
        return sum(len(digests) - 1 for digests in self.seen.values())


def measure_load(target: Target, folder: DataFolder, work: Path, paths: Sequence[str], seconds: int) -> Load:
    """So many seconds with CONNECTIONS; articles are added to the folder meanwhile."""
    tally, stop = Tally(), threading.Event()
    with (
        serving(target, folder.root, WORKERS) as server,
        following(target, folder.root),
        ThreadPoolExecutor(CONNECTIONS + 1) as threads,
    ):
        began = time.monotonic()
        ingesting = threads.submit(ingest_until, stop, target, folder, work)
        starts = [number * len(paths) // CONNECTIONS for number in range(CONNECTIONS)]
        asking = [
            threads.submit(ask_until, stop, server.port, [*paths[at:], *paths[:at]], tally) for at in starts
        ]
        try:
            time.sleep(seconds)
        finally:
            stop.set()
        for one in asking:
            one.result()
        lasted = time.monotonic() - began
        ingesting.result()
    return Load(
        shards=target.shards,
        connections=CONNECTIONS,
        seconds=lasted,
        answers=len(tally.waited_ms),
        errors=tally.errors.total(),
        kinds=tally.errors,
        generations=len(tally.generations),
        mixed=tally.mixed,
        p50_ms=percentile(tally.waited_ms, 0.5),
        p99_ms=percentile(tally.waited_ms, 0.99),
    )


def ask_until(stop: threading.Event, port: int, paths: Sequence[str], tally: Tally) -> None:
    """One connection: the paths in turn, again and again; one that breaks is opened anew."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=ANSWER_S)) as connection:
        while not stop.is_set():
            for path in paths:
                if stop.is_set():
                    return
                ask_once(connection, path, tally)


def ask_once(connection: http.client.HTTPConnection, path: str, tally: Tally) -> None:
    began = time.perf_counter()
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        tally.fail(type(error).__name__)
        return
    if answer.status != http.client.OK:
        tally.fail(f"{answer.status} {_PROBLEM.decode(body).type}")
        return
    tally.add(path, _FOUND.decode(body), (time.perf_counter() - began) * 1e3)


def ingest_until(stop: threading.Event, target: Target, folder: DataFolder, work: Path) -> None:
    """Made articles, some at a time."""
    with CorpusReader.open(folder) as articles:
        sample = sample_of(articles)
    made = work / "made.ndjson"
    for first in count(step=BATCH):
        if stop.is_set():
            return
        write_articles(made, sample, first, BATCH)
        finish(command(folder.root, "ingest", str(made)), target.environment)

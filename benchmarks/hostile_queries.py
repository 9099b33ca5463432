"""Sends hostile queries through the real application, and tells what came back and what they cost.

    python -m benchmarks.hostile_queries DATA_FOLDER [--count 100000] [--doors 25] [--seed 1] [--worst 10]

DATA_FOLDER is a data folder of this program with its index; nothing is written to it. The hand-made queries
of `tests/security/worst_queries.py` go to `--doors` doors each, then `--count` generated ones to one door
each, in turn. Times are of the processor, all threads together; memory is what was in use at one time beyond
what was before. What is loaded with the first request that needs it is loaded before. A search that ran out
of time, by the clock, is answered with 503, as the interface promises; any other 5xx is a fault. The exit
status is 1 if there was a fault, or a query took more than it may.
"""

import argparse
import logging
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Final

from starlette.testclient import TestClient

from index.data_folder import DataFolder
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from search.suggestions.opening import suggestions_now
from tests.security.cost import MOST_MEGABYTES, MOST_SECONDS, Cost, cost_of
from tests.security.hostile_queries import Door, doors, queries
from tests.security.worst_queries import WORST
from web.app import create_app
from web.serving.opening import open_analyzer, open_search
from web.settings import WebSettings

FIRST_FAULT: Final = 500
TIMEOUT: Final = "/problems/timeout"
WARMING: Final = ("科技创新", "æ¹å", "科技*", "没有这样的词")


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: the status of its answer, whether it ran out of time, and its cost."""

    address: str
    status: int
    ran_out: bool
    cost: Cost

    @property
    def is_fault(self) -> bool:
        return self.status >= FIRST_FAULT and not self.ran_out

    def __str__(self) -> str:
        cost = self.cost
        return f"{cost.seconds:6.2f} {cost.megabytes:6.1f} {self.status} {self.address[:300]}"


@contextmanager
def application(folder: DataFolder) -> Iterator[TestClient]:
    """A client to the application on a data folder, suggestions and all."""
    analyzer = open_analyzer(folder)
    with open_search(folder, analyzer) as opened:
        regions = Regions.load()
        suggestions = suggestions_now(opened.engine, opened.service, opened.articles, analyzer, regions)
        app = create_app(
            opened.service,
            WebSettings(kept_answer_bytes=0),
            RegionResolver.load(analyzer.folding, regions),
            suggestions=suggestions,
        )
        with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
            yield client


def turns(every: tuple[Door, ...], count: int, each: int, seed: int) -> Iterator[tuple[Door, str]]:
    """Hand-made queries, each with so many doors, then generated ones, each with one."""
    taking = cycle(every)
    for q in WORST.values():
        for door in islice(taking, each):
            yield door, q
    yield from islice(zip(taking, queries(Random(seed)), strict=False), count)


def ask(client: TestClient, address: str) -> Asked:
    answer, cost = cost_of(lambda: client.get(address))
    status = answer.status_code
    is_timeout = status >= FIRST_FAULT and TIMEOUT in answer.text
    return Asked(address, status, is_timeout, cost)


def main(folder: DataFolder, count: int, each: int, seed: int, worst: int) -> int:
    logging.disable(logging.WARNING)
    with application(folder) as client:
        first = client.get("/api/v1/search?q=&fields=id").json()["results"][0]["id"]
        every = doors(first)
        for door in every:
            for q in WARMING:
                client.get(door.address(q))
        asked = [ask(client, door.address(q)) for door, q in turns(every, count, each, seed)]
    statuses = sorted(Counter(one.status for one in asked).items())
    dear = [one for one in asked if not one.cost.is_fair]
    faults = [one for one in asked if one.is_fault]
    print(f"{len(asked)} requests: " + ", ".join(f"{number} of {status}" for status, number in statuses))
    late = sum(one.ran_out for one in asked)
    print(f"{len(dear)} over {MOST_SECONDS:g} s or {MOST_MEGABYTES:g} MB, {late} late, {len(faults)} faults")
    for name, chosen in (
        ("the slowest", sorted(asked, key=lambda one: -one.cost.seconds)),
        ("the largest", sorted(asked, key=lambda one: -one.cost.megabytes)),
        ("faults", faults),
    ):
        print(f"{name}: seconds, megabytes, status, address")
        for one in chosen[:worst]:
            print(one)
    return 1 if dear or faults else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m benchmarks.hostile_queries")
    parser.add_argument("data", type=Path)
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--doors", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--worst", type=int, default=10)
    given = parser.parse_args()
    sys.exit(main(DataFolder(given.data), given.count, given.doors, given.seed, given.worst))

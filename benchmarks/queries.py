"""Random queries as people type them, answered by the product and by the reference engine of the tests.

    python -m benchmarks.queries [--queries 20000] [--seed 1] [--articles 80]

Small libraries, each with a commit of changes and deletions half-way. The queries have every operator of the
language, are matched in every way, in every order, with filters, and with and without other names for what is
typed. Match sets, totals, what is said of hits in part, and orders by date are compared. Each difference is
printed with its seed, then one line of summary. Ends with 1 where there was any.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

from benchmarks.engines.library import benchmark_analyzer
from index.analysis.analyzer import Analyzer
from tests.engines import Library
from tests.query_trials import QueryTrial, query_trials

QUERIES = 100
"""Of one library."""


def main() -> int:
    """Print what differs, then the summary; 1 where anything differed."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--queries", type=int, default=20_000, help="queries to try")
    arguments.add_argument("--seed", type=int, default=1, help="of the first library; the next has the next")
    arguments.add_argument("--articles", type=int, default=80, help="articles of a library, about")
    given = arguments.parse_args()
    started = time.monotonic()
    tried = with_hits = in_part = different = 0
    every = every_trial(given.seed, given.articles, benchmark_analyzer())
    for seed, trial in islice(every, given.queries):
        tried += 1
        with_hits += trial.hits > 0
        in_part += trial.relaxed
        if trial.difference is not None:
            different += 1
            print(f"seed {seed}: {trial.difference}\n  {trial.request}")
    print(
        f"{tried} queries from seed {given.seed}, {with_hits} with hits, {in_part} answered in part: "
        f"{different} differ ({time.monotonic() - started:.0f} s)"
    )
    return 1 if different else 0


def every_trial(seed: int, articles: int, analyzer: Analyzer) -> Iterator[tuple[int, QueryTrial]]:
    """Trials on one library after the other, each with its seed."""
    for number in count(seed):
        with tempfile.TemporaryDirectory() as folder:
            for trial in query_trials(Library(Path(folder), analyzer), Random(number), articles, QUERIES):
                yield number, trial


if __name__ == "__main__":
    sys.exit(main())

"""Random plans, answered by the engine on OpenSearch and by the brute-force oracle of the tests.

    python -m benchmarks.opensearch_trees URL [--trees 5000] [--seed 1] [--shards 1] [--documents 60]

As `benchmarks.trees`, on a running node: histories of small indexes with plans of every kind after each step.
All is compared always, scores on fresh generations. Each difference is printed with its seed, then one line
of summary. Ends with 1 where there was any. What is made in the cluster is deleted.
"""

import argparse
import sys
import time
from collections.abc import Generator
from itertools import count, islice
from random import Random

from tests.opensearch.cluster import fresh_prefix
from tests.plan_checks import Trial, trials
from tests.search.opensearch.judge import judge
from tests.search.opensearch.library import ClusterLibrary

PLANS = 50
"""Plans after each step of a history."""


def main() -> int:
    """Print what differs, then the summary; 1 where anything differed."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("url", help="of a node, such as http://127.0.0.1:9200")
    arguments.add_argument("--trees", type=int, default=5_000, help="plans to try")
    arguments.add_argument("--seed", type=int, default=1, help="of the first history; the next has the next")
    arguments.add_argument("--shards", type=int, default=1, help="of each index")
    arguments.add_argument("--documents", type=int, default=60, help="documents of a history, about")
    given = arguments.parse_args()
    started = time.monotonic()
    tried = matching = different = 0
    every = every_trial(given.url, given.seed, given.shards, given.documents)
    for seed, trial in islice(every, given.trees):
        tried += 1
        matching += trial.matching > 0
        different += bool(trial.differences)
        for difference in trial.differences:
            print(f"seed {seed}: {difference}\n  {trial.plan}", flush=True)
    every.close()
    seconds = time.monotonic() - started
    print(
        f"{tried} plans from seed {given.seed} on {given.shards} shards, {matching} with hits: "
        f"{different} differ ({seconds:.0f} s)"
    )
    return 1 if different else 0


def every_trial(url: str, seed: int, shards: int, documents: int) -> Generator[tuple[int, Trial], None, None]:
    """Trials of one history after the other, each with its seed."""
    for number in count(seed):
        with fresh_prefix(url) as prefix:
            for trial in trials(ClusterLibrary(url, prefix, shards), Random(number), documents, PLANS, judge):
                yield number, trial


if __name__ == "__main__":
    sys.exit(main())

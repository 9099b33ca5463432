"""Random plans, answered by the engine and by the brute-force oracle of the tests, and compared.

    python -m benchmarks.trees [--trees 20000] [--seed 1] [--documents 60]

Histories of small indexes (commits, updates, deletions, merges) with plans of every kind after each step.
Match sets, totals, clusters, facets, pages and explanations are compared always, scores where no deleted
document is left. Each difference is printed with its seed, then one line of summary. Ends with 1 where there
was any.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from itertools import count, islice
from pathlib import Path
from random import Random

from tests.engines import DocumentLibrary
from tests.plan_checks import AVERAGE_LENGTH, Trial, trials

PLANS = 50
"""Plans after each step of a history."""


def main() -> int:
    """Print what differs, then the summary; 1 where anything differed."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("--trees", type=int, default=20_000, help="plans to try")
    arguments.add_argument("--seed", type=int, default=1, help="of the first history; the next has the next")
    arguments.add_argument("--documents", type=int, default=60, help="documents of a history, about")
    given = arguments.parse_args()
    started = time.monotonic()
    tried = matching = different = 0
    for seed, trial in islice(every_trial(given.seed, given.documents), given.trees):
        tried += 1
        matching += trial.matching > 0
        different += bool(trial.differences)
        for difference in trial.differences:
            print(f"seed {seed}: {difference}\n  {trial.plan}")
    seconds = time.monotonic() - started
    print(f"{tried} plans from seed {given.seed}, {matching} with hits: {different} differ ({seconds:.0f} s)")
    return 1 if different else 0


def every_trial(seed: int, documents: int) -> Iterator[tuple[int, Trial]]:
    """Trials of one history after the other, each with its seed."""
    for number in count(seed):
        with tempfile.TemporaryDirectory() as folder:
            library = DocumentLibrary(Path(folder), AVERAGE_LENGTH)
            for trial in trials(library, Random(number), documents, PLANS):
                yield number, trial


if __name__ == "__main__":
    sys.exit(main())

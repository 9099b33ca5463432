"""Rebuild equals incremental: `python -m benchmarks.rebuilds --histories 20`.

Each history adds, changes and deletes articles, exchanges words of the dictionary and merges, at random.
Then its index and one that is built anew with the same average length answer the same queries. The exit
status is 1 where an answer differs.
"""

import argparse
import logging
import sys
from functools import cache
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from index.data_folder import DataFolder
from index.text.dictionary import Dictionary
from index.text.folding import Folding
from tests.index.analysis.lexicons import added, analyzer_with
from tests.reliability.index_histories import History, requests, unlike


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=20)
    parser.add_argument("--steps", type=int, default=40)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    logging.disable()
    folding = Folding.load()
    shipped = Dictionary.load(folding)
    analyzers = cache(lambda words: analyzer_with(folding, shipped, added(words)))
    wrong: list[str] = []
    for seed in range(arguments.seed, arguments.seed + arguments.histories):
        with TemporaryDirectory() as place:
            history = History(DataFolder(Path(place) / "data"), analyzers, Random(seed))
            history.run(arguments.steps)
            asked = tuple(requests(arguments.queries, Random(seed)))
            wrong += (f"history {seed}: {answer}" for answer in unlike(history, Path(place) / "anew", asked))
    print(*wrong[:20], sep="\n", end="\n" if wrong else "")
    print(
        f"{arguments.histories} histories of {arguments.steps} steps, {arguments.queries} queries each: "
        f"{len(wrong)} differ"
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

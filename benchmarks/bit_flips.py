"""Flips single bits in the files of a small data folder: `python -m benchmarks.bit_flips`.

Prints what became of them by file. The exit status is 1 where a flip that changed something was not noticed,
was answered with, or did not heal.
"""

import argparse
import logging
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWords
from index.data_folder import DataFolder
from index.text.folding import Folding
from tests.reliability import flipped_database, flipped_index, flipped_wal
from tests.reliability.flipped_database import DatabaseFlips, store_samples
from tests.reliability.flipped_index import IndexFlips, Tally, site_of_two_generations
from tests.reliability.flipped_wal import LogFlips

BAD = flipped_index.BAD | flipped_database.BAD | flipped_wal.BAD


def tallies(place: Path, analyzer: Analyzer, flips: argparse.Namespace) -> Iterator[Tally]:
    """Those of the index, of the database, and of its log; all files lie in `place`."""
    random = Random(flips.seed)
    site = site_of_two_generations(place / "index" / "data", analyzer)
    yield IndexFlips.of(site, place / "index" / "whole").run(flips.index, random)
    database = DataFolder(place / "database" / "data")
    store_samples(database)
    yield DatabaseFlips.of(database, place / "database" / "copies", analyzer).run(flips.database, random)
    yield LogFlips.of(place / "log" / "data", place / "log" / "copies", analyzer).run(flips.log, random)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--index", type=int, default=500)
    parser.add_argument("--database", type=int, default=200)
    parser.add_argument("--log", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    flips = parser.parse_args()
    logging.disable()
    analyzer = load_analyzer(Folding.load(), UserWords())
    total: Tally = Tally()
    with TemporaryDirectory() as place:
        for tally in tallies(Path(place), analyzer, flips):
            total += tally
    for (file, ending), count in sorted(total.items()):
        print(f"{count:5} {file:15} {ending}")
    bad = sum(count for (_, ending), count in total.items() if ending in BAD)
    print(f"{sum(total.values())} flips, {bad} of them bad")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())

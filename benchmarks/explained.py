"""Whether the parts of scores add up to them, and what explaining costs.

    python -m benchmarks.explained DATA_FOLDER [--hits 1000]

DATA_FOLDER is a data folder of this program, with its index. Queries are random titles, whole, cut, or two
pieces side by side, asked as anybody asks them: with other ways to write, in full and in part, copies folded.
Exits 1 where the parts of a hit differ from its score by more than a relative 1e-4.
"""

import argparse
import math
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from random import Random
from typing import Final

from index.data_folder import DataFolder
from search.request import MAX_QUERY, Explaining, Marking, SearchRequest
from search.results import Hit
from web.serving.opening import open_analyzer, open_search

SEED: Final = 6
TITLES: Final = 20_000
TOLERANCE: Final = 1e-4
"""Relative: what is promised."""


def main() -> int:
    """Print the worst difference and the times."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path)
    parser.add_argument("--hits", type=int, default=1_000)
    given = parser.parse_args()
    folder = DataFolder(given.folder)
    worst, count = 0.0, 0
    seen: Counter[str] = Counter()
    took: list[float] = []
    with open_search(folder, open_analyzer(folder)) as opened:
        for q in _queries(opened.articles.titles(TITLES), Random(SEED)):
            started = time.perf_counter()
            hits = opened.service.search(_asked(q)).hits
            took += [(time.perf_counter() - started) * 1000 / len(hits)] if hits else []
            worst = max([worst, *map(_difference, hits)])
            count += len(hits)
            seen.update(hit.matched.value for hit in hits)
            seen.update(kind for hit in hits for kind in _kinds(hit))
            if count >= given.hits:
                break
    print(f"{count} hits, at worst a relative {worst:.1e} apart, {statistics.median(took):.2f} ms each")
    print(", ".join(f"{kind} {hits}" for kind, hits in seen.most_common()))
    return 0 if worst <= TOLERANCE else 1


def _asked(q: str) -> SearchRequest:
    return SearchRequest(q=q, snippets=0, marking=Marking.NONE, explaining=Explaining.SCORES)


def _queries(titles: Sequence[str], random: Random) -> Iterator[str]:
    while True:
        first, second = random.choice(titles), random.choice(titles)
        at = random.randrange(len(first))
        cut = first[at : at + random.randint(2, 12)]
        yield random.choice((first, cut, cut, f"{cut} {second[:6]}"))[:MAX_QUERY]


def _difference(hit: Hit) -> float:
    """Of the sum of the parts from the score, relative to it."""
    total = math.fsum(part.score for part in hit.score_parts or ())
    return abs(total - hit.score) / max(abs(hit.score), sys.float_info.min) if total != hit.score else 0.0


def _kinds(hit: Hit) -> set[str]:
    return {part.kind.value for part in hit.score_parts or ()}


if __name__ == "__main__":
    sys.exit(main())

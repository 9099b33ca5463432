"""Times of each class of queries over an index of our engine, taken several times over.

    python -m benchmarks.repeated INDEX QUESTIONS_FROM --times 4

INDEX is one that `benchmarks.growth` or `benchmarks.engines` wrote; QUESTIONS_FROM their folder of articles.
Each segment is there so many times, in files of its own: as many documents, postings and segments as a
collection of that size has, at the cost of copying. Articles occur several times, which changes only ties.
"""

import argparse
import gc
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

from benchmarks.engines.latency import percentile
from benchmarks.engines.library import Library
from benchmarks.engines.ours import ANALYZER
from benchmarks.engines.questions import draw
from benchmarks.engines.resampled import documents
from benchmarks.engines.statistics import Statistics
from benchmarks.engines.usage import Usage
from index.generation import newest_first
from index.whoosh.codec.segment_reader import open_segment
from search.deadline import Deadline
from search.plan import Plan
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from search.whoosh.snapshot import OpenSegment, WhooshSnapshot

DRAWN_FROM = 10_000
ROUNDS = 3
MIB = 2**20


def main() -> int:
    """Print a line for each class: milliseconds, median / 99th percentile."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("index", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--times", type=int, default=4)
    given = parser.parse_args()
    questions = draw(Statistics.of(documents(Library(given.articles), DRAWN_FROM)))
    with tempfile.TemporaryDirectory(dir=given.index.parent) as folder:
        paths = _copied(given.index, Path(folder), given.times)
        for kind, plans in questions.items():
            rounds = [_seconds(_opened(given.index, paths), plans) for _ in range(ROUNDS)]
            middle = median(map(median, rounds)) * 1e3
            tail = min(percentile(one, 0.99) for one in rounds) * 1e3
            print(f"{kind.value:<28}{middle:9.3f} / {tail:.2f}", flush=True)
        snapshot = _opened(given.index, paths)
        for plans in questions.values():
            _seconds(snapshot, plans)
        used = Usage.now()
        print(f"{snapshot.columns.count:,} documents in {len(paths)} segments")
        for name, size in (
            ("resident", used.resident),
            ("PSS", used.proportional),
            ("private dirty", used.private_dirty),
        ):
            print(f"{name + ', MiB':<28}{size / MIB:9,.0f}")
    return 0


def _copied(index: Path, folder: Path, times: int) -> list[Path]:
    segments = sorted(next(newest_first(index)).folder.glob("*.seg"))
    copies = [folder / f"{number}-{segment.name}" for segment in segments for number in range(times)]
    for copy in copies:
        shutil.copyfile(next(segment for segment in segments if copy.name.endswith(segment.name)), copy)
    return copies


def _opened(index: Path, paths: Sequence[Path]) -> WhooshSnapshot:
    """A snapshot whose caches are empty."""
    engine = WhooshEngine(index, ANALYZER, Ranking())
    manifest = engine.snapshot().manifest
    engine.close()
    segments = [OpenSegment(path.name, open_segment(path), None) for path in paths]
    return WhooshSnapshot(next(newest_first(index)), manifest, segments, Ranking())


def _seconds(snapshot: WhooshSnapshot, plans: Sequence[Plan]) -> list[float]:
    """Of each query, asked for the first time."""
    gc.collect()
    never = Deadline.never()
    taken = []
    for plan in plans:
        began = time.perf_counter()
        snapshot.search(plan, never)
        taken.append(time.perf_counter() - began)
    return taken


if __name__ == "__main__":
    sys.exit(main())

"""How our engine grows: time of each class of queries, bytes and memory at several sizes, with the exponents.

    python -m benchmarks.growth DATA [--sizes 10000,30000,107000] [--engines ours,tantivy] --work FOLDER

The articles are made of real ones: each sentence of an article gives its place to one drawn from all of them.
So sizes are nested, the queries are the same at all sizes, and what they find grows with the size; but no new
words come in, as they would with new articles. They are made in processes, and never held all at once. What
is measured of a size is kept in FOLDER/growth: a run that was stopped goes on with the size that it was at.
The largest sizes take hours, and about 10 GB of disk a million articles.
"""

import argparse
import json
import math
import shutil
import sys
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from benchmarks.engines.bench import say
from benchmarks.engines.catalogue import load_engine
from benchmarks.engines.latency import measure
from benchmarks.engines.library import BATCH_ARTICLES, Library, chunks
from benchmarks.engines.memory import measure_opening
from benchmarks.engines.processes import apart
from benchmarks.engines.questions import Questions, draw
from benchmarks.engines.resampled import documents
from benchmarks.engines.statistics import Statistics
from benchmarks.engines.writing import size_of

SOURCES: Final = 10_000
"""Real articles that sentences are drawn from."""

ROUNDS: Final = 3


def main() -> int:
    """Measure each size that was not measured yet, then print all."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--sizes", default="10000,30000,107000,500000,2000000")
    parser.add_argument("--engines", default="ours")
    parser.add_argument("--work", type=Path, required=True, help="a folder to keep")
    given = parser.parse_args()
    sizes = sorted(map(int, given.sizes.split(",")))
    say(f"{SOURCES:,} real articles")
    library = Library.prepare(given.work, given.data, SOURCES)
    # Of the smallest size, so that every query finds something at every size.
    questions = apart(_drawn, library, sizes[0])
    for name in given.engines.split(","):
        results = {size: _measured(name, size, library, questions, given.work / "growth") for size in sizes}
        print(table(name, results))
    return 0


def _drawn(library: Library, size: int) -> Questions:
    return draw(Statistics.of(documents(library, size)))


def _measured(
    name: str, size: int, library: Library, questions: Questions, folder: Path
) -> Mapping[str, Any]:
    """What was measured, now or in an earlier run."""
    kept = folder / f"{name}-{size}.json"
    if not kept.exists():
        folder.mkdir(parents=True, exist_ok=True)
        index = folder / f"{name}-{size}"
        say(f"{name}: {size:,} articles are being made and written")
        shutil.rmtree(index, ignore_errors=True)
        seconds = apart(_build, name, size, library, index)
        say(f"{name}: {size:,} articles are being asked for")
        kinds = apart(measure, {name: index}, questions, ROUNDS)
        opened = apart(measure_opening, {name: index}, questions)[name]
        figures = {
            "kinds": {
                kind.value: {"median": of[name].cold.median, "p99": of[name].cold.p99, "hits": of[name].hits}
                for kind, of in kinds.items()
                if name in of
            },
            "bytes_per_article": size_of(index) / size,
            "opened": asdict(opened),
            "seconds": seconds,
        }
        kept.write_text(json.dumps(figures, indent=2, ensure_ascii=False), encoding="utf-8")
        shutil.rmtree(index)
    stored: Mapping[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return stored


def _build(name: str, size: int, library: Library, folder: Path) -> Mapping[str, float]:
    batches = chunks(documents(library, size), BATCH_ARTICLES)
    return dict(load_engine(name).build(folder, batches))


def table(name: str, results: Mapping[int, Mapping[str, Any]]) -> str:
    """A line for each class: p50 / p99 in milliseconds by size, and the exponent of the p50."""
    lines = [f"{name:<28}" + "".join(f"{size:>20,}" for size in results) + "  exponent"]
    kinds = list(dict.fromkeys(kind for figures in results.values() for kind in figures["kinds"]))
    for kind in kinds:
        of = {size: figures["kinds"][kind] for size, figures in results.items()}
        cells = [f"{one['median']:.3f} / {one['p99']:.2f}" for one in of.values()]
        lines.append(_line(kind, cells, {size: one["median"] for size, one in of.items()}))
    for title, values in (
        ("bytes/article", {size: figures["bytes_per_article"] for size, figures in results.items()}),
        ("open + query, ms", {size: figures["opened"]["first_ms"] for size, figures in results.items()}),
        ("all asked: resident, MiB", _memory(results, "resident")),
        ("  PSS, MiB", _memory(results, "proportional")),
        ("  private dirty, MiB", _memory(results, "private_dirty")),
        ("  private clean, MiB", _memory(results, "private_clean")),
        ("writing, s", {size: sum(figures["seconds"].values()) for size, figures in results.items()}),
    ):
        lines.append(_line(title, [f"{value:,.1f}" for value in values.values()], values))
    return "\n".join(lines)


def _memory(results: Mapping[int, Mapping[str, Any]], kind: str) -> Mapping[int, float]:
    return {size: figures["opened"]["asked"][kind] / 2**20 for size, figures in results.items()}


def _line(title: str, cells: Iterable[str], values: Mapping[int, float]) -> str:
    return f"{title:<28}" + "".join(f"{cell:>20}" for cell in cells) + f"{exponent(values):10.2f}"


def exponent(values: Mapping[int, float]) -> float:
    """Of the power of the size that fits best: the slope of the logarithms, by least squares; nan of one."""
    points = [(math.log(size), math.log(value)) for size, value in values.items() if value > 0]
    if len(points) < 2:
        return math.nan
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    spread = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / spread


if __name__ == "__main__":
    sys.exit(main())

"""Which copies of real articles are found, and what finding them costs.

    python -m benchmarks.reposts DATA_FOLDER

DATA_FOLDER holds articles as JSON lines (`*.jsonl.gz`). First, how many of the copies that
`benchmarks.copies` makes of 5,000 articles end in one cluster with their article. Then all articles are
stored in a mixed order, as `ingest` stores them: for each 10,000, how many were sketched and stored in a
second of the processor's and stored in one of the clock's, the peak of memory, the size of the database and
the clusters. Ends with 1 where a recall is below its goal.
"""

import argparse
import gzip
import json
import random
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from itertools import islice
from pathlib import Path

from benchmarks.copies import Copier
from index.article import Article, Original, Script
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.reposts.sketch import Sketcher
from index.writer_lock import WriterLock

SEED = 20_241_014
ORIGINALS = 5_000
BATCH = 200
"""Articles of a batch of `ingest` (index.ingest.BatchLimits)."""

STEP = 10_000
GOALS = {
    "boilerplate added": 0.99,
    "30 % cut": 0.99,
    "50 % cut": 0.97,
    "sentences changed": 0.98,
    "in Traditional": 0.99,
}
CHINA = timezone(timedelta(hours=8))


def main() -> int:
    """Print both tables; 1 where a recall is below its goal."""
    arguments = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    arguments.add_argument("data", type=Path, help="folder with *.jsonl.gz")
    arguments.add_argument(
        "--originals", type=int, default=ORIGINALS, help="articles that copies are made of"
    )
    given = arguments.parse_args()
    files = sorted(given.data.glob("*.jsonl.gz"))
    sketcher = Sketcher.load()
    good = print_recall(sample(files, given.originals), sketcher)
    print_growth(files, sketcher)
    return 0 if good else 1


def sample(files: list[Path], count: int) -> list[Article]:
    """Articles drawn at random from all files, the same ones at each run; no others are held."""
    total = sum(1 for path in files for _ in lines_of(path))
    chosen = frozenset(random.Random(SEED).sample(range(total), count))
    lines = (line for path in files for line in lines_of(path))
    return [article_of(line) for number, line in enumerate(lines) if number in chosen]


def lines_of(path: Path) -> Iterator[str]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from lines


def article_of(line: str) -> Article:
    """The article of a line, its texts as they were found."""
    record = json.loads(line)
    day = record["published"]
    return Article(
        id=record["id"],
        title=record["title"],
        lead="",
        body=record["text"],
        tags=(),
        url=record["url"],
        source=record["source"],
        origin=None,
        category=(),
        notice="",
        related=(),
        published=None if day is None else datetime.fromisoformat(day).replace(tzinfo=CHINA),
        script=Script.HANS,
        region_hint=record["region"],
    )


def print_recall(articles: list[Article], sketcher: Sketcher) -> bool:
    """Whether as many copies of each kind as wanted are found with their articles."""
    copier = Copier.seeded(SEED, tuple(article.body for article in articles))
    good = True
    for kind, make in copier.kinds.items():
        found = recall(articles, make, sketcher)
        good = good and found >= GOALS[kind]
        print(f"{kind:<18} {found:7.2%} of {len(articles)} found (wanted {GOALS[kind]:.0%})", flush=True)
    return good


def recall(articles: list[Article], make: Callable[[Article], Article], sketcher: Sketcher) -> float:
    """The part of the articles that are in one cluster with the copy that `make` makes of each."""
    copies = [replace(make(article), id=f"copy-{article.id}") for article in articles]
    both = articles + copies
    random.Random(SEED).shuffle(both)
    with tempfile.TemporaryDirectory() as root:
        folder = new_folder(root)
        for _ in stored(both, folder, sketcher):
            pass
        with closing(CorpusReader.open(folder)) as reader:
            return sum(is_found(reader, article.id) for article in articles) / len(articles)


def is_found(reader: CorpusReader, article_id: str) -> bool:
    cluster = reader.cluster(article_id)
    return cluster is not None and any(copy.id == f"copy-{article_id}" for copy in cluster.copies)


@dataclass(frozen=True, slots=True)
class Batch:
    """What storing a batch took, in seconds: of the processor, and for storing by the clock as well."""

    articles: int
    sketching: float
    storing: float
    waiting: float


def stored(articles: Iterable[Article], folder: DataFolder, sketcher: Sketcher) -> Iterator[Batch]:
    """Store the articles as `ingest` does: a lock and a transaction for each batch."""
    articles = iter(articles)
    while batch := list(islice(articles, BATCH)):
        begun = time.process_time()
        sketches = [sketcher.sketch(article) for article in batch]
        sketched, started = time.process_time(), time.perf_counter()
        with WriterLock(folder.lock), CorpusWriter.open(folder, sketcher) as writer:
            for article, sketch in zip(batch, sketches, strict=True):
                original = Original(article.body.encode(), "text/plain", "utf-8")
                writer.put(article, original, sketch)
            writer.commit()
        finished, ended = time.process_time(), time.perf_counter()
        yield Batch(len(batch), sketched - begun, finished - sketched, ended - started)


def print_growth(files: list[Path], sketcher: Sketcher) -> None:
    """Store all articles, and print what each step of them took."""
    print("articles  sketched/s  stored/s  stored/s by the clock  peak MB  database MB  clusters")
    with tempfile.TemporaryDirectory() as root:
        folder = new_folder(root)
        total, since, sketching, storing, waiting = 0, 0, 0.0, 0.0, 0.0
        for batch in stored(map(article_of, mixed(files)), folder, sketcher):
            since += batch.articles
            sketching += batch.sketching
            storing += batch.storing
            waiting += batch.waiting
            if since >= STEP or batch.articles < BATCH:
                total += since
                print(
                    f"{total:>8} {since / sketching:>11.0f} {since / storing:>9.0f} {since / waiting:>22.0f} "
                    f"{peak():>8.0f} {folder.articles.stat().st_size / 1e6:>12.0f} {clusters(folder):>9}",
                    flush=True,
                )
                since, sketching, storing, waiting = 0, 0.0, 0.0, 0.0


def mixed(files: list[Path]) -> Iterator[str]:
    """The lines of all files, mixed at random but each file in its order; few are held at a time."""
    draw = random.Random(SEED)
    left = {path: sum(1 for _ in lines_of(path)) for path in files}
    lines = {path: lines_of(path) for path in files}
    while left:
        [path] = draw.choices(list(left), list(left.values()))
        yield next(lines[path])
        left[path] -= 1
        if not left[path]:
            del left[path]


def new_folder(root: str) -> DataFolder:
    folder = DataFolder(Path(root) / "data")
    folder.create()
    return folder


def clusters(folder: DataFolder) -> int:
    with closing(CorpusReader.open(folder)) as reader:
        return reader.stats().duplicate_groups


def peak() -> float:
    """The most memory that this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1_000


if __name__ == "__main__":
    sys.exit(main())

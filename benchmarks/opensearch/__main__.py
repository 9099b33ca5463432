"""Measures both engines on the same articles, through the program itself.

    python -m benchmarks.opensearch DATA --work FOLDER [--url http://127.0.0.1:9200] [--articles 10000,30000]
        [--shards 1,3,6] [--replicas 0] [--json figures.json]

DATA is a folder with a folder `bulk` of JSON lines (`*.jsonl.gz`); FOLDER is kept, and has a data folder for
each number of articles. For each number the index is built anew in the folder, and in the cluster with each
number of shards; then one client asks all classes of queries over one connection. At last 64 connections ask
the largest index in the cluster while articles come in, to a copy of the data folder that is deleted then.
Whatever else the nodes do meanwhile is counted as theirs. The model (`benchmarks.capacity`) reads the file of
`--json`; it needs two numbers of articles and two of shards, and a machine that does nothing else.

Ends with 1 where an answer under load was an error or of more than one state, or where all were of one state,
so that this was not tried.
"""

import argparse
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.engines.bench import say
from benchmarks.opensearch import figures
from benchmarks.opensearch.articles import stored
from benchmarks.opensearch.asking import ask_classes
from benchmarks.opensearch.figures import Figures, Load, Run, Written
from benchmarks.opensearch.loading import measure_load
from benchmarks.opensearch.processes import asked, finish
from benchmarks.opensearch.questions import draw
from benchmarks.opensearch.report import lines
from benchmarks.opensearch.target import Target
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from tests.processes import command


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """What is measured, and how often."""

    data: Path
    work: Path
    urls: tuple[str, ...]
    prefix: str
    articles: Sequence[int]
    shards: Sequence[int]
    replicas: int
    questions: int
    rounds: int
    load_s: int

    def alone(self) -> Figures:
        """Of one client, all numbers of articles and all targets."""
        load = os.getloadavg()[0]
        runs = [run for count in self.articles for run in self._runs(count)]
        return Figures(
            measured=datetime.now(UTC).date().isoformat(),
            processors=len(os.sched_getaffinity(0)),
            load=load,
            runs=tuple(runs),
        )

    def loaded(self) -> Load:
        """Of many clients on the largest index in the cluster."""
        say("load")
        count = max(self.articles)
        copy = DataFolder(self.work / "loaded")
        shutil.rmtree(copy.root, ignore_errors=True)
        shutil.copytree(stored(self.data, self.work, count).root, copy.root)
        target = self._target(count, max(self.shards))
        try:
            paths = [path for some in zip(*draw(copy, self.questions).values(), strict=True) for path in some]
            with written(target, copy):
                return measure_load(target, copy, self.work, paths, self.load_s)
        finally:
            shutil.rmtree(copy.root)

    def _runs(self, count: int) -> Iterator[Run]:
        say(f"{count:,} articles")
        folder = stored(self.data, self.work, count)
        for target in (Target(), *(self._target(count, shards) for shards in self.shards)):
            say(f"{target.engine}, {target.shards} shards")
            with written(target, folder) as took:
                yield self._run(target, folder, took)

    def _run(self, target: Target, folder: DataFolder, took: Written) -> Run:
        with closing(CorpusReader.open(folder)) as articles:
            held = articles.stats().articles
        if not target.settle():
            say("the nodes do something else all the time: their times are too long")
        with asked(target, folder.root) as server:
            classes = ask_classes(server, target, draw(folder, self.questions), self.rounds)
        return Run(
            engine=target.engine,
            articles=held,
            shards=target.shards,
            replicas=target.replicas,
            nodes=target.nodes(),
            bytes=target.index_bytes(folder) / held,
            written=took,
            classes=classes,
        )

    def _target(self, count: int, shards: int) -> Target:
        prefix = f"{self.prefix}-{count}-{shards}"
        return Target(urls=self.urls, prefix=prefix, shards=shards, replicas=self.replicas)


@contextmanager
def written(target: Target, folder: DataFolder) -> Iterator[Written]:
    """The index of this target, built anew; what is in the cluster is deleted at the end."""
    target.delete()
    try:
        before = target.processor_s()
        taken = finish(command(folder.root, "rebuild"), target.environment)
        spent = taken.processor_s + target.processor_s() - before
        yield Written(wall_s=taken.wall_s, processor_s=spent)
    finally:
        target.delete()


def numbers(text: str) -> list[int]:
    return [int(one) for one in text.split(",")]


def main() -> int:
    """Print the table; 1 where answers under load were not as they have to be."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("data", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--url", default="http://127.0.0.1:9200", help="of the nodes, parted by commas")
    parser.add_argument("--prefix", default="bench", help="what the names of all indexes begin with")
    parser.add_argument("--articles", type=numbers, default=[10_000, 30_000])
    parser.add_argument("--shards", type=numbers, default=[1, 3, 6])
    parser.add_argument("--replicas", type=int, default=0)
    parser.add_argument("--questions", type=int, default=60, help="of each class")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=60, help="of the load; 0: none")
    parser.add_argument("--json", type=Path, help="a file for the figures")
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    bench = Bench(
        data=given.data,
        work=given.work,
        urls=tuple(given.url.split(",")),
        prefix=given.prefix,
        articles=given.articles,
        shards=given.shards,
        replicas=given.replicas,
        questions=given.questions,
        rounds=given.rounds,
        load_s=given.seconds,
    )
    found = bench.alone()
    keep(found, given.json)
    if given.seconds:
        found = replace(found, loaded=bench.loaded())
        keep(found, given.json)
    print("\n".join(lines(found)))
    return 0 if found.loaded is None or found.loaded.holds else 1


def keep(found: Figures, file: Path | None) -> None:
    """Write the figures where a file is named."""
    if file is not None:
        figures.write(found, file)


if __name__ == "__main__":
    sys.exit(main())

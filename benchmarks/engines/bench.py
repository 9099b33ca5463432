"""One run: articles, indexes, and the stages that were asked for."""

import shutil
import sys
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.engines.catalogue import SMALL, load_engine
from benchmarks.engines.latency import measure
from benchmarks.engines.library import Library
from benchmarks.engines.life_cycle import measure_life_cycle
from benchmarks.engines.load import measure_load
from benchmarks.engines.memory import measure_opening
from benchmarks.engines.processes import apart
from benchmarks.engines.questions import Questions, draw
from benchmarks.engines.report import OURS, RIVAL, Results
from benchmarks.engines.statistics import Statistics
from benchmarks.engines.writing import measure_end_to_end, measure_writing, size_of

STAGES: Final = ("write", "open", "query", "change", "load")
WRITTEN: Final = 30_000
"""Articles that writing is timed with, at most: they are held in memory."""

SMALL_ARTICLES: Final = 5_000


class Bench:
    """One run over some articles, engines and stages."""

    def __init__(
        self, work: Path, data: Path, articles: int | None, names: Sequence[str], rounds: int
    ) -> None:
        self._work = work
        self._data = data
        self._names = names
        self._rounds = rounds
        say("articles and documents")
        self._library = Library.prepare(work, data, articles)
        self._questions, self._articles = apart(_drawn, self._library)
        self._partial = {
            name: SMALL_ARTICLES for name in names if name in SMALL and self._articles > SMALL_ARTICLES
        }

    def run(self, stages: Sequence[str]) -> Results:
        results = Results(self._articles, self._partial)
        indexes = self._built()
        whole = {name: folder for name, folder in indexes.items() if name not in self._partial}
        results.bytes_per_article = {
            name: size_of(folder) / self._partial.get(name, self._articles)
            for name, folder in indexes.items()
        }
        for stage in stages:
            say(stage)
            match stage:
                case "write":
                    self._write(results)
                case "open":
                    results.opened = measure_opening(whole, self._questions)
                case "query":
                    results.kinds = apart(measure, indexes, self._questions, self._rounds)
                case "change":
                    documents = list(islice(next(self._library.documents()), 200))
                    results.life_cycle = measure_life_cycle(whole, documents, self._work)
                case "load":
                    results.load = measure_load(_rivals(whole), self._questions)
                case _:
                    raise ValueError(f"{stage!r} is none of {', '.join(STAGES)}")
        return results

    def _write(self, results: Results) -> None:
        library, count = self._library, min(self._articles, WRITTEN)
        if self._articles > WRITTEN:
            library = Library.prepare(self._work, self._data, WRITTEN)
        names = [name for name in self._names if name not in SMALL]
        results.written = measure_writing(names, library, count, min(3, self._rounds), self._work)
        both = [name for name in names if name in {OURS, RIVAL}]
        results.end_to_end = measure_end_to_end(both, library, count, self._work)

    def _built(self) -> Mapping[str, Path]:
        return {name: self._index(name) for name in self._names}

    def _index(self, name: str) -> Path:
        library = self._library
        if name in self._partial:
            library = Library.prepare(self._work, self._data, SMALL_ARTICLES)
        folder = library.folder / name
        mark = library.folder / f"{name}.built"
        if name == OURS or not mark.exists():
            say(f"index of {name}")
            shutil.rmtree(folder, ignore_errors=True)
            apart(_build, name, folder, library)
            mark.touch()
        return folder


def say(text: str) -> None:
    """What is being done, for who waits."""
    print(text, file=sys.stderr, flush=True)


def _build(name: str, folder: Path, library: Library) -> None:
    load_engine(name).build(folder, library.batches())


def _drawn(library: Library) -> tuple[Questions, int]:
    statistics = Statistics.of(document for chunk in library.documents() for document in chunk)
    return draw(statistics), statistics.articles


def _rivals(indexes: Mapping[str, Path]) -> Mapping[str, Path]:
    return {name: folder for name, folder in indexes.items() if name in {OURS, RIVAL}}

"""Small changes of a large index: durable, and found."""

import shutil
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Final

from benchmarks.engines.catalogue import load_engine
from benchmarks.engines.engine import Updater
from benchmarks.engines.latency import Latency, percentile
from benchmarks.engines.processes import apart
from index.documents import IndexDocument
from search.plan import ByScore, Plan, Word

TIMES: Final = 50
HUNDREDS: Final = 20
"""Adding 100 is done less often."""

MARKER: Final = "benchmarkmarker"
"""Begins a word that no article has."""


def measure_life_cycle(
    indexes: Mapping[str, Path], documents: Sequence[IndexDocument], work: Path
) -> Mapping[str, Mapping[str, Latency]]:
    """For each engine and kind of change the milliseconds from the call until a search sees it."""
    return {
        name: apart(_life_cycle, name, folder, documents, work / "life-cycle")
        for name, folder in indexes.items()
    }


def _life_cycle(
    name: str, index: Path, documents: Sequence[IndexDocument], folder: Path
) -> Mapping[str, Latency]:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(index, folder)
    updater = load_engine(name).update(folder)
    if updater is None:
        return {}
    try:
        return _Changes(updater, documents).measure()
    finally:
        updater.close()
        shutil.rmtree(folder)


class _Changes:
    """Documents like those that are in the index, under new ids, each with a word of its own."""

    def __init__(self, updater: Updater, documents: Sequence[IndexDocument]) -> None:
        self._updater = updater
        self._documents = documents

    def measure(self) -> Mapping[str, Latency]:
        results = {
            "add 1": self._series(TIMES, lambda turn: self._put([self._made("one", turn)])),
            "add 100": self._series(HUNDREDS, self._add_100),
        }
        if self._updater.takes_deletes:
            results["update 1"] = self._series(TIMES, self._update)
            results["delete 1"] = self._series(TIMES, self._delete)
        return results

    def _series(self, times: int, change: Callable[[int], None]) -> Latency:
        taken = []
        for turn in range(times):
            began = time.perf_counter()
            change(turn)
            taken.append((time.perf_counter() - began) * 1e3)
        return Latency(median(taken), percentile(taken, 0.99))

    def _add_100(self, turn: int) -> None:
        self._put([self._made("hundred", turn * 100 + place) for place in range(100)])

    def _update(self, turn: int) -> None:
        """One that came with the index, not one that was just added."""
        before = self._documents[turn]
        self._put([replace(self._made("updated", turn), id=before.id)])

    def _delete(self, turn: int) -> None:
        document = self._made("one", turn)
        self._updater.change([], [document.id])
        self._expect(f"{MARKER}one{turn}", 0)

    def _put(self, documents: Sequence[IndexDocument]) -> None:
        self._updater.change(documents, [])
        word = next(word for word in documents[-1].words if word.startswith(MARKER))
        self._expect(word, 1)

    def _made(self, kind: str, number: int) -> IndexDocument:
        like = self._documents[number % len(self._documents)]
        return replace(like, id=f"{kind}-{number}", words={**like.words, f"{MARKER}{kind}{number}": 1})

    def _expect(self, word: str, total: int) -> None:
        found = self._updater.total(Plan(query=Word(word), filters=(), order=ByScore(), offset=0, limit=10))
        if found != total:
            raise AssertionError(f"{found} articles with {word}, not {total}")

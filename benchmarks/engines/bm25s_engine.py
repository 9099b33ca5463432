"""bm25s: scores of words in memory."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import Any

import bm25s
import numpy as np

from benchmarks.engines.engine import Answer, Search, Stopwatch
from index.documents import IndexDocument
from search.plan import ByScore, Node, Or, Plan, Word


class Bm25s:
    """Takes all documents at once and no changes; words only, each alone or joined by OR."""

    name = "bm25s"

    def build(self, folder: Path, batches: Iterable[Sequence[IndexDocument]]) -> Mapping[str, float]:
        watch = Stopwatch()
        words: list[list[str]] = []
        for batch in batches:
            with watch.measure("strings"):
                words += [
                    list(chain.from_iterable(map(repeat, document.words, document.words.values())))
                    for document in batch
                ]
        with watch.measure("write"):
            index = bm25s.BM25()
            index.index(words, show_progress=False)
        with watch.measure("commit"):
            index.save(str(folder), show_progress=False)
        return watch.seconds

    def open(self, folder: Path) -> "Bm25sReader":
        return Bm25sReader(folder)

    def update(self, _folder: Path) -> None:
        """There is no way to."""


class Bm25sReader:
    """Loaded with its arrays mapped."""

    def __init__(self, folder: Path) -> None:
        self._index = bm25s.BM25.load(str(folder), mmap=True, show_progress=False)

    def prepare(self, plan: Plan) -> Search[Any] | None:
        words = _words(plan.query)
        if words is None or plan.filters or not isinstance(plan.order, ByScore):
            return None
        index, last = self._index, plan.offset + plan.limit

        def run() -> tuple[int, Any]:
            """All scores; those above 0 are of articles that match."""
            scores = index.get_scores(words)
            return int(np.count_nonzero(scores)), _best(scores, last)[plan.offset :]

        return Search(run, lambda found: Answer(found[0]))

    def close(self) -> None:
        del self._index


def _best(scores: Any, count: int) -> Any:
    if count >= len(scores):
        return np.argsort(-scores)
    best = np.argpartition(scores, len(scores) - count)[-count:]
    return best[np.argsort(-scores[best])]


def _words(node: Node) -> list[str] | None:
    match node:
        case Word(text):
            return [text]
        case Or(nodes) if all(isinstance(one, Word) for one in nodes):
            return [one.text for one in nodes if isinstance(one, Word)]
        case _:
            return None

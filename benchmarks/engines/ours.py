"""Our engine, as the product uses it."""

import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from benchmarks.engines.engine import Answer, Search, Stopwatch
from index.documents import IndexDocument
from index.generation import Manifest, newest_first
from index.whoosh.codec.segment_reader import open_segment
from index.whoosh.files import FileVerifier
from index.whoosh.published import read_published
from index.whoosh.store import WhooshStore
from index.whoosh.toc import read_segments
from index.writer import START_AVERAGE_LENGTH, IndexWriter
from search.deadline import Deadline
from search.engine import Matches
from search.plan import Plan
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from search.whoosh.snapshot import OpenSegment, WhooshSnapshot

ANALYZER = "benchmark"
"""Stands for the version of the analyzer; the documents come analysed."""


class Ours:
    """Writes through the store, as a rebuild does."""

    name = "ours"

    def build(self, folder: Path, batches: Iterable[Sequence[IndexDocument]]) -> Mapping[str, float]:
        watch = Stopwatch()
        store = WhooshStore(folder, ANALYZER)
        with watch.measure("write"):
            writer: IndexWriter = store.create()
        articles = 0
        for batch in batches:
            articles += len(batch)
            with watch.measure("write"):
                for document in batch:
                    writer.put(document, articles)
            with watch.measure("commit"):
                writer.commit(articles, START_AVERAGE_LENGTH)
        with watch.measure("merge"):
            writer.optimise()
            # As a rebuild does.
            writer.commit(articles, writer.measured_average)
            store.make_live(writer)
            writer.close()
        return watch.seconds

    def open(self, folder: Path) -> "OurReader":
        return OurReader(folder)

    def update(self, folder: Path) -> "OurUpdater":
        return OurUpdater(folder)


class OurReader:
    """A snapshot of an engine of its own, so that no cache is warm."""

    def __init__(self, folder: Path) -> None:
        self._engine = WhooshEngine(folder, ANALYZER, Ranking())
        self._snapshot = self._engine.snapshot()
        self._never = Deadline.never()

    def prepare(self, plan: Plan) -> Search[Matches]:
        snapshot, never = self._snapshot, self._never
        return Search(lambda: snapshot.search(plan, never), _answer)

    def close(self) -> None:
        self._engine.close()


class OurUpdater:
    """A writer that stays open, and an engine that follows it."""

    takes_deletes = True

    def __init__(self, folder: Path) -> None:
        self._writer: IndexWriter = WhooshStore(folder, ANALYZER).live()
        self._engine = WhooshEngine(folder, ANALYZER, Ranking())
        self._never = Deadline.never()

    def change(self, puts: Sequence[IndexDocument], deletes: Sequence[str]) -> None:
        sequence = self._writer.sequence + 1
        for document in puts:
            self._writer.put(document, sequence)
        for article_id in deletes:
            self._writer.delete(article_id, sequence)
        self._writer.commit(sequence, self._writer.average_length)

    def total(self, plan: Plan) -> int:
        return self._engine.snapshot().search(plan, self._never).total

    def close(self) -> None:
        self._writer.close()
        self._engine.close()


def open_verified(folder: Path, plan: Plan) -> float:
    """Seconds until a query is answered by an index whose files were verified just before."""
    generation = next(newest_first(folder))
    verifier = FileVerifier()
    read_published(generation, ANALYZER, verifier, lambda manifest: manifest)

    def opened(manifest: Manifest) -> WhooshSnapshot:
        segments = [
            OpenSegment(segment.segment_id(), open_segment(segment.path(generation.folder)), None)
            for segment in read_segments(generation.folder, manifest)
        ]
        return WhooshSnapshot(generation, manifest, segments, Ranking())

    began = time.perf_counter()
    read_published(generation, ANALYZER, verifier, opened).search(plan, Deadline.never())
    return time.perf_counter() - began


def _answer(matches: Matches) -> Answer:
    facets = tuple(tuple(count for _, count in facet.values) for facet in matches.facets)
    return Answer(matches.total, facets)

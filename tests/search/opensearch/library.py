"""Documents that are made by hand in an index of a cluster."""

from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass, field

from index.averages import Averages
from index.documents import IndexDocument
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.published import MAX_RECENT, Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.writer import IndexWriter
from search.opensearch.engine import OpenSearchEngine
from search.opensearch.snapshot import OpenSearchSnapshot
from search.ranking import Ranking
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, Optimise, Step
from tests.search.opensearch.judge import AVERAGES, judge

ANALYZER = "made by hand"
RANKING = Ranking()

WHOLE_LOOK = 60.0
"""Seconds in which every look at the cluster ends."""


@dataclass(slots=True)
class ClusterLibrary:
    """As `tests.engines.DocumentLibrary`, under a prefix that no one else uses."""

    url: str
    prefix: str
    shards: int = 1
    averages: Averages = AVERAGES
    analyzer: str = ANALYZER
    sequence: int = 0
    live: dict[str, IndexDocument] = field(default_factory=dict)
    reader: OpenSearchEngine = field(init=False)
    counts_deleted: bool = False
    kept_commits: int = MAX_RECENT - 1

    def __post_init__(self) -> None:
        self.reader = self.engine()

    @property
    def average_length(self) -> float:
        return self.averages.words

    def settings(self) -> OpenSearchSettings:
        return OpenSearchSettings(urls=(self.url,), prefix=self.prefix, shards=self.shards)

    def store(self) -> OpenSearchStore:
        settings = StoreSettings(
            analyzer=self.analyzer,
            scoring=Scoring(k1=RANKING.k1, b=RANKING.b),
            averages=lambda: self.averages,
            shards=self.shards,
        )
        return OpenSearchStore(connect(self.settings()), self.prefix, settings)

    def engine(self) -> OpenSearchEngine:
        """One that sees each commit at once: the time between two looks is over whenever it asks, and it
        waits for each of them to its end."""
        client = connect(self.settings())
        return OpenSearchEngine(client, self.prefix, self.analyzer, RANKING, Restless(), patience=WHOLE_LOOK)

    def oracle(self, documents: Iterable[IndexDocument]) -> Oracle:
        return judge(documents)

    def snapshot(self) -> OpenSearchSnapshot:
        return self.reader.snapshot()

    def build(self, documents: Iterable[IndexDocument]) -> None:
        """A new generation with these documents and no others."""
        self.live = {document.id: document for document in documents}
        self.sequence += 1
        store = self.store()
        with closing(store.create()) as writer:
            for document in self.live.values():
                writer.put(document, self.sequence)
            self._commit(writer)
            store.make_live(writer)

    def apply(self, step: Step) -> None:
        """One commit on the live generation; on a new one where there is none.

        A cluster merges when it likes: to have no deleted documents the index is made anew."""
        match step:
            case Optimise():
                self.build(self.live.values())
            case Change(puts, deletes) if self.sequence:
                self._change(puts, deletes)
            case Change(puts, _):
                self.build(puts)

    def _change(self, puts: Iterable[IndexDocument], deletes: Iterable[str]) -> None:
        self.sequence += 1
        with closing(self.store().live()) as writer:
            for name in deletes:
                self.live.pop(name, None)
                writer.delete(name, self.sequence)
            for document in puts:
                self.live[document.id] = document
                writer.put(document, self.sequence)
            self._commit(writer)

    def _commit(self, writer: IndexWriter) -> None:
        writer.commit(self.sequence, self.average_length)


@dataclass(slots=True)
class Restless:
    """A clock on which a second passes between any two looks."""

    seconds: float = 0.0

    def __call__(self) -> float:
        self.seconds += 1.0
        return self.seconds

"""Generations on the node that all tests share, small documents for them, and what they hold."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from opensearchpy import OpenSearch

from index.article import Part
from index.averages import Averages
from index.documents import IndexDocument
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.generations import Generation
from index.opensearch.patience import Patience
from index.opensearch.published import Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.opensearch.writer import OpenSearchWriter, WriterSettings
from tests.opensearch.cluster import fresh_prefix, node_url

ANALYZER = "made by hand"
SCORING = Scoring(k1=1.0, b=0.95)


def document(name: str, text: str = "政策", *, tag: str = "t") -> IndexDocument:
    """A document with a body and a tag."""
    return IndexDocument(
        id=name,
        characters={Part.BODY: text},
        words={text: 1} if text else {},
        keywords={"tag": (tag,)},
        dates={},
        cluster=None,
    )


@dataclass(slots=True)
class Waits:
    """Pauses that take no time. In each one `then` happens, and the clock goes on."""

    then: Callable[[], None] = lambda: None
    seconds: list[float] = field(default_factory=list)

    def pause(self, seconds: float) -> None:
        self.seconds.append(seconds)
        self.then()

    def clock(self) -> float:
        return sum(self.seconds)

    def patience(self, seconds: float = 60.0) -> Patience:
        return Patience(seconds, self.pause, self.clock)


@dataclass(slots=True)
class Place:
    """A prefix of the shared node, asked through `client`; `direct` is another way to it."""

    client: OpenSearch
    direct: OpenSearch
    prefix: str
    waits: Waits = field(default_factory=Waits)
    analyzer: str = ANALYZER
    scoring: Scoring = SCORING
    patience: float = 60.0
    averages: Averages = field(default_factory=Averages)

    def store(self) -> OpenSearchStore:
        return OpenSearchStore(
            self.client,
            self.prefix,
            StoreSettings(
                analyzer=self.analyzer,
                scoring=self.scoring,
                averages=lambda: self.averages,
                writer=WriterSettings(patience=self.waits.patience(self.patience)),
            ),
        )

    def begun(self) -> OpenSearchWriter:
        """A writer on a new generation."""
        return self.begun_with(Averages())

    def begun_with(self, averages: Averages) -> OpenSearchWriter:
        """The same with these averages."""
        self.averages = averages
        writer = self.store().create()
        assert isinstance(writer, OpenSearchWriter)
        return writer

    def generation(self, number: int) -> Generation:
        """The generation with this number."""
        return Generation(self.prefix, number)

    def build(self, *names: str) -> OpenSearchWriter:
        """A live generation with these documents, of which each came with a journal entry."""
        writer = self.begun()
        for sequence, name in enumerate(names, 1):
            writer.put(document(name), sequence)
        writer.commit(len(names), 700.0, f"entry {len(names)}")
        self.store().make_live(writer)
        return writer

    def held(self, index: str) -> Mapping[str, Any]:
        """The sources of all documents of an index as it is now, by id."""
        self.direct.indices.refresh(index=index)
        answer = self.direct.search(index=index, body={"size": 10_000})
        return {hit["_source"]["id"]: hit["_source"] for hit in answer["hits"]["hits"]}

    def indexes(self) -> set[str]:
        """The names of all that lies under the prefix."""
        return set(self.direct.indices.get(index=f"{self.prefix}*"))


@contextmanager
def place_at(url: str) -> Iterator[Place]:
    """A place that is asked through this address, and is removed at the end."""
    with fresh_prefix(node_url()) as prefix:
        client, direct = (connect(OpenSearchSettings(urls=(way,))) for way in (url, node_url()))
        try:
            yield Place(client, direct, prefix)
        finally:
            client.close()
            direct.close()

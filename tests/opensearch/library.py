"""Articles in memory whose changes go straight into an index of a cluster."""

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

from opensearchpy import OpenSearch

from index.article import Article
from index.averages import Averages
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.patience import Patience
from index.opensearch.published import Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.opensearch.writer import WriterSettings
from search.opensearch.engine import OpenSearchEngine
from search.ranking import Ranking
from tests.engines import ArticleLibrary
from tests.opensearch.cluster import ask, indexes, node_url
from tests.waiting import WAIT_S

RANKING = Ranking()


@dataclass(slots=True)
class OpenSearchLibrary(ArticleLibrary):
    """On the node that all tests share, under a prefix that is made from `root`."""

    @property
    def prefix(self) -> str:
        """Of all indexes of this library."""
        return f"test-{sha256(str(self.root).encode()).hexdigest()[:12]}"

    def settings(self) -> OpenSearchSettings:
        return OpenSearchSettings(urls=(node_url(),), prefix=self.prefix)

    def store(self) -> OpenSearchStore:
        settings = StoreSettings(
            analyzer=self.analyzer.version,
            scoring=Scoring(k1=RANKING.k1, b=RANKING.b),
            averages=Averages,
            writer=WriterSettings(patience=Patience(seconds=WAIT_S)),
        )
        return OpenSearchStore(connect(self.settings()), self.prefix, settings)

    def engine(self) -> OpenSearchEngine:
        return prompt_engine(connect(self.settings()), self.prefix, self.analyzer.version)

    def forget_deleted(self) -> None:
        """By a new generation: the cluster keeps what was deleted, for copies of a shard that missed it."""
        self.build(list(self.stored.values()))

    def refill(self, articles: Iterable[Article]) -> None:
        """By a commit: another index costs a cluster many times as much."""
        if not self.sequence:
            self.build(articles)
            return
        puts = {article.id: article for article in articles}
        self.change(puts.values(), self.stored.keys() - puts.keys())

    def held(self) -> list[str]:
        return indexes(node_url(), f"{self.prefix}-")

    def discard(self) -> None:
        # In one request: each would cost the cluster a new state.
        if names := self.held():
            ask(node_url(), f"/{','.join(names)}", method="DELETE")


def prompt_engine(
    client: OpenSearch, prefix: str, analyzer: str, ranking: Ranking = RANKING
) -> OpenSearchEngine:
    """A reader that sees each commit at once: whoever asks it looks, and waits for what the look says."""
    return OpenSearchEngine(client, prefix, analyzer, ranking, Restless(), patience=WAIT_S)


@dataclass(slots=True)
class Restless:
    """A clock on which a minute passes between any two looks, so that nothing that was seen counts as new."""

    seconds: float = 0.0

    def __call__(self) -> float:
        self.seconds += 60.0
        return self.seconds

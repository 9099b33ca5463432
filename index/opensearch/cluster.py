"""A cluster that keeps an index, opened for one process: what the factories need of it."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Final

from opensearchpy import OpenSearch

from index.analysis.analyzer import Analyzer
from index.article_copy import CopySource
from index.averages import Averages
from index.engine_settings import EngineSettings, PlainHttp
from index.opensearch.article_writer import ArticleCopier, CopySettings
from index.opensearch.articles import ClusterArticles
from index.opensearch.check import NextEntries, differences
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.copy_check import copied_differences
from index.opensearch.errors import ClusterUnavailable
from index.opensearch.generations import find_all
from index.opensearch.patience import Patience
from index.opensearch.published import Scoring
from index.opensearch.served_analyzers import ServedAnalyzers
from index.opensearch.start_check import check_cluster, check_index, check_rights, check_searched
from index.opensearch.state import OperatorState
from index.opensearch.state_files import StateFiles
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.opensearch.writer import WriterSettings
from index.text.folding import Folding

CONNECTIONS: Final = 40
"""To each node at most: the threads in which requests are answered, of which each may ask the cluster."""

TIMEOUT: Final = 10.0
"""Seconds for a request that takes the cluster no time, such as what an index says of itself: so long an
ingest waits for a cluster that hangs, and so late indexing sees that it is back."""

PATIENCE_S: Final = 10.0
"""How long a step of indexing asks again while the cluster is busy or away. The process that indexes comes
back by itself, and goes on from what was committed; in between it can be told to stop."""

CLIENT_LOGS: Final = ("opensearch", "opensearchpy.trace")
"""The loggers of the client."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Cluster:
    """The connections of a process to the cluster, and how its indexes are made.

    Not for use behind a fork, on either side.
    """

    client: OpenSearch
    settings: EngineSettings
    scoring: Scoring

    @classmethod
    def connect(cls, settings: EngineSettings, scoring: Scoring) -> "Cluster":
        """Nothing is sent yet. Raises ClusterSettingsInvalid."""
        # The client would log each request, and what is searched for with it; what fails, our errors say.
        for name in CLIENT_LOGS:
            logging.getLogger(name).setLevel(logging.CRITICAL)
        client = connect(
            OpenSearchSettings(
                urls=settings.urls,
                user=settings.user or None,
                password_file=settings.password_file,
                ca=settings.ca,
                prefix=settings.prefix,
                allow_plain_http=settings.plain_http is PlainHttp.ANYWHERE,
                shards=settings.shards,
                replicas=settings.replicas,
                timeout=TIMEOUT,
                connections=CONNECTIONS,
            )
        )
        return cls(client, settings, scoring)

    def store(self, analyzer: Analyzer, averages: Callable[[], Averages]) -> OpenSearchStore:
        """The store of the index, whose words have to be those of this analyzer; when a generation is begun,
        `averages` are asked for, and the words are written for machines without a data folder."""
        settings = StoreSettings(
            analyzer=analyzer.version,
            scoring=self.scoring,
            averages=averages,
            begun=partial(self.state().put_words, analyzer),
            shards=self.settings.shards,
            writer=WriterSettings(copies=1 + self.settings.replicas, patience=Patience(PATIENCE_S)),
        )
        return OpenSearchStore(self.client, self.settings.prefix, settings)

    def state(self) -> OperatorState:
        """The words and rules that machines without a data folder read."""
        return OperatorState(self.client, self.settings.prefix, self.settings.replicas)

    def files(self) -> StateFiles:
        """The files that one machine makes for all."""
        return StateFiles(self.client, self.settings.prefix, self.settings.replicas)

    def forget_words(self) -> None:
        """Remove the words that no generation was made with which is there.

        None where one does not say what it was made with. Raises ClusterUnavailable and ClusterRefused.
        """
        found = find_all(self.client, self.settings.prefix)
        versions = {one.published.analyzer for one in found if one.published is not None}
        if all(one.published is not None for one in found):
            self.state().forget_words(versions)

    def articles(self) -> ClusterArticles:
        """The articles, for machines without a database."""
        return ClusterArticles(self.client, self.settings.prefix)

    def analyzers(self, folding: Folding) -> ServedAnalyzers:
        """The analyzers of what is searched, for machines without a data folder."""
        return ServedAnalyzers(self.client, self.settings.prefix, folding)

    def copier(self, source: CopySource, should_stop: Callable[[], bool]) -> ArticleCopier:
        """What brings the articles of this source into the cluster."""
        settings = CopySettings(
            shards=self.settings.shards, replicas=self.settings.replicas, patience=Patience(PATIENCE_S)
        )
        return ArticleCopier(self.client, self.settings.prefix, source, settings, should_stop)

    def check(self, analyzer: str) -> str | None:
        """Why the index has to be made anew, which the indexer does by itself; None if it has not, and where
        the cluster does not answer now.

        Raises ClusterRefused, AliasAmbiguous and MappingWrong: time does not mend that.
        """
        try:
            check_cluster(self.client)
            check_rights(self.client, self.settings.prefix)
            return check_index(self.client, self.settings.prefix, analyzer, self.scoring)
        except ClusterUnavailable as error:
            _log.warning("the cluster is not checked at the start: %s", error)
            return None

    def check_served(self) -> None:
        """The same for a machine that only reads: as it writes nothing, it needs no right to.

        Raises ClusterRefused, AliasAmbiguous and MappingWrong.
        """
        try:
            check_cluster(self.client)
            check_searched(self.client, self.settings.prefix)
        except ClusterUnavailable as error:
            _log.warning("the cluster is not checked at the start: %s", error)

    def differences(self, following: NextEntries) -> Iterator[str]:
        """What differs between journal and index, or between copies; see `index.opensearch.check`."""
        return differences(self.client, self.settings.prefix, following)

    def copied_differences(self, source: CopySource) -> Iterator[str]:
        """What differs between what is stored and the articles that machines without a database read; see
        `index.opensearch.copy_check`."""
        return copied_differences(self.client, self.settings.prefix, source)

    def close(self) -> None:
        """Let go of the connections."""
        self.client.close()

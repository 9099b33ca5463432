"""Two indexes that differ in one setting, written to while a node is dead."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from random import Random
from typing import Any
from unittest.mock import patch

from index.opensearch import mapping
from index.opensearch.check import other_copies
from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.published import Scoring
from index.opensearch.store import OpenSearchStore, StoreSettings
from index.opensearch.writer import WriterSettings
from search.ranking import Ranking
from tests.opensearch.cluster import ask
from tests.plan_trees import document
from tests.search.opensearch.judge import AVERAGES

SHARDS = 3
BEFORE, DURING = range(240), range(240, 252)
"""Documents by number: of a tenth of a copy and more the cluster would send files, and not history."""

_fields = mapping.fields


def without_recovery_source() -> dict[str, Any]:
    """A mapping that halves the disk: what was left out of `_source` is kept nowhere else."""
    made = _fields()
    return made | {"_source": made["_source"] | {"recovery_source_enabled": False}}


@dataclass(frozen=True, slots=True)
class Documents:
    """An index of documents that are made by hand, with a replica of each shard."""

    urls: tuple[str, ...]
    prefix: str

    def make(self) -> None:
        """A generation with the first documents."""
        with self._store() as store, closing(store.create()) as writer:
            for number in BEFORE:
                writer.put(document(Random(number), number), 1)
            writer.commit(1, AVERAGES.words)
            store.make_live(writer)
        # The copies of a dead node wait for it, however long it takes to start.
        waits = {"index.unassigned.node_left.delayed_timeout": "10m"}
        ask(self.urls[0], f"/{self.prefix}-0*/_settings", method="PUT", body=waits)

    def write_more(self) -> None:
        """The other documents."""
        with self._store() as store, closing(store.live()) as writer:
            for number in DURING:
                writer.put(document(Random(number), number), 2)
            writer.commit(2, AVERAGES.words)

    def differences(self) -> list[str]:
        """What `check` finds of the copies."""
        with closing(connect(self._settings())) as client:
            return list(other_copies(client, f"{self.prefix}-000001"))

    def _settings(self) -> OpenSearchSettings:
        return OpenSearchSettings(urls=self.urls, prefix=self.prefix)

    @contextmanager
    def _store(self) -> Iterator[OpenSearchStore]:
        ranking = Ranking()
        settings = StoreSettings(
            analyzer="made by hand",
            scoring=Scoring(k1=ranking.k1, b=ranking.b),
            averages=lambda: AVERAGES,
            shards=SHARDS,
            writer=WriterSettings(copies=2),
        )
        with closing(connect(self._settings())) as client:
            yield OpenSearchStore(client, self.prefix, settings)


@dataclass(frozen=True, slots=True)
class TwoMappings:
    """The mapping as it is, and one that keeps nothing for copies that recover."""

    as_it_is: Documents
    without: Documents

    @classmethod
    def on(cls, urls: tuple[str, ...]) -> "TwoMappings":
        """Made, with the first documents in both."""
        made = cls(Documents(urls, "with-recovery-source"), Documents(urls, "without-recovery-source"))
        made.as_it_is.make()
        with patch.object(mapping, "fields", without_recovery_source):
            made.without.make()
        return made

    def write_more(self) -> None:
        """The other documents, to both."""
        self.as_it_is.write_more()
        self.without.write_more()

"""IndexWriter on OpenSearch: documents go out in batches, and what an index says of itself publishes them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.documents import IndexDocument
from index.opensearch.bulk import BulkSender
from index.opensearch.errors import ClusterUnavailable, GenerationRetired
from index.opensearch.failures import as_ours
from index.opensearch.generations import Generation, write
from index.opensearch.patience import Patience
from index.opensearch.points_in_time import close_unused, open_each
from index.opensearch.published import Commit, Published
from index.opensearch.source import source
from index.opensearch.vocabulary import VocabularySender

TIMEOUT: Final = 60.0
"""Seconds for one request of a commit."""

LARGEST_SEGMENT: Final = 5 << 30
"""Bytes above which the cluster merges no segment by itself, nor do we: it would be written once more for
each of its changes."""

MERGE_TIMEOUT: Final = 3600.0
"""Seconds for merging all of an index."""


@dataclass(frozen=True, slots=True)
class WriterSettings:
    """`copies` of each shard there are to be; `patience` for a cluster that is busy or away."""

    copies: int = 1
    patience: Patience = field(default_factory=Patience)


class OpenSearchWriter:
    """Writes one generation; see `IndexWriter` for the laws. Not for use by several threads.

    Full batches are sent before the commit, so what was not committed may lie in the index when the writer is
    closed or killed. No reader sees it, and the next writer brings the same changes again, which does
    nothing: it has to follow the journal from `sequence`. One process writes at a time, that of the machine
    that ingests: the lock of its data folder says which.
    """

    def __init__(
        self, client: OpenSearch, generation: Generation, published: Published, settings: WriterSettings
    ) -> None:
        """Go on from what a generation says of itself."""
        self.generation = generation
        self.published = published
        self._client = client
        self._settings = settings
        self._sender = BulkSender(client, generation.write_alias, settings.patience)
        self._vocabulary = VocabularySender(client, generation, settings.patience)
        self._merges = False

    @property
    def sequence(self) -> int:
        return self.published.sequence

    @property
    def entry(self) -> str | None:
        return self.published.entry

    @property
    def average_length(self) -> float:
        return self.published.averages.words

    @property
    def measured_average(self) -> float:
        return self.published.averages.words

    @property
    def documents(self) -> int:
        return self.published.articles

    def put(self, document: IndexDocument, sequence: int) -> None:
        state = self.published
        self._vocabulary.saw(document.words, sequence)
        self._sender.index(document.id, sequence, source(document, sequence, state.scoring, state.averages))

    def delete(self, document_id: str, sequence: int) -> None:
        self._sender.delete(document_id, sequence)

    def optimise(self) -> None:
        self._merges = True

    def commit(self, sequence: int, average_length: float, entry: str | None = None) -> str:
        """As `IndexWriter.commit`; the average stays what it was when the generation was begun.

        Raises ClusterUnavailable when the patience is at its end, ClusterRefused and GenerationRetired.
        """
        del average_length  # It is in the frequencies of every document.
        self._sender.flush()
        self._vocabulary.flush()
        attempt = self._settings.patience.attempt
        if self._merges:
            attempt(self._merge)
        attempt(self._refresh)
        commit = Commit(
            commit=self.published.commit + 1,
            sequence=sequence,
            articles=attempt(self._count),
            committed=datetime.now(UTC),
            points_in_time=open_each(self._client, self.generation.index, self._settings.copies),
        )
        former = self.published
        self.published = former.then(commit, entry or self.entry)
        attempt(self.publish)
        self._merges = False
        close_unused(self._client, _forgotten(former, self.published))
        return self.generation.name_of(commit.commit)

    def publish(self) -> None:
        """Let the generation say of itself what is in `published`.

        Raises ClusterUnavailable, ClusterRefused and GenerationRetired.
        """
        with self._retired_if_gone():
            write(self._client, self.generation, self.published)

    def close(self) -> None:
        self._sender.clear()

    def _refresh(self) -> None:
        with self._retired_if_gone(), as_ours():
            answer = self._client.indices.refresh(index=self.generation.index, request_timeout=TIMEOUT)
        # A copy that is not in service counts neither as successful nor as failed.
        if answer["_shards"]["failed"]:
            raise ClusterUnavailable(f"a shard of {self.generation.index} cannot show what was written")

    def _count(self) -> int:
        with self._retired_if_gone(), as_ours():
            answer = self._client.count(index=self.generation.index, request_timeout=TIMEOUT)
        shards = answer["_shards"]
        if shards["successful"] != shards["total"]:
            raise ClusterUnavailable(f"a shard of {self.generation.index} is not in service")
        return int(answer["count"])

    def _merge(self) -> None:
        """Into as few segments as the cluster's own merges would leave at most."""
        index = self.generation.index
        with self._retired_if_gone(), as_ours():
            stats = self._client.indices.stats(index=index, metric="store", request_timeout=TIMEOUT)
            size = int(stats["_all"]["primaries"]["store"]["size_in_bytes"])
            # Each shard gets so many, which is more than it needs where there are several shards.
            segments = 1 + size // LARGEST_SEGMENT
            self._client.indices.forcemerge(
                index=index, params={"max_num_segments": segments}, request_timeout=MERGE_TIMEOUT
            )

    @contextmanager
    def _retired_if_gone(self) -> Iterator[None]:
        try:
            yield
        except NotFoundError:
            raise GenerationRetired(self.generation.index) from None


def _forgotten(former: Published, published: Published) -> list[str]:
    """The points in time that nobody finds any longer."""
    kept = {point for commit in published.recent for point in commit.points_in_time}
    return [point for commit in former.recent for point in commit.points_in_time if point not in kept]

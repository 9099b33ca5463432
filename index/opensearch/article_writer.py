"""Keeps the index of articles up to date with the journal, for machines that have no database."""

import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.article_copy import ArticleRecord, CopySource, Record
from index.indexer import IndexingStopped, never
from index.opensearch.article_documents import article_document, cluster_document, original_document
from index.opensearch.article_index import (
    CLUSTER,
    CopyState,
    Entry,
    article_generation,
    article_key,
    cluster_key,
    find_copies,
    index_body,
    original_key,
    write_state,
)
from index.opensearch.bulk import BulkSender
from index.opensearch.errors import ClusterUnavailable, GenerationRetired
from index.opensearch.failures import as_ours
from index.opensearch.generations import Generation, check_acknowledged
from index.opensearch.indexes import delete_index, lead_readers_to, wait_until_searchable
from index.opensearch.lookups import IndexGone, look_up
from index.opensearch.patience import Patience

RECORDS: Final = 2_000
MAX_BYTES: Final = 16_000_000
"""Articles, and packed bytes of them, that are read from the database at once."""

CLUSTERS: Final = 1_000
"""Clusters of copies that are written at once where all of them are."""

TIMEOUT: Final = 60.0
"""Seconds for one request."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CopySettings:
    """How a new index is laid out, and the `patience` for a cluster that is busy or away."""

    shards: int = 1
    replicas: int = 0
    patience: Patience = field(default_factory=Patience)


@dataclass(frozen=True, slots=True)
class _Copy:
    """The index that is written, and what is in it."""

    generation: Generation
    state: CopyState
    is_read: bool

    @property
    def sequence(self) -> int:
        return self.state.newest.sequence


class ArticleCopier:
    """Brings articles, their originals and their clusters of copies into the cluster. For one thread of the
    holder of the index lock.

    Laws: an article is there before what `cover` was called for is; a document is never replaced by an older
    state; what is done twice changes nothing, so after a crash it goes on from what the index says of itself.
    An article that was deleted stays as a note that says so: a hit of an older state of the index is shown as
    gone. Each of the errors below may be followed by another call.
    """

    def __init__(
        self,
        client: OpenSearch,
        prefix: str,
        source: CopySource,
        settings: CopySettings | None = None,
        should_stop: Callable[[], bool] = never,
    ) -> None:
        """`should_stop` is asked before each batch; once it is true, IndexingStopped is raised."""
        self._client = client
        self._prefix = prefix
        self._source = source
        self._settings = settings or CopySettings()
        self._should_stop = should_stop
        self._attempt = self._settings.patience.attempt
        self._copy: _Copy | None = None

    def cover(self, sequence: int) -> None:
        """Return when readers can read all articles that the journal has up to this entry.

        Where there is no index yet, or none of this format and this journal, one is made, and readers are led
        to it once it is as complete as the journal. Raises ClusterUnavailable when the patience is at its
        end, ClusterRefused, GenerationRetired, IndexingStopped, and what the source raises.
        """
        copy, self._copy = self._copy, None
        if copy is None or not self._is_of_source(copy.state):
            copy = self._attempt(self._opened)
        if copy.is_read and copy.sequence >= sequence and not self._has_new_copies(copy.state):
            self._copy = copy
            return
        with _retired_if_gone(copy.generation):
            copy = self._followed(copy, sequence if copy.is_read else self._source.last_sequence())
            self._attempt(lambda: self._refresh(copy.generation))
        if not copy.is_read:
            self._attempt(lambda: self._lead_readers_to(copy.generation))
        self._copy = replace(copy, is_read=True)

    def rebuild(self) -> None:
        """Write all articles anew, into another index, and lead readers to it. Raises what `cover` does."""
        self._copy = self._attempt(self._begun)
        self.cover(self._source.last_sequence())

    def _is_of_source(self, state: CopyState) -> bool:
        """Whether a copy was made from the journal that is there now: none was restored in its place."""
        newest = state.newest
        return not newest.sequence or self._source.entry(newest.sequence) == newest.fingerprint

    def _opened(self) -> _Copy:
        """The index to go on with: the one that is read, or the newest that was begun; else a new one."""
        found = sorted(find_copies(self._client, self._prefix), key=lambda one: not one.is_read)
        for one in found:
            if one.state is not None and self._is_of_source(one.state):
                if one.is_read:
                    # What a run has left that was to make a new one, and was cut off.
                    self._remove_others(one.generation)
                return _Copy(one.generation, one.state, one.is_read)
        return self._begun()

    def _begun(self) -> _Copy:
        """A new index, which nobody reads yet."""
        found = find_copies(self._client, self._prefix)
        number = 1 + max((one.generation.number for one in found), default=0)
        generation = article_generation(self._prefix, number)
        settings = self._settings
        body = index_body(settings.shards, settings.replicas, [generation.write_alias])
        _log.info("all articles are copied into %s", generation.index)
        with as_ours():
            answer = self._client.indices.create(index=generation.index, body=body, request_timeout=TIMEOUT)
        check_acknowledged(answer)
        return _Copy(generation, CopyState(), is_read=False)

    def _followed(self, copy: _Copy, sequence: int) -> _Copy:
        """With the changes up to this entry, and those that came with them."""
        sender = BulkSender(self._client, copy.generation.write_alias, self._settings.patience)
        if self._has_new_copies(copy.state):
            copy = self._with_all_clusters(copy, sender)
        while copy.sequence < sequence:
            if self._should_stop():
                raise IndexingStopped("copying articles was stopped; it goes on with the next run")
            # Asked before the articles are read: copies that are found later are not in them.
            copies = self._source.copies_found()
            records = self._source.records(copy.sequence, RECORDS, MAX_BYTES)
            if not records:
                break
            self._write(copy.generation, sender, records)
            copy = self._published(copy, records[-1].sequence, copies)
        return copy

    def _write(self, generation: Generation, sender: BulkSender, records: Sequence[Record]) -> None:
        """Write the newest state of some articles.

        Articles come last: by the cluster that an article says it is in, a run that was cut off is done again
        for the cluster that it was in before.
        """
        former = self._attempt(lambda: self._former_clusters(generation, records))
        current = {one.cluster for one in records if isinstance(one, ArticleRecord)} - {None}
        self._write_clusters(sender, {*former, *(number for number in current if number is not None)})
        for record in records:
            if isinstance(record, ArticleRecord):
                sender.index(original_key(record.id), record.sequence, original_document(record))
            else:
                sender.delete(original_key(record.id), record.sequence)
        sender.flush()
        for record in records:
            sender.index(article_key(record.id), record.sequence, article_document(record))
        sender.flush()

    def _former_clusters(self, generation: Generation, records: Iterable[Record]) -> frozenset[int]:
        """The clusters that these articles are in by what is written of them."""
        names = (article_key(record.id) for record in records)
        found = look_up(self._client, generation.write_alias, names, [CLUSTER])
        return frozenset(int(document[CLUSTER]) for document in found.values() if CLUSTER in document)

    def _write_clusters(self, sender: BulkSender, numbers: Iterable[int]) -> None:
        wanted = frozenset(numbers)
        if not wanted:
            return
        clusters = self._source.clusters(wanted)
        for record in clusters.found:
            document = cluster_document(record, clusters.sequence)
            sender.index(cluster_key(record.number), clusters.sequence, document)
        for number in wanted - {record.number for record in clusters.found}:
            sender.delete(cluster_key(number), clusters.sequence)

    def _has_new_copies(self, state: CopyState) -> bool:
        """Whether copies were found that no journal entry tells of: all articles were looked through."""
        copies = self._source.copies_found()
        return state.newest.sequence > 0 and copies is not None and copies != state.copies

    def _with_all_clusters(self, copy: _Copy, sender: BulkSender) -> _Copy:
        """With all clusters as they are now."""
        copies = self._source.copies_found()
        last = -1
        while numbers := self._source.cluster_numbers(last, CLUSTERS):
            self._write_clusters(sender, numbers)
            sender.flush()
            last = numbers[-1]
        return self._published(copy, copy.sequence, copies)

    def _published(self, copy: _Copy, sequence: int, copies: str | None) -> _Copy:
        """Let the index say of itself that it covers the journal up to this entry."""
        state = copy.state.then(Entry(sequence, self._source.entry(sequence)), copies)
        self._attempt(lambda: write_state(self._client, copy.generation, state))
        return replace(copy, state=state)

    def _refresh(self, generation: Generation) -> None:
        """Let figures and lists be those of what is written."""
        with as_ours():
            answer = self._client.indices.refresh(index=generation.index, request_timeout=TIMEOUT)
        if answer["_shards"]["failed"]:
            raise ClusterUnavailable(f"a shard of {generation.index} cannot show what was written")

    def _lead_readers_to(self, generation: Generation) -> None:
        """Let readers read this index, and remove all others."""
        wait_until_searchable(self._client, generation)
        lead_readers_to(self._client, generation)
        self._remove_others(generation)

    def _remove_others(self, generation: Generation) -> None:
        """Remove all indexes of articles but this one."""
        for one in find_copies(self._client, self._prefix):
            if one.generation != generation:
                delete_index(self._client, one.generation)


@contextmanager
def _retired_if_gone(generation: Generation) -> Iterator[None]:
    try:
        yield
    except (IndexGone, NotFoundError):
        raise GenerationRetired(generation.index) from None

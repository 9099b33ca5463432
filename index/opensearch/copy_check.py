"""Compares the articles that machines without a data folder read with those that are stored."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from typing import Final

from opensearchpy import OpenSearch

from index.article_copy import ArticleRecord, CopySource, Record
from index.errors import GenerationDamaged, GenerationMissing, GenerationStale
from index.opensearch.article_documents import Document
from index.opensearch.article_index import (
    CopyState,
    Entry,
    article_key,
    cluster_key,
    find_copies,
    original_key,
)
from index.opensearch.copy_comparison import (
    is_article_as_stored,
    is_cluster_as_stored,
    is_original_as_stored,
)
from index.opensearch.errors import ClusterUnavailable
from index.opensearch.generations import find_all, searched
from index.opensearch.lookups import IndexGone, look_up
from index.opensearch.stray_documents import Expected, count_documents, stray_documents

RECORDS: Final = 500
MAX_BYTES: Final = 16_000_000
"""Articles, and packed bytes of them, that are compared at once."""

CLUSTERS: Final = 1_000
"""Clusters of copies that are compared at once."""

NAMED: Final = 5
"""How many of those that differ a finding names; it counts all."""

_EVERY_FIELD: Final = ("*",)
_SUBJECT: Final = "machines without a data folder"
_MENDING: Final = "run `policy-search rebuild`"


def copied_differences(client: OpenSearch, prefix: str, source: CopySource) -> Iterator[str]:
    """What differs between the stored articles and those in the cluster that machines without a database
    read; nothing where the two agree, and where nothing is searched yet.

    Every article, original and cluster of copies is read on both sides. To be asked where the index is
    whole; what is stored meanwhile is left to the next check. Raises ClusterUnavailable, ClusterRefused and
    what the source raises.
    """
    try:
        indexed = searched(find_all(client, prefix)).state().sequence
    except (GenerationMissing, GenerationStale, GenerationDamaged):
        # The check of the index tells that.
        return
    read = next((one for one in find_copies(client, prefix) if one.is_read), None)
    if read is None or read.state is None:
        yield f"{_SUBJECT} have no articles to read; run `policy-search index`"
    elif (reason := _unlike(read.state.newest, indexed, source)) is not None:
        yield f"{_SUBJECT} have {reason}; {_MENDING}"
    else:
        yield from _Comparison(client, read.generation.index, source, read.state).findings()


def _unlike(newest: Entry, indexed: int, source: CopySource) -> str | None:
    """What articles up to this entry are, where they need not be compared one by one."""
    if newest.sequence < indexed:
        return f"articles up to the journal entry {newest.sequence}, and an index up to {indexed}"
    if newest.sequence and source.entry(newest.sequence) != newest.fingerprint:
        return f"articles of another journal, whose entry {newest.sequence} is not the one that is stored"
    return None


@dataclass(frozen=True, slots=True)
class _Differing:
    """The names of those that are missing, and of those that are not as they are stored."""

    missing: set[str] = field(default_factory=set)
    other: set[str] = field(default_factory=set)

    def without(self, names: Set[str]) -> "_Differing":
        return _Differing(self.missing - names, self.other - names)

    def findings(self, what: str) -> Iterator[str]:
        for how, names in (("missing", self.missing), ("not as they are stored", self.other)):
            if names:
                told = f"{len(names):,} are {how}: {_named(names)}; {_MENDING}"
                yield f"of the {what} that {_SUBJECT} read, {told}"


Check = Callable[[Document], bool]
"""Whether a document says what is stored."""


class _Comparison:
    """One walk over the articles of the journal, up to what the copy says it covers."""

    def __init__(self, client: OpenSearch, index: str, source: CopySource, state: CopyState) -> None:
        self._client = client
        self._index = index
        self._source = source
        self._state = state
        self._until = state.newest.sequence
        self._expected = Expected()
        self._there = 0

    def findings(self) -> Iterator[str]:
        articles = self._compared_articles()
        changed = {record.id for records in self._batches(self._until) for record in records}
        yield from articles.without(changed).findings("articles")
        copies = self._source.copies_found()
        if copies is None or copies != self._state.copies:
            # They are being looked for, and come to the cluster afterwards.
            return
        clusters = self._compared_clusters()
        strays = self._strays()
        if self._source.last_sequence() == self._until:
            yield from clusters.findings("groups of copies")
            yield from strays

    def _compared_articles(self) -> _Differing:
        found = _Differing()
        for records in self._batches(0):
            known = [record for record in records if record.sequence <= self._until]
            checks = {key: (record.id, check) for record in known for key, check in _checks(record)}
            self._compare(checks, found)
            self._expected.add(known)
            if len(known) < len(records):
                break
        return found

    def _compared_clusters(self) -> _Differing:
        found = _Differing()
        last = -1
        while numbers := self._source.cluster_numbers(last, CLUSTERS):
            records = self._source.clusters(numbers).found
            checks = {
                cluster_key(record.number): (str(record.number), partial(is_cluster_as_stored, record))
                for record in records
            }
            self._compare(checks, found)
            self._expected.clusters.update(checks)
            last = numbers[-1]
        return found

    def _compare(self, checks: Mapping[str, tuple[str, Check]], found: _Differing) -> None:
        try:
            documents = look_up(self._client, self._index, checks, _EVERY_FIELD)
        except IndexGone:
            raise ClusterUnavailable(f"the index {self._index} has just been replaced") from None
        self._there += len(documents)
        for key, (name, is_as_stored) in checks.items():
            document = documents.get(key)
            if document is None:
                found.missing.add(name)
            elif not is_as_stored(document):
                found.other.add(name)

    def _strays(self) -> tuple[str, ...]:
        """What is told of documents that have no reason to be there."""
        if count_documents(self._client, self._index) <= self._there:
            return ()
        strays = tuple(stray_documents(self._client, self._index, self._expected))
        if not strays:
            return ()
        told = f"{len(strays):,} documents belong to nothing stored: {_named(strays)}; {_MENDING}"
        return (f"of what {_SUBJECT} read as articles, {told}",)

    def _batches(self, after: int) -> Iterator[Sequence[Record]]:
        while records := self._source.records(after, RECORDS, MAX_BYTES):
            yield records
            after = records[-1].sequence


def _checks(record: Record) -> Iterator[tuple[str, Check]]:
    """What has to be there of an article, under which name."""
    yield article_key(record.id), partial(is_article_as_stored, record)
    if isinstance(record, ArticleRecord):
        yield original_key(record.id), partial(is_original_as_stored, record)


def _named(names: Iterable[str]) -> str:
    some = sorted(names)
    return ", ".join(some[:NAMED]) + (", …" if len(some) > NAMED else "")

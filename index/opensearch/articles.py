"""Reads stored articles from the cluster, for machines that have no database."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from math import inf
from typing import Any, Final, TypeVar

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.article import Article, Original
from index.article_reader import ArticlePage, CorpusStats, DamagedArticle
from index.opensearch.article_documents import (
    Document,
    Kind,
    cluster_in,
    is_deleted,
    original_in,
)
from index.opensearch.article_index import (
    ADDED,
    CLUSTER,
    DATA,
    EARLIEST,
    FAULT,
    KEY,
    KIND,
    ORDER,
    OTHERS,
    PUBLISHED,
    REPAIRED,
    TITLE,
    ArticlesMissing,
    CopyState,
    article_key,
    articles_alias,
    cluster_key,
    original_key,
    read_state,
)
from index.opensearch.article_page import DocumentPage, cluster_of
from index.opensearch.errors import ClusterUnavailable
from index.opensearch.failures import as_ours
from index.opensearch.looking import PATIENCE_SECONDS, Looking
from index.opensearch.lookups import IndexGone, look_up
from index.opensearch.points_in_time import close_all, open_one
from index.reposts.cluster import Cluster, CopyCount

LOOK_SECONDS: Final = 0.5
"""How long what the index says of itself is taken to be the newest, as with the one that is searched."""

FORMER_SECONDS: Final = 10.0
"""How long it is taken to be the newest while the cluster does not say: it does not while it elects a
manager, though its nodes go on giving articles. As long as with the index that is searched."""

TITLES_AT_ONCE: Final = 10_000
"""As many as the cluster gives in one answer."""

READING_SECONDS: Final = 2.0
"""How long one request may take that somebody waits for, as long as a search: a hundred long articles take a
quarter of it."""

LISTING_SECONDS: Final = 60.0
"""How long a page of titles may take: nobody waits for them."""

_LIVE: Final = {"term": {KIND: Kind.ARTICLE.value}}
_NEWEST_FIRST: Final = ({ORDER: {"order": "desc", "missing": "_last"}}, {KEY: "desc"})
_STATS: Final = {
    "undated": {"filter": {"bool": {"filter": [_LIVE], "must_not": [{"exists": {"field": ORDER}}]}}},
    "repaired": {"filter": {"bool": {"filter": [_LIVE, {"term": {REPAIRED: True}}]}}},
    "articles": {"filter": _LIVE},
    "groups": {"filter": {"term": {KIND: Kind.CLUSTER.value}}},
}

Name = TypeVar("Name", str, int)


@dataclass(frozen=True, slots=True)
class _Look:
    """What the index said of itself, at a moment of the clock."""

    state: CopyState
    moment: float


class ClusterArticles:
    """The articles in the cluster: an ArticleReader that also lists titles. Threads may share it.

    It gives what the machine that ingests has written there, as it is now; `last_sequence` may be up to
    LOOK_SECONDS older than that, and FORMER_SECONDS while the cluster does not say it. Every method raises
    ArticlesMissing where nothing has been written yet, ClusterUnavailable where the cluster cannot say all of
    the answer now, and ClusterRefused.
    """

    def __init__(
        self,
        client: OpenSearch,
        prefix: str,
        clock: Callable[[], float] = time.monotonic,
        *,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        """`clock` gives seconds that never go back. `patience` is how many seconds it is waited for what the
        index says of itself where something is known already. The client stays its owner's."""
        self._client = client
        self._prefix = prefix
        self._alias = articles_alias(prefix)
        self._clock = clock
        self._patience = patience
        self._look: _Look | None = None
        self._looking = Looking(self._look_again)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article | DamagedArticle]:
        """The articles with these ids; unknown and deleted ones are left out."""
        return self._page(ids, [KIND, DATA, FAULT]).articles()

    def original(self, article_id: str) -> Original | DamagedArticle | None:
        """What came in for this article, byte for byte; None if there is no such article."""
        document = self._documents([article_id], original_key, [DATA, FAULT]).get(article_id)
        return None if document is None else original_in(document, article_id)

    def is_deleted(self, article_id: str) -> bool:
        """True if an article with this id was stored once and then deleted."""
        document = self._documents([article_id], article_key, [KIND]).get(article_id)
        return document is not None and is_deleted(document)

    def cluster(self, article_id: str) -> Cluster | None:
        """The copies of an article with it; None where it has none, or there is no such article.

        Raises CorpusDamaged where they do not hang together.
        """
        document = self._documents([article_id], article_key, [KIND, CLUSTER]).get(article_id)
        number = None if document is None else cluster_of(document)
        if number is None:
            return None
        document = self._documents([number], cluster_key, [DATA, FAULT]).get(number)
        return None if document is None else cluster_in(document)

    def copy_counts(self, ids: Iterable[str]) -> Mapping[str, CopyCount]:
        """How many copies each of these articles has; those without any are left out."""
        return self._page(ids, [KIND, CLUSTER]).copy_counts()

    def times_added(self, ids: Iterable[str]) -> Mapping[str, datetime]:
        """When each of these articles was first stored; those whose time is damaged are left out."""
        ids = tuple(ids)
        return self._page(ids, [ADDED]).times_added(ids)

    def page(self, ids: Iterable[str]) -> ArticlePage:
        """These articles with all that is shown of them, by one request, and another one where some have
        copies."""
        return self._page(ids, [KIND, DATA, FAULT, CLUSTER, ADDED])

    def last_sequence(self) -> int:
        """Number of the newest journal entry that the cluster has all articles of; 0 before the first."""
        return self._state().newest.sequence

    def newest_entry(self) -> tuple[int, str | None]:
        """That number, and a fingerprint of the entry."""
        newest = self._state().newest
        return newest.sequence, newest.fingerprint

    def stats(self) -> CorpusStats:
        """Counts over all articles, as of about the newest journal entry that is covered."""
        body = {
            "size": 1,
            "query": {"match_all": {}},
            # Of all, so that nothing but the newest article is sorted out.
            "post_filter": {"bool": {"filter": [_LIVE, {"exists": {"field": PUBLISHED}}]}},
            "sort": [*_NEWEST_FIRST],
            "aggs": _STATS,
            "_source": [PUBLISHED],
        }
        sequence = self.last_sequence()
        answer = self._search(body, READING_SECONDS, self._alias)
        counts = {name: int(found["doc_count"]) for name, found in answer["aggregations"].items()}
        newest = next((hit["_source"][PUBLISHED] for hit in answer["hits"]["hits"]), None)
        return CorpusStats(
            articles=counts["articles"],
            undated=counts["undated"],
            repaired=counts["repaired"],
            sequence=sequence,
            newest=None if newest is None else datetime.fromisoformat(newest),
            duplicate_groups=counts["groups"],
        )

    def titles(self, limit: int) -> Sequence[str]:
        """The titles of at most so many articles, the newest first and those without a date last.

        Empty ones are left out, and of those above MAX_TITLE code points only the beginning is given.
        """
        try:
            point = open_one(self._client, self._alias)
        except NotFoundError:
            raise ArticlesMissing(self._alias) from None
        try:
            hits = islice(self._newest_first(point, min(limit, TITLES_AT_ONCE)), limit)
            return tuple(hit["fields"][TITLE][0] for hit in hits if TITLE in hit.get("fields", {}))
        finally:
            close_all(self._client, [point])

    def close(self) -> None:
        """Nothing is held but the connections, which are their owner's."""

    def _newest_first(self, point: str, size: int) -> Iterator[Mapping[str, Any]]:
        """All articles of a point in time, read in pages of this size."""
        body: dict[str, Any] = {
            "size": size,
            "query": {"bool": {"filter": [_LIVE]}},
            "sort": [*_NEWEST_FIRST],
            "docvalue_fields": [TITLE],
            "_source": False,
            "track_total_hits": False,
            "pit": {"id": point, "keep_alive": "1m"},
        }
        while hits := self._search(body, LISTING_SECONDS)["hits"]["hits"]:
            yield from hits
            body["search_after"] = hits[-1]["sort"]

    def _page(self, ids: Iterable[str], fields: Sequence[str]) -> DocumentPage:
        """These fields of the articles."""
        return DocumentPage(self._documents(ids, article_key, fields), self._counts)

    def _counts(self, numbers: Iterable[int]) -> Mapping[int, Document]:
        """What the clusters of these numbers say of how many they are."""
        return self._documents(numbers, cluster_key, [OTHERS, EARLIEST])

    def _state(self) -> CopyState:
        look = self._look
        age = inf if look is None else self._clock() - look.moment
        if look is None or age >= FORMER_SECONDS:
            return self._looking.result().state
        if age < LOOK_SECONDS:
            return look.state
        try:
            return (self._looking.result_within(self._patience) or look).state
        except ClusterUnavailable:
            return look.state

    def _look_again(self) -> _Look:
        began = self._clock()
        self._look = look = _Look(read_state(self._client, self._prefix, READING_SECONDS), began)
        return look

    def _documents(
        self, names: Iterable[Name], key: Callable[[Name], str], fields: Sequence[str]
    ) -> Mapping[Name, Document]:
        """These fields of each document that is there, by its name."""
        asked = {key(name): name for name in names}
        try:
            found = look_up(self._client, self._alias, asked, fields, READING_SECONDS)
        except IndexGone:
            raise ArticlesMissing(self._alias) from None
        return {asked[one]: document for one, document in found.items()}

    def _search(self, body: Mapping[str, Any], timeout: float, index: str | None = None) -> Mapping[str, Any]:
        """The whole answer to a search; without an index that of the point in time which it names."""
        params = {"allow_partial_search_results": "false"}
        try:
            with as_ours():
                answer: Mapping[str, Any] = self._client.search(
                    body=body, index=index, params=params, request_timeout=timeout
                )
        except NotFoundError:
            raise ArticlesMissing(self._alias) from None
        shards = answer["_shards"]
        if answer["timed_out"] or shards["failed"] or shards["successful"] != shards["total"]:
            raise ClusterUnavailable(f"a shard of {self._alias} does not answer")
        return answer

"""Documents of the index of articles that belong to nothing that is stored."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from opensearchpy import OpenSearch

from index.article_copy import ArticleRecord, Record
from index.opensearch.article_documents import Document, Kind
from index.opensearch.article_index import ID, KIND, article_key, original_key
from index.opensearch.failures import as_ours
from index.opensearch.terms import document_key
from index.opensearch.whole_search import TIMEOUT, search_whole

LISTED: Final = 5_000
"""Documents of one answer."""

_WRITTEN: Final = "_seq_no"
"""What the cluster counts the writes to a shard by."""


@dataclass(slots=True)
class Expected:
    """The ids of the articles that are stored and of those that were deleted, and the keys of the clusters of
    copies."""

    articles: set[str] = field(default_factory=set)
    deleted: set[str] = field(default_factory=set)
    clusters: set[str] = field(default_factory=set)

    def add(self, records: Iterable[Record]) -> None:
        """Expect these, too."""
        for record in records:
            (self.articles if isinstance(record, ArticleRecord) else self.deleted).add(record.id)

    def includes(self, key: str, document: Document) -> bool:
        """Whether a document is expected that the cluster knows by this key."""
        article_id = document.get(ID, "")
        match document.get(KIND):
            case Kind.ARTICLE.value:
                return article_id in self.articles and key == document_key(article_key(article_id))
            case Kind.DELETED.value:
                return article_id in self.deleted and key == document_key(article_key(article_id))
            case Kind.ORIGINAL.value:
                return article_id in self.articles and key == document_key(original_key(article_id))
            case _:
                return key in self.clusters


def count_documents(client: OpenSearch, index: str) -> int:
    """How many there are, of whatever kind. Raises ClusterUnavailable and ClusterRefused."""
    return int(search_whole(client, index, {"size": 0})["hits"]["total"]["value"])


def stray_documents(client: OpenSearch, index: str, expected: Expected) -> Iterator[str]:
    """The keys of those that are not expected.

    Each shard is read in the order in which it was written: what is written meanwhile comes at the end, so
    that nothing is passed over. Raises ClusterUnavailable and ClusterRefused.
    """
    with as_ours():
        answer = client.search_shards(index=index, request_timeout=TIMEOUT)
    for shard in range(len(answer["shards"])):
        for hit in _all_of(client, index, shard):
            if not expected.includes(hit["_id"], hit["_source"]):
                yield hit["_id"]


def _all_of(client: OpenSearch, index: str, shard: int) -> Iterator[Mapping[str, Any]]:
    body: dict[str, Any] = {"size": LISTED, "sort": [_WRITTEN], "_source": [KIND, ID]}
    while hits := search_whole(client, index, body, f"_shards:{shard}")["hits"]["hits"]:
        yield from hits
        body["search_after"] = hits[-1]["sort"]

"""What a shard did not say is an error, and never an article less or a smaller figure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, cast

import pytest
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from index.opensearch.article_index import CopyState, articles_alias
from index.opensearch.articles import FORMER_SECONDS, ClusterArticles
from index.opensearch.errors import ClusterUnavailable

PREFIX = "site"

SHARD_AWAY = {
    "_id": "article:second",
    "error": {"type": "no_shard_available_action_exception", "reason": "No shard available"},
}
FOUND = {"_id": "article:second", "found": True, "_source": {"kind": "deleted"}}
UNKNOWN = {"_id": "article:first", "found": False}

WHOLE = {"timed_out": False, "_shards": {"total": 2, "successful": 2, "failed": 0}}
COUNTED = {name: {"doc_count": 0} for name in ("articles", "undated", "repaired", "groups")}
PARTIAL = {
    "a shard failed": {"_shards": {"total": 2, "successful": 1, "failed": 1}},
    "a shard is left out": {"_shards": {"total": 2, "successful": 1, "failed": 0}},
    "time is over": {"timed_out": True},
}


class Indices:
    """Says that there is one index of articles, with nothing in it; nothing while it is `electing`."""

    def __init__(self) -> None:
        self.electing = False

    def get(self, **_arguments: Any) -> Mapping[str, Any]:
        if self.electing:
            raise TransportError(503, "cluster_manager_not_discovered_exception", {})
        alias = articles_alias(PREFIX)
        meta = {"format": CopyState().format}
        return {f"{alias}-000001": {"aliases": {alias: {}}, "mappings": {"_meta": meta}}}


@dataclass
class Answering:
    """A client that gets these answers."""

    documents: tuple[Mapping[str, Any], ...] = ()
    answer: Mapping[str, Any] | None = None
    indices: Indices = field(default_factory=Indices)

    def mget(self, **_arguments: Any) -> Mapping[str, Any]:
        return {"docs": self.documents}

    def search(self, **_arguments: Any) -> Mapping[str, Any]:
        assert self.answer is not None
        return self.answer

    def create_pit(self, **_arguments: Any) -> Mapping[str, Any]:
        return {"pit_id": "point"}

    def delete_pit(self, **_arguments: Any) -> Mapping[str, Any]:
        return {}

    def reader(self) -> ClusterArticles:
        return ClusterArticles(cast(OpenSearch, self), PREFIX)


ASKED: dict[str, Callable[[ClusterArticles], object]] = {
    "articles": lambda reader: reader.articles(["first", "second"]),
    "times": lambda reader: reader.times_added(["first", "second"]),
    "copies": lambda reader: reader.copy_counts(["first", "second"]),
}


@pytest.mark.parametrize("ask", ASKED.values(), ids=ASKED.keys())
def test_a_document_that_no_shard_can_give_is_no_unknown_one(
    ask: Callable[[ClusterArticles], object],
) -> None:
    with pytest.raises(ClusterUnavailable, match="No shard available"):
        ask(Answering((UNKNOWN, SHARD_AWAY)).reader())
    assert ask(Answering((UNKNOWN, FOUND)).reader()) == {}


@pytest.mark.parametrize("partly", PARTIAL.values(), ids=PARTIAL.keys())
def test_figures_and_titles_are_those_of_all_shards(partly: Mapping[str, Any]) -> None:
    found = {"hits": {"hits": []}, "aggregations": COUNTED}
    partial = Answering(answer={**WHOLE, **found, **partly}).reader()
    with pytest.raises(ClusterUnavailable, match="does not answer"):
        partial.stats()
    with pytest.raises(ClusterUnavailable, match="does not answer"):
        partial.titles(1)
    whole = Answering(answer={**WHOLE, **found}).reader()
    assert whole.stats().articles == 0
    assert whole.titles(1) == ()


def test_while_a_manager_is_elected_what_was_known_holds_for_a_while() -> None:
    client, seconds = Answering(), 0.0
    articles = ClusterArticles(cast("OpenSearch", client), PREFIX, lambda: seconds)
    client.indices.electing = True
    with pytest.raises(ClusterUnavailable):
        articles.last_sequence()
    client.indices.electing = False
    assert articles.last_sequence() == 0
    client.indices.electing = True
    seconds = FORMER_SECONDS - 1
    assert articles.last_sequence() == 0
    # Control: what was looked at again does not count from then on.
    seconds = FORMER_SECONDS
    with pytest.raises(ClusterUnavailable):
        articles.last_sequence()
    client.indices.electing = False
    assert articles.last_sequence() == 0

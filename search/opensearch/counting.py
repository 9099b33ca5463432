"""Exact counts of the values of a field: in one request where they are few, else by walking over them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from search.deadline import Deadline
from search.opensearch.queries import Query
from search.opensearch.state import State

MAX_BUCKETS: Final = 60_000
"""Values that the counts of one request may have together (the cluster's own bound, `search.max_buckets`, is
65,535)."""

MAX_OF_ONE: Final = 5_000
"""Values of a facet or a histogram at most: beyond it they are walked over. Chosen by hand: all of them are
sent."""

WALKED: Final = 10_000
"""Values of one step of a walk."""

_WALK: Final = "walk"
_VALUE: Final = "value"

Value = str | int


@dataclass(frozen=True, slots=True)
class Room:
    """How many values each count of a request may have, where it has so many `counts` and one of clusters.

    All shards give all values, as only then the counts are exact.
    """

    counts: int

    @property
    def of_one(self) -> int:
        """Values of one facet or histogram."""
        return min(MAX_OF_ONE, MAX_BUCKETS // (self.counts + 1))

    @property
    def of_clusters(self) -> int:
        """Clusters: what the others leave."""
        return MAX_BUCKETS - self.counts * self.of_one


def values(field: str, size: int, **wanted: object) -> Query:
    """The counts of so many values of a field; `wanted` is what else the aggregation is to know."""
    return {"terms": {"field": field, "size": size, "shard_size": size, **wanted}}


def counted(aggregation: Mapping[str, Any]) -> dict[Any, int] | None:
    """The values that were counted, with their counts; None where there were more than fit."""
    if aggregation["sum_other_doc_count"] or aggregation["doc_count_error_upper_bound"]:
        return None
    return {bucket["key"]: bucket["doc_count"] for bucket in aggregation["buckets"]}


def walked(
    field: str, query: Query, filters: Sequence[Query], state: State, deadline: Deadline
) -> Iterator[tuple[Any, int]]:
    """Every value of a field among the articles that match, rising, with how many have it.

    Raises what `State.search` does.
    """
    source: dict[str, Any] = {"size": WALKED, "sources": [{_VALUE: {"terms": {"field": field}}}]}
    # Scores are of no use here, and cost time.
    wanted = {"bool": {"filter": [query, *filters]}}
    while True:
        body = {"size": 0, "query": wanted, "aggs": {_WALK: {"composite": source}}}
        found = state.search(body, deadline).aggregations[_WALK]
        for bucket in found["buckets"]:
            yield bucket["key"][_VALUE], bucket["doc_count"]
        if "after_key" not in found:
            return
        source = {**source, "after": found["after_key"]}


def among(filters: Sequence[Query], aggregations: Mapping[str, Query]) -> Query:
    """These counts, of the articles that match all the filters too."""
    return {"filter": {"bool": {"filter": list(filters)}}, "aggs": dict(aggregations)}

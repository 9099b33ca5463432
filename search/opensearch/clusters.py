"""How many clusters of copies matching articles are in, as aggregations and back."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from index.opensearch.mapping import SHARED
from search.opensearch.counting import Room, values
from search.opensearch.queries import Query

_ALONE: Final = "alone"
_SHARED: Final = "shared"
_COUNT: Final = "count"

BUCKETS: Final = f"{_SHARED}.buckets"
"""Where in the answer the clusters would be, one by one, which nobody needs."""


def cluster_aggregations(room: Room) -> Mapping[str, Query]:
    """What is to be counted among the articles that match."""
    return {
        _ALONE: {"missing": {"field": SHARED}},
        _SHARED: values(SHARED, room.of_clusters),
        # They are counted where they are: see BUCKETS.
        _COUNT: {"stats_bucket": {"buckets_path": f"{_SHARED}>_count"}},
    }


def cluster_count(found: Mapping[str, Any], walk: Callable[[], Iterable[tuple[str, int]]]) -> int:
    """The number of clusters; an article without copies is one. `walk` gives all clusters of copies, where
    they are more than one answer has room for."""
    shared = found[_SHARED]
    if shared["sum_other_doc_count"] or shared["doc_count_error_upper_bound"]:
        count = sum(1 for _ in walk())
    else:
        count = int(found[_COUNT]["count"])
    alone: int = found[_ALONE]["doc_count"]
    return alone + count

"""What a generation holds, read from the cluster at one point in time."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.errors import ClusterUnavailable
from index.opensearch.failures import as_ours, check_whole
from index.opensearch.mapping import ID, SEQUENCE
from index.opensearch.points_in_time import KEEP_ALIVE, close_all, open_one
from index.opensearch.published import Commit

TIMEOUT: Final = 60.0
"""Seconds for one request."""

PAGE: Final = 10_000
"""Ids in one answer: as many as the cluster gives at most."""


@contextmanager
def state_of(client: OpenSearch, index: str, commit: Commit) -> Iterator[str]:
    """A point in time at which the index holds just this commit.

    One of those that were published, or one of our own where these have ended. Raises ClusterUnavailable
    where the index holds something else by now, or not yet.
    """
    for point in commit.points_in_time:
        if _holds(client, point, commit):
            yield point
            return
    try:
        own = open_one(client, index)
    except NotFoundError:
        raise ClusterUnavailable(f"the index {index} is gone") from None
    try:
        if not _holds(client, own, commit):
            raise ClusterUnavailable(f"the index {index} holds changes that no commit has published yet")
        yield own
    finally:
        close_all(client, [own])


def count_at(client: OpenSearch, point: str) -> int | None:
    """How many articles there are at a point in time; None where it has ended, or cannot be read now."""
    try:
        return _total(_search(client, point, {"size": 0}))
    except (NotFoundError, ClusterUnavailable):
        # Of a point in time whose node is away the cluster says that it has failed.
        return None


def ids_at(client: OpenSearch, point: str) -> Iterator[str]:
    """The ids of all articles at a point in time, rising. Raises ClusterUnavailable and ClusterRefused."""
    page: dict[str, Any] = {"size": PAGE, "_source": False, "sort": [{ID: "asc"}]}
    after: list[str] = []
    while True:
        try:
            answer = _search(client, point, page | ({"search_after": after} if after else {}))
        except NotFoundError:
            raise ClusterUnavailable("a point in time has ended while it was read") from None
        hits = answer["hits"]["hits"]
        if not hits:
            return
        yield from (hit["sort"][0] for hit in hits)
        after = hits[-1]["sort"]


def _holds(client: OpenSearch, point: str, commit: Commit) -> bool:
    """Whether it lives, has as many articles as the commit, and none that came later."""
    newest = {"newest": {"max": {"field": SEQUENCE}}}
    try:
        answer = _search(client, point, {"size": 0, "aggs": newest})
    except (NotFoundError, ClusterUnavailable):
        return False
    last = answer["aggregations"]["newest"]["value"] or 0
    return _total(answer) == commit.articles and last <= commit.sequence


def _search(client: OpenSearch, point: str, body: dict[str, Any]) -> dict[str, Any]:
    """An answer of all shards. Raises ClusterUnavailable, ClusterRefused, and the client's NotFoundError
    where the point in time has ended."""
    asked = body | {"pit": {"id": point, "keep_alive": KEEP_ALIVE}, "track_total_hits": True}
    with as_ours():
        answer: dict[str, Any] = client.search(
            body=asked, params={"allow_partial_search_results": "false"}, request_timeout=TIMEOUT
        )
    check_whole(answer)
    return answer


def _total(answer: dict[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])

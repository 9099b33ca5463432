"""Points in time: states that the cluster keeps for readers."""

import logging
from collections.abc import Collection, Sequence
from typing import Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.errors import ClusterRefused, ClusterUnavailable
from index.opensearch.failures import as_ours

KEPT_SECONDS: Final = 120
KEEP_ALIVE: Final = f"{KEPT_SECONDS}s"
"""How long one lives after its last use. Readers ask for longer where somebody pages through it."""

_PREFERENCES: Final = ("_primary", "_replica")
"""A point in time lies on one copy of each shard, and is lost with it: so there is one for each."""

_log = logging.getLogger(__name__)


def open_each(client: OpenSearch, index: str, copies: int) -> tuple[str, ...]:
    """One for each of so many copies of the shards, as far as they are in service.

    May be none: then readers open their own, which takes them longer.
    """
    opened: list[str] = []
    for preference in _PREFERENCES[:copies]:
        try:
            opened.append(open_one(client, index, preference))
        except (ClusterUnavailable, ClusterRefused, NotFoundError) as error:
            _log.info("no point in time of %s with preference %s: %s", index, preference, error)
    return tuple(opened)


def open_one(client: OpenSearch, index: str, preference: str | None = None) -> str:
    """One over all shards. Raises ClusterUnavailable, ClusterRefused and the client's NotFoundError."""
    params = {"keep_alive": KEEP_ALIVE, "allow_partial_pit_creation": "false"}
    if preference is not None:
        params["preference"] = preference
    with as_ours():
        answer = client.create_pit(index=index, params=params)
    point: str = answer["pit_id"]
    return point


def close_unused(client: OpenSearch, points: Collection[str]) -> None:
    """Let go of those that no reader has asked to be kept longer, as far as that can be done now.

    The others end by themselves, KEPT_SECONDS after their last use or when the readers want it.
    """
    if not points:
        return
    try:
        with as_ours():
            answer = client.get_all_pits()
        kept = {one["pit_id"] for one in answer["pits"] if int(one["keep_alive"]) > 1000 * KEPT_SECONDS}
        close_all(client, [point for point in points if point not in kept])
    except (ClusterUnavailable, ClusterRefused, NotFoundError) as error:
        _log.info("%d points in time stay until they end: %s", len(points), error)


def close_all(client: OpenSearch, points: Sequence[str]) -> None:
    """Let go of these, as far as that can be done now; they end by themselves where it cannot."""
    if not points:
        return
    try:
        with as_ours():
            client.delete_pit(body={"pit_id": list(points)})
    except (ClusterUnavailable, ClusterRefused, NotFoundError) as error:
        _log.info("%d points in time stay until they end: %s", len(points), error)

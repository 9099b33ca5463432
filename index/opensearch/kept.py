"""Which generations of a cluster are kept beside the live one, and what is told of them."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.generation import Manifest
from index.generations_kept import KeptGeneration
from index.opensearch.failures import as_ours
from index.opensearch.generations import Found

KEPT_GENERATIONS: Final = 2
"""The one that is searched and the newest beside it, which serves should the first be damaged."""

GRACE: Final = timedelta(minutes=15)
"""How long a generation stays when another is searched: as long as somebody may page through it."""


def surplus(found: Sequence[Found], now: datetime) -> tuple[Found, ...]:
    """Those that may be removed at this moment (aware), of all that there are in order: what was set aside,
    and all but the newest. None before the searched one has been that for GRACE."""
    first = next(iter(found), None)
    if first is None or not first.is_searched or first.published is None:
        return ()
    since = first.published.live_since
    if since is None or now - since < GRACE:
        return ()
    kept = set(islice((one.generation for one in found if one.is_kept), KEPT_GENERATIONS))
    return tuple(one for one in found if one.generation not in kept and not one.is_unfinished)


def kept_generations(client: OpenSearch, found: Iterable[Found]) -> tuple[KeptGeneration, ...]:
    """What is told of those that are kept, of all that there are in order.

    Raises ClusterUnavailable and ClusterRefused.
    """
    return tuple(_told(client, one) for one in found if one.is_kept)


def _told(client: OpenSearch, one: Found) -> KeptGeneration:
    size = _size(client, one.generation.index)
    published = one.published
    if published is None:
        return KeptGeneration(name=one.name, manifest=None, size=size, damage=one.fault)
    newest = published.newest
    manifest = Manifest(
        format=published.format,
        analyzer=published.analyzer,
        commit=published.commit,
        sequence=published.sequence,
        articles=published.articles,
        average_length=published.averages.words,
        files=(),
        entry=published.entry,
        committed=None if newest is None else newest.committed,
    )
    return KeptGeneration(name=one.name, manifest=manifest, size=size)


def _size(client: OpenSearch, index: str) -> int:
    """Bytes of all copies of an index; 0 where it is gone."""
    try:
        with as_ours():
            stats = client.indices.stats(index=index, metric="store")
    except NotFoundError:
        return 0
    return int(stats["_all"]["total"]["store"]["size_in_bytes"])

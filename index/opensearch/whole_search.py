"""Searches whose answer is of all shards or of none, for those who compare and for whom nobody waits."""

from collections.abc import Mapping
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.errors import ClusterUnavailable
from index.opensearch.failures import as_ours, check_whole

TIMEOUT: Final = 60.0
"""Seconds for one request."""


def search_whole(
    client: OpenSearch, index: str, body: Mapping[str, Any], preference: str | None = None
) -> dict[str, Any]:
    """The answer of all shards that are asked, with the number of all hits; `preference` says which.

    Raises ClusterUnavailable, also where the index is gone, and ClusterRefused.
    """
    params = {"allow_partial_search_results": "false", "track_total_hits": "true"}
    if preference is not None:
        params["preference"] = preference
    try:
        with as_ours():
            answer: dict[str, Any] = client.search(
                index=index, body=dict(body), params=params, request_timeout=TIMEOUT
            )
    except NotFoundError:
        raise ClusterUnavailable(f"the index {index} is gone, or has just been replaced") from None
    check_whole(answer)
    return answer

"""Documents by their names: the newest ones, whether or not a search would see them yet."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from typing import Any, Final

from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.errors import ClusterUnavailable
from index.opensearch.failures import as_ours, shortened
from index.opensearch.terms import document_key

ASKED_AT_ONCE: Final = 200
"""Documents of one request."""

TIMEOUT: Final = 60.0
"""Seconds for one request of those whom nobody waits for."""

_NO_INDEX: Final = "index_not_found_exception"


class IndexGone(Exception):
    """There is no such index."""


def look_up(
    client: OpenSearch, index: str, names: Iterable[str], fields: Sequence[str], timeout: float = TIMEOUT
) -> dict[str, Mapping[str, Any]]:
    """These fields of each document that is there, by its name. Names that no UTF-8 has are unknown ones.

    `timeout` is in seconds, for each ASKED_AT_ONCE of them. Raises ClusterUnavailable where the cluster
    cannot say of one whether it is there, ClusterRefused, and IndexGone.
    """
    asked = {document_key(name): name for name in names if _has_utf8(name)}
    keys = iter(asked)
    found: dict[str, Mapping[str, Any]] = {}
    while some := list(islice(keys, ASKED_AT_ONCE)):
        for one in _ask(client, index, some, fields, timeout):
            if one["found"]:
                found[asked[one["_id"]]] = one.get("_source", {})
    return found


def _ask(
    client: OpenSearch, index: str, keys: Sequence[str], fields: Sequence[str], timeout: float
) -> Sequence[Mapping[str, Any]]:
    """The answer for each of these documents, which is none of an error."""
    params = {"_source_includes": ",".join(fields)}
    try:
        with as_ours():
            answer = client.mget(body={"ids": keys}, index=index, params=params, request_timeout=timeout)
    except NotFoundError:
        raise IndexGone(index) from None
    documents: Sequence[Mapping[str, Any]] = answer["docs"]
    for error in (one["error"] for one in documents if "error" in one):
        if error.get("type") == _NO_INDEX:
            raise IndexGone(index)
        raise ClusterUnavailable(shortened(f"{error.get('type')}: {error.get('reason')}"))
    return documents


def _has_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True

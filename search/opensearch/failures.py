"""What a search in the cluster fails with, as errors of ours."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from opensearchpy.exceptions import ConnectionTimeout, NotFoundError, TransportError

from index.opensearch.errors import ClusterUnavailable
from index.opensearch.failures import as_ours, shortened
from search.errors import QueryTooComplex, SearchTimeout
from search.opensearch.errors import EngineUnavailable

_LOST: Final = (
    "search_context_missing",
    "no node found",
    "no_such_node",
    "node_not_connected",
    "node_disconnected",
)
"""What is said where a point in time is gone, alone or with the node that held it: the status may be any."""

_TOO_MANY_CLAUSES: Final = ("too_many_nested_clauses", "too_many_clauses", "maxClauseCount")


class PointInTimeLost(Exception):
    """The cluster no longer knows a point in time. Never leaves this package."""


@contextmanager
def as_search_errors() -> Iterator[None]:
    """Searches are sent in this block: raises SearchTimeout, EngineUnavailable, QueryTooComplex,
    ClusterRefused and PointInTimeLost."""
    try:
        with as_ours(), _known_here():
            yield
    except ClusterUnavailable as error:
        raise EngineUnavailable(str(error)) from error


@contextmanager
def _known_here() -> Iterator[None]:
    try:
        yield
    except ConnectionTimeout as error:
        raise SearchTimeout("the search cluster did not answer in time") from error
    except NotFoundError as error:
        raise PointInTimeLost(shortened(error)) from error
    except TransportError as error:
        said = f"{error.error} {error.info}"
        if any(mark in said for mark in _LOST):
            raise PointInTimeLost(shortened(said)) from error
        if any(mark in said for mark in _TOO_MANY_CLAUSES):
            raise QueryTooComplex(
                "the query has more words and pairs of characters than the search cluster takes in one; "
                "shorten it, or raise `indices.query.bool.max_clause_count` of the cluster"
            ) from error
        raise

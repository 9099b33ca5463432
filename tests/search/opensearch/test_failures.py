"""What a search in the cluster fails with is told as what the caller can do about it."""

import pytest
from opensearchpy.exceptions import (
    AuthorizationException,
    ConnectionError,  # noqa: A004 - so it is called there
    ConnectionTimeout,
    NotFoundError,
    RequestError,
    SerializationError,
    TransportError,
)

from index.opensearch.errors import ClusterRefused
from search.errors import QueryTooComplex, SearchTimeout
from search.opensearch.errors import EngineUnavailable
from search.opensearch.failures import PointInTimeLost, as_search_errors


def said(kind: str, reason: str = "") -> dict[str, object]:
    return {"error": {"type": kind, "reason": reason, "root_cause": [{"type": kind, "reason": reason}]}}


CASES: dict[str, tuple[Exception, type[Exception]]] = {
    "no answer in time": (ConnectionTimeout("TIMEOUT", "x", Exception("x")), SearchTimeout),
    "no connection": (ConnectionError("N/A", "x", Exception("x")), EngineUnavailable),
    "busy": (TransportError(429, "x", said("rejected_execution_exception")), EngineUnavailable),
    "shards away": (TransportError(503, "x", said("search_phase_execution_exception")), EngineUnavailable),
    "no manager": (TransportError(503, "x", said("cluster_block_exception")), EngineUnavailable),
    "no answer to read": (SerializationError("<html>"), EngineUnavailable),
    "point in time gone": (
        NotFoundError(404, "x", said("search_context_missing_exception")),
        PointInTimeLost,
    ),
    "its node gone": (
        TransportError(500, "x", said("illegal_state_exception", "no node found for id [x]")),
        PointInTimeLost,
    ),
    "its node going": (TransportError(500, "x", said("node_disconnected_exception")), PointInTimeLost),
    "too many clauses": (
        RequestError(400, "x", said("too_many_nested_clauses", "maxClauseCount is set to 1024")),
        QueryTooComplex,
    ),
    "no right": (AuthorizationException(403, "x", said("security_exception")), ClusterRefused),
    "a request that is wrong": (RequestError(400, "x", said("parsing_exception")), ClusterRefused),
}


@pytest.mark.parametrize(("raised", "told"), CASES.values(), ids=CASES)
def test_a_failure_is_told_as(raised: Exception, told: type[Exception]) -> None:
    with pytest.raises(told), as_search_errors():
        raise raised

"""What the client raises, as errors of ours."""

from collections.abc import Callable

import pytest
from opensearchpy import exceptions

from index.errors import EngineAway
from index.opensearch.errors import ClusterRefused, ClusterUnavailable
from index.opensearch.failures import as_ours, shortened


def said(status: int, kind: str, reason: str) -> exceptions.TransportError:
    """An error with a body as the cluster sends it."""
    found = exceptions.HTTP_EXCEPTIONS.get(status, exceptions.TransportError)
    error = found(
        status, kind, {"error": {"type": kind, "reason": reason, "root_cause": []}, "status": status}
    )
    assert isinstance(error, exceptions.TransportError)
    return error


PASSING = [
    exceptions.ConnectionError("N/A", "refused", OSError("Connection refused")),
    exceptions.ConnectionTimeout("TIMEOUT", "timed out", TimeoutError("read timed out")),
    said(429, "rejected_execution_exception", "full"),
    said(429, "cluster_block_exception", "disk usage exceeded flood-stage watermark"),
    said(403, "cluster_block_exception", "index write (api)"),
    said(403, "index_create_block_exception", "cluster create-index blocked (api)"),
    said(500, "exception", "no node found"),
    said(503, "search_phase_execution_exception", "all shards failed"),
    exceptions.TransportError(502, "<html>Bad Gateway</html>", None),
    exceptions.SerializationError("{", ValueError("cut short")),
]
LASTING = [
    exceptions.SSLError("N/A", "bad", OSError("certificate verify failed")),
    said(400, "illegal_argument_exception", "unknown field"),
    said(401, "security_exception", "missing authentication"),
    said(403, "security_exception", "no permissions"),
    said(413, "too_large", "body"),
]


@pytest.mark.parametrize("error", PASSING, ids=lambda error: f"{type(error).__name__} {error.args[0]}")
def test_what_may_pass_is_the_cluster_away(error: Exception) -> None:
    with pytest.raises(ClusterUnavailable) as raised, as_ours():
        raise error
    assert isinstance(raised.value, EngineAway)
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("error", LASTING, ids=lambda error: f"{type(error).__name__} {error.args[0]}")
def test_what_does_not_pass_is_refused(error: Exception) -> None:
    with pytest.raises(ClusterRefused), as_ours():
        raise error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (said(503, "busy", "no\nmanager"), "status 503, busy: no manager"),
        (exceptions.TransportError(502, "Bad Gateway", None), "status 502, Bad Gateway"),
        (exceptions.TransportError(500, "odd", {"error": "text"}), "status 500, odd"),
        (exceptions.ConnectionError("N/A", "x", OSError("refused")), r"no answer \(refused\)"),
    ],
    ids=["json", "text", "half", "no answer"],
)
def test_the_reason_is_told_in_one_line(error: Exception, expected: str) -> None:
    with pytest.raises(ClusterUnavailable, match=expected), as_ours():
        raise error


def test_that_something_is_not_there_stays_as_it_is() -> None:
    with pytest.raises(exceptions.NotFoundError), as_ours():
        raise said(404, "index_not_found_exception", "no such index")


def test_errors_of_the_program_stay_as_they_are() -> None:
    def fail() -> None:
        raise KeyError("ours")

    step: Callable[[], None] = fail
    with pytest.raises(KeyError), as_ours():
        step()


def test_a_long_reason_is_cut() -> None:
    assert shortened("a" * 500) == "a" * 500
    assert shortened("a" * 501) == "a" * 500 + "…"

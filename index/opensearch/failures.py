"""What the client raises, as errors of ours."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from opensearchpy.exceptions import ConnectionError as ConnectionFailed
from opensearchpy.exceptions import NotFoundError, SerializationError, SSLError, TransportError

from index.opensearch.errors import ClusterRefused, ClusterUnavailable

BLOCKED: Final = frozenset({"cluster_block_exception", "index_create_block_exception"})
"""The cluster, or an index of it, takes no writes or no new indexes for now: disks are full, or it is not
formed yet."""

_MAX_REASON: Final = 500
"""Characters of what the cluster says that go into a message."""


@contextmanager
def as_ours() -> Iterator[None]:
    """Requests are sent in this block: raises ClusterUnavailable where one may succeed later, and
    ClusterRefused where it will not. That something is not there stays the client's NotFoundError."""
    try:
        yield
    except NotFoundError:
        raise
    except SSLError as error:
        raise ClusterRefused(f"no secure connection ({shortened(error.info)})") from None
    except ConnectionFailed as error:
        raise ClusterUnavailable(f"no answer ({shortened(error.info)})") from None
    except TransportError as error:
        if may_pass(error.status_code, error_type(error)):
            raise ClusterUnavailable(reason(error)) from None
        raise ClusterRefused(reason(error)) from None
    except SerializationError as error:
        raise ClusterUnavailable(f"an answer that cannot be read ({shortened(error)})") from None


def check_whole(answer: Mapping[str, Any]) -> None:
    """Raises ClusterUnavailable where a search was not answered by all shards, in time."""
    shards = answer["_shards"]
    if answer["timed_out"] or shards["failed"] or shards["successful"] != shards["total"]:
        raise ClusterUnavailable("a shard has not answered in time")


def may_pass(status: int | str, kind: str) -> bool:
    """Whether a request, or a part of a bulk, that failed with this status and type may succeed later."""
    return kind in BLOCKED or (isinstance(status, int) and (status == 429 or status >= 500))


def error_type(error: TransportError) -> str:
    """The type that the cluster gives its error; empty where it gives none."""
    found = _details(error).get("type")
    return found if isinstance(found, str) else ""


def reason(error: TransportError) -> str:
    """What the cluster says of its error, in one line."""
    details = _details(error)
    said = ": ".join(str(details[key]) for key in ("type", "reason") if details.get(key))
    return shortened(f"status {error.status_code}, {said or error.error}")


def shortened(said: object) -> str:
    """At most 500 characters of it, in one line."""
    line = " ".join(str(said).split())
    return line if len(line) <= _MAX_REASON else f"{line[:_MAX_REASON]}…"


def _details(error: TransportError) -> dict[str, object]:
    details = error.info.get("error") if isinstance(error.info, dict) else None
    return details if isinstance(details, dict) else {}

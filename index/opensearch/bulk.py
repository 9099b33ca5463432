"""Sends changes to the cluster in batches, until each is taken or refused for good."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

import msgspec
from opensearchpy import OpenSearch
from opensearchpy.exceptions import NotFoundError

from index.opensearch.errors import ClusterRefused, ClusterUnavailable, GenerationRetired
from index.opensearch.failures import as_ours, may_pass, shortened
from index.opensearch.patience import Patience
from index.opensearch.terms import document_key

MAX_BYTES: Final = 8_000_000
"""Of a batch with more than one change: some 1,500 articles, about a second of the cluster's work."""

TIMEOUT: Final = 90.0
"""Seconds that a batch may take before it counts as lost, and is sent again."""

_log = logging.getLogger(__name__)


_NO_INDEX: Final = "index_not_found_exception"
_NO_RIGHT: Final = "security_exception"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What became of one change of a batch; `error` is the type of what is wrong, empty where nothing is."""

    is_done: bool
    status: int
    error: str
    reason: str

    @classmethod
    def of(cls, item: Mapping[str, Mapping[str, Any]]) -> "_Outcome":
        ((verb, result),) = item.items()
        status = int(result["status"])
        error = result.get("error", {})
        kind = str(error.get("type", ""))
        # A conflict says that something newer is there; what was to be deleted and is not there is no more.
        is_gone = verb == "delete" and status == HTTPStatus.NOT_FOUND and not kind
        is_done = status < HTTPStatus.BAD_REQUEST or status == HTTPStatus.CONFLICT or is_gone
        return cls(is_done, status, kind, shortened(f"{kind}: {_causes(error)}"))


@dataclass(frozen=True, slots=True)
class _Change:
    """The newest state of an article as the lines of a batch."""

    id: str
    sequence: int
    lines: bytes
    is_deletion: bool


class BulkSender:
    """The changes of one generation, on their way to the cluster. Not for use by several threads.

    Each is sent under the number of its journal entry, as a version that the cluster compares: what comes
    again or late does nothing. So all that may have failed is sent again, without asking whether it has.
    """

    def __init__(self, client: OpenSearch, alias: str, patience: Patience) -> None:
        """`alias` is the write alias of the generation."""
        self._client = client
        self._alias = alias
        self._patience = patience
        self._waiting: dict[str, _Change] = {}
        self._bytes = 0

    def index(self, article_id: str, sequence: int, source: Mapping[str, Any]) -> None:
        """Put an article; may send those before it: raises what `flush` does."""
        lines = _line({"index": _target(article_id, sequence)}) + _line(source)
        self._add(_Change(article_id, sequence, lines, is_deletion=False))

    def delete(self, article_id: str, sequence: int) -> None:
        """Delete an article; may send those before it: raises what `flush` does."""
        self._add(_deletion(article_id, sequence))

    def flush(self) -> None:
        """Send all that waits, and return when the cluster has it all, on the disks of all copies in service.

        An article that the cluster refuses for good is named in the log, and deleted, lest an older state of
        it stays; all others go in. Raises ClusterUnavailable when the patience is at its end, ClusterRefused
        and GenerationRetired.
        """
        pauses = self._patience.pauses()
        while self._waiting:
            failure = self._send()
            if failure is not None:
                _log.warning("%s", failure)
                if next(pauses, None) is None:
                    raise failure

    def clear(self) -> None:
        """Forget what waits."""
        self._waiting.clear()
        self._bytes = 0

    def _add(self, change: _Change) -> None:
        # The newest state of an article is enough, and the only one that may be sent again.
        replaced = self._waiting.pop(change.id, None)
        self._bytes -= 0 if replaced is None else len(replaced.lines)
        if self._waiting and self._bytes + len(change.lines) > MAX_BYTES:
            self.flush()
        self._keep(change)

    def _keep(self, change: _Change) -> None:
        self._waiting[change.id] = change
        self._bytes += len(change.lines)

    def _send(self) -> ClusterUnavailable | None:
        """Send what waits, once. Where some of it, or all, has to be sent again, it gives why."""
        sent = tuple(self._waiting.values())
        try:
            outcomes = self._request(sent)
        except ClusterUnavailable as error:
            return error
        self.clear()
        failures = [self._settle(*pair) for pair in zip(sent, outcomes, strict=True)]
        first = next(filter(None, failures), None)
        return None if first is None else ClusterUnavailable(first)

    def _request(self, changes: Iterable[_Change]) -> Sequence[_Outcome]:
        body = b"".join(change.lines for change in changes)
        try:
            with as_ours():
                answer = self._client.bulk(
                    body=body, index=self._alias, params={"require_alias": "true"}, request_timeout=TIMEOUT
                )
        except NotFoundError:
            raise GenerationRetired(self._alias) from None
        return [_Outcome.of(item) for item in answer["items"]]

    def _settle(self, change: _Change, outcome: _Outcome) -> str | None:
        """What follows for a change that was sent; why, where it has to be sent again."""
        if outcome.is_done:
            return None
        if outcome.error == _NO_INDEX:
            raise GenerationRetired(self._alias)
        if outcome.error == _NO_RIGHT:
            raise ClusterRefused(outcome.reason)
        if may_pass(outcome.status, outcome.error):
            self._keep(change)
            return outcome.reason
        if change.is_deletion:
            raise ClusterRefused(f"to delete article {change.id}: {outcome.reason}")
        _log.error("left out of the index: article %s: %s", change.id, outcome.reason)
        self._keep(_deletion(change.id, change.sequence))
        return None


def _deletion(article_id: str, sequence: int) -> _Change:
    lines = _line({"delete": _target(article_id, sequence)})
    return _Change(article_id, sequence, lines, is_deletion=True)


def _causes(error: Mapping[str, Any]) -> str:
    """What the cluster says of an error, and of what caused it."""
    cause = error.get("caused_by", {})
    return "; ".join(str(one["reason"]) for one in (error, cause) if one.get("reason"))


def _target(article_id: str, sequence: int) -> Mapping[str, Any]:
    return {"_id": document_key(article_id), "version": sequence, "version_type": "external_gte"}


def _line(value: object) -> bytes:
    return msgspec.json.encode(value) + b"\n"

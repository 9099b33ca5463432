"""What the cluster says of itself and of the index, looked at again and again."""

import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import Final

import msgspec

from index.opensearch.connection import OpenSearchSettings, connect
from index.opensearch.errors import ClusterRefused, ClusterUnavailable
from index.opensearch.failures import as_ours
from index.opensearch.generations import find_all

PAUSE_S: Final = 0.3
ANSWER_S: Final = 3.0
"""Seconds that a node has for its answer; then the next one is asked."""

READY_S: Final = 30.0
"""Seconds that `/readyz` has: it waits for a cluster that hangs."""


class Readiness(msgspec.Struct, frozen=True):
    """What `/readyz` says."""

    ready: bool
    lag: int
    reasons: tuple[str, ...]


_READINESS: Final = msgspec.json.Decoder(Readiness)


@dataclass(slots=True)
class Seen:
    """All that was seen. Moments are those of the monotonic clock; `published` has the journal entry that
    each state of the index covers, by its name."""

    health: list[tuple[float, str]] = field(default_factory=list)
    covered: list[tuple[float, int]] = field(default_factory=list)
    published: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, float] = field(default_factory=dict)
    """What `/readyz` said was amiss, with the first moment."""
    unready: list[float] = field(default_factory=list)
    """Moments at which it was not ready."""

    def first_health(self, after: float, *statuses: str) -> float | None:
        """The first moment behind another one at which the cluster was of one of these statuses."""
        return next((at for at, status in self.health if at >= after and status in statuses), None)

    def first_covered(self, sequence: int) -> float | None:
        """The first moment at which the index covered the journal up to this entry."""
        return next((at for at, covered in self.covered if covered >= sequence), None)

    def is_settled(self, after: float, sequence: int) -> bool:
        """Whether the cluster is green, as seen behind a moment, and covers the journal up to an entry."""
        health, covered = self.health[-1:], self.covered[-1:]
        is_green = any(at >= after and status == "green" for at, status in health)
        return is_green and any(entry >= sequence for _, entry in covered)


@contextmanager
def observing(urls: tuple[str, ...], prefix: str, port: int) -> Iterator[Seen]:
    """Look at the cluster, and at the server on this port, until the end of the block."""
    seen, stop = Seen(), threading.Event()
    threads = (
        threading.Thread(target=_look_until, args=(stop, urls, prefix, seen), daemon=True),
        threading.Thread(target=_be_told_until, args=(stop, port, seen), daemon=True),
    )
    for thread in threads:
        thread.start()
    try:
        yield seen
    finally:
        stop.set()
        for thread in threads:
            thread.join(READY_S)


def _look_until(stop: threading.Event, urls: tuple[str, ...], prefix: str, seen: Seen) -> None:
    with closing(connect(OpenSearchSettings(urls=urls, prefix=prefix, timeout=ANSWER_S))) as client:
        while not stop.wait(PAUSE_S):
            try:
                with as_ours():
                    health = client.cluster.health(index=f"{prefix}*", request_timeout=ANSWER_S)
                seen.health.append((time.monotonic(), health["status"]))
                found = find_all(client, prefix, ANSWER_S)
            except (ClusterUnavailable, ClusterRefused):
                # It is away, which is what the others show.
                continue
            now = time.monotonic()
            for one in found:
                if one.published is None:
                    continue
                for commit in one.published.recent:
                    seen.published[one.generation.name_of(commit.commit)] = commit.sequence
                if one.is_searched:
                    seen.covered.append((now, one.published.sequence))


def _be_told_until(stop: threading.Event, port: int, seen: Seen) -> None:
    while not stop.wait(2 * PAUSE_S):
        with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=READY_S)) as connection:
            try:
                connection.request("GET", "/readyz")
                told = _READINESS.decode(connection.getresponse().read())
            except (OSError, http.client.HTTPException):
                continue
        now = time.monotonic()
        if not told.ready:
            seen.unready.append(now)
        for reason in told.reasons:
            seen.reasons.setdefault(reason, now)

"""The settings of the web face, built once outside and handed in."""

import math
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, Self

from search.semantic.answer import SemanticMode
from web.http.admin_token import AdminToken
from web.http.limits import Limits

HOST_NAME = r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
"""What a host can be called in a Host header: a name in ASCII, or an address, that of IPv6 in brackets."""


KEPT_ANSWER_BYTES: Final = 32 << 20
"""Some two thousand pages of ten hits. Chosen by hand on 2026-11-28, not measured."""


def default_running_searches() -> int:
    """Searches that run at once when nothing is configured: two for each core, between 4 and 16."""
    return min(16, max(4, 2 * (os.cpu_count() or 1)))


@dataclass(frozen=True, slots=True)
class SemanticSettings:
    """`embedder` is what `search.semantic.opening` opens; empty: none. `default` holds for searches that do
    not say."""

    embedder: str = ""
    default: SemanticMode = SemanticMode.OFF


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservingSettings:
    """What is told of requests. One whose answer begins after `slow_ms` milliseconds is slow, none with 0.
    Queries and addresses of clients are in no log unless they are asked for. Through the files of
    `metrics_folder` processes add up to one; `counts_alone`: no other one answers at the same port."""

    slow_ms: int = 500
    logs_queries: bool = False
    logs_addresses: bool = False
    metrics_folder: Path | None = None
    counts_alone: bool = True


@dataclass(frozen=True, slots=True)
class StopSeconds:
    """What a server that is told to stop takes its time for, one after the other: it goes on taking
    connections while `/readyz` says that it stops; requests that run may end; all is closed."""

    delay: int = 0
    running: int = 20
    closing: int = 5

    @property
    def all(self) -> int:
        """From the signal to the end, at most."""
        return self.delay + self.running + self.closing


@dataclass(frozen=True, slots=True)
class ProcessSettings:
    """How many processes serve, and how they end."""

    workers: int = 1
    stop: StopSeconds = StopSeconds()


@dataclass(frozen=True, slots=True, kw_only=True)
class WebSettings:
    """What the web face may vary in. Limits count one worker process; they are those of the reliability plan.

    `title` is what the site is called in every language; None: our own name for it. `public_url` is scheme
    and host that absolute links start with, without a final slash; None: no absolute links are made.
    `contact` is an address of mail or of a page, for readers to write to. `hosts` are the names that a Host
    header may carry, each a HOST_NAME; empty: any. `search_wait_s` is in seconds. Answers
    of the query interface are kept for those who ask the same, up to `kept_answer_bytes`. Without
    `admin_token` there is nothing to administer by. `saves_searches`: pages link to the one of saved
    searches. `program` names the program as it runs: answers of another one may look otherwise.
    """

    title: str | None = None
    public_url: str | None = None
    contact: str | None = None
    hosts: tuple[str, ...] = ()
    running_searches: int = field(default_factory=default_running_searches)
    waiting_searches: int = 256
    search_wait_s: float = 10.0
    kept_answer_bytes: int = KEPT_ANSWER_BYTES
    admin_token: AdminToken | None = None
    saves_searches: bool = False
    observing: ObservingSettings = ObservingSettings()
    limits: Limits = field(default_factory=Limits)
    program: str = ""

    def shared_among(self, workers: int) -> Self:
        """What each of so many processes may allow, so that all together allow this.

        Of those that wait each may have twice its share: clients stay with the process that took their
        connection, and none of them is refused while another process has nothing to do.
        """
        return replace(
            self,
            running_searches=math.ceil(self.running_searches / workers),
            waiting_searches=min(self.waiting_searches, math.ceil(2 * self.waiting_searches / workers)),
            kept_answer_bytes=self.kept_answer_bytes // workers,
            observing=replace(self.observing, counts_alone=workers == 1),
            limits=self.limits.shared_among(workers),
        )

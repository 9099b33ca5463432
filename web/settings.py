"""The settings of the web face, built once outside and handed in."""

import os
from dataclasses import dataclass, field
from typing import Final

from search.semantic.answer import SemanticMode
from web.http.admin_token import AdminToken

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
    program: str = ""

"""The settings of the web face, built once outside and handed in."""

import os
from dataclasses import dataclass, field

from search.semantic.answer import SemanticMode

HOST_NAME = r"(?:[A-Za-z0-9.-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])"
"""What a host can be called in a Host header: a name in ASCII, or an address, that of IPv6 in brackets."""


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

    `public_url` is scheme and host that absolute links start with, without a final slash; None: no absolute
    links are made. `hosts` are the names that a Host header may carry, each a HOST_NAME; empty: any.
    `search_wait_s` is in seconds.
    """

    title: str = "地方政策新闻搜索"
    public_url: str | None = None
    hosts: tuple[str, ...] = ()
    running_searches: int = field(default_factory=default_running_searches)
    waiting_searches: int = 256
    search_wait_s: float = 10.0

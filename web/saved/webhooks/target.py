"""The address of a webhook, and what it may be."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from web.saved.webhooks.addresses import is_public

MAX_URL: Final = 2_000
"""Characters of the address of a webhook; by hand."""
MAX_HOST: Final = 253
"""Characters of the name of a host (RFC 1035, 2.3.4, without the last dot)."""
DEFAULT_PORTS: Final = {"https": 443, "http": 80}

_WRITTEN: Final = re.compile(r"[!-~]+")
"""ASCII without spaces and control characters: what could end a line of a request is not in it."""
_LABEL: Final = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
HOST: Final = re.compile(rf"(?:{_LABEL}\.)+(?:[A-Za-z]{{2,63}}|xn--[A-Za-z0-9-]{{1,59}})")
"""A whole name. No address in any notation: the last label of a name has no digits, but for names in other
scripts."""


class TargetFault(Enum):
    """Why a URL can be no webhook."""

    URL = "url"
    """It is too long, no ASCII, or no URL at all."""
    SCHEME = "scheme"
    PARTS = "parts"
    """It has a user name, a password or a fragment."""
    HOST = "host"
    """It does not name a host in full; an IP address is no name."""
    PORT = "port"


class TargetRefused(ValueError):
    """A URL can be no webhook; `fault` says why."""

    def __init__(self, fault: TargetFault) -> None:
        super().__init__(fault.value)
        self.fault = fault


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookRules:
    """What a webhook may be. The values are those of the reliability plan; only tests have others."""

    schemes: frozenset[str] = frozenset({"https"})
    is_port: Callable[[int], bool] = frozenset({443, 8443}).__contains__
    host: re.Pattern[str] = HOST
    is_allowed: Callable[[str], bool] = is_public
    """Whether an IP address may be connected to."""


PUBLIC_ONLY: Final = WebhookRules()


@dataclass(frozen=True, slots=True)
class Target:
    """Where to send to: `path` is with its query, as it stands in a request."""

    scheme: str
    host: str
    port: int
    path: str

    @property
    def authority(self) -> str:
        """What the Host header says."""
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else f"{self.host}:{self.port}"


def read_target(url: str, rules: WebhookRules) -> Target:
    """The target that a URL names. Raises TargetRefused."""
    if len(url) > MAX_URL or not _WRITTEN.fullmatch(url):
        raise TargetRefused(TargetFault.URL)
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise TargetRefused(TargetFault.URL) from error
    host = (parts.hostname or "").lower()
    if parts.scheme not in rules.schemes:
        raise TargetRefused(TargetFault.SCHEME)
    if "@" in parts.netloc or "#" in url:
        raise TargetRefused(TargetFault.PARTS)
    if len(host) > MAX_HOST or not rules.host.fullmatch(host):
        raise TargetRefused(TargetFault.HOST)
    port = DEFAULT_PORTS[parts.scheme] if port is None else port
    if not rules.is_port(port):
        raise TargetRefused(TargetFault.PORT)
    path = parts.path or "/"
    return Target(parts.scheme, host, port, f"{path}?{parts.query}" if parts.query else path)

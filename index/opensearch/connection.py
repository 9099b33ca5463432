"""The way to the cluster: addresses, user, password and certificates."""

import re
import ssl
from base64 import b64encode
from dataclasses import dataclass
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

from opensearchpy import OpenSearch

from index.opensearch.errors import ClusterSettingsInvalid
from index.opensearch.json_bodies import FastJson
from index.opensearch.transport import AnsweringFirst, BoundedTransport, Node

_PREFIX: Final = re.compile("[a-z0-9][a-z0-9_-]{0,99}")

PORTS: Final = {"http": 9200, "https": 443}
"""Where an address names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSearchSettings:
    """How the cluster is reached, and how its indexes are made.

    `urls` are addresses of its nodes, without a user in them; `password_file` holds the password of `user`
    and nothing else; `ca` is a file of the certificates trusted, where those of the system do not do.
    `prefix` begins the names of all indexes and aliases. `shards` and `replicas` are for new generations;
    `timeout` is in seconds, for one request and all nodes that it is sent to; `connections` are kept open to
    each node at most.
    """

    urls: tuple[str, ...]
    user: str | None = None
    password_file: Path | None = None
    ca: Path | None = None
    prefix: str = "policy-search"
    allow_plain_http: bool = False
    shards: int = 1
    replicas: int = 0
    timeout: float = 30.0
    connections: int = 10

    @property
    def copies(self) -> int:
        """Of each shard."""
        return 1 + self.replicas


def connect(settings: OpenSearchSettings) -> OpenSearch:
    """A client for any number of threads; nothing is sent yet.

    A node that does not answer is passed over, where another one does. Raises ClusterSettingsInvalid, also
    where the password would travel, or could be changed on its way, without TLS: plain HTTP is for loopback
    addresses, unless it is allowed.
    """
    if not _PREFIX.fullmatch(settings.prefix):
        raise ClusterSettingsInvalid(
            f"{settings.prefix!r} cannot begin the names of indexes: write up to 100 of a-z, 0-9, - and _, "
            "the first a letter or digit"
        )
    if not settings.urls:
        raise ClusterSettingsInvalid("name at least one address of the search cluster")
    hosts = [_host(url, settings) for url in settings.urls]
    password = _password(settings)
    secure: dict[str, Any] = {}
    if any(host["use_ssl"] for host in hosts):
        # With these, certificate and host name are checked.
        secure = {"ssl_context": _tls(settings.ca)}
    return OpenSearch(
        hosts=hosts,
        headers=None if password is None else {"authorization": _basic(settings.user or "", password)},
        http_compress=not all(_is_loopback(host["host"]) for host in hosts),
        timeout=settings.timeout,
        max_retries=len(hosts) - 1,
        pool_maxsize=settings.connections,
        serializer=FastJson(),
        transport_class=BoundedTransport,
        connection_class=Node,
        selector_class=AnsweringFirst,
        **secure,
    )


def _host(url: str, settings: OpenSearchSettings) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise ClusterSettingsInvalid(
            "an address of the search cluster cannot be read; write it as https://HOST:PORT"
        ) from None
    # What is wrong is said without the address where that may hold a password.
    if "@" in parts.netloc:
        raise ClusterSettingsInvalid(
            "an address of the search cluster has a user in it; name it by a setting of its own, and its "
            "password by a file"
        )
    if parts.scheme not in PORTS or not parts.hostname or parts.query or parts.fragment:
        raise ClusterSettingsInvalid(
            f"{url!r} is no address of a search cluster; write it as https://HOST:PORT"
        )
    if parts.scheme == "http" and not (settings.allow_plain_http or _is_loopback(parts.hostname)):
        raise ClusterSettingsInvalid(
            f"{url} has no TLS, so that anyone on the way could read and change all; write https://, or "
            "allow plain HTTP where the network is trusted"
        )
    return {
        "host": parts.hostname,
        "port": port or PORTS[parts.scheme],
        "url_prefix": parts.path.strip("/"),
        "use_ssl": parts.scheme == "https",
    }


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def _password(settings: OpenSearchSettings) -> str | None:
    """The password; None where there is no user. Raises ClusterSettingsInvalid."""
    if (settings.user is None) != (settings.password_file is None):
        raise ClusterSettingsInvalid(
            "the user of the search cluster and the file of the password belong together: name both or none"
        )
    if settings.password_file is None:
        return None
    if ":" in (settings.user or ""):
        raise ClusterSettingsInvalid("the name of a user of the search cluster has no colon in it")
    try:
        password = settings.password_file.read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise ClusterSettingsInvalid(
            f"the password of the search cluster cannot be read from {settings.password_file}: "
            f"{error.strerror if isinstance(error, OSError) else 'it is no UTF-8'}"
        ) from None
    if len(password.splitlines()) != 1:
        raise ClusterSettingsInvalid(
            f"{settings.password_file} has to hold the password of the search cluster, in one line"
        )
    return password


def _basic(user: str, password: str) -> str:
    """Who asks (RFC 7617), in UTF-8, which the cluster reads; the client would take Latin-1."""
    return f"Basic {b64encode(f'{user}:{password}'.encode()).decode()}"


def _tls(ca: Path | None) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=ca)
    except OSError as error:
        # Errors of TLS are of this kind too.
        raise ClusterSettingsInvalid(f"the certificates in {ca} cannot be used: {error}") from error

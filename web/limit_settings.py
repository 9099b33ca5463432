"""The settings that bound what clients may do, and the limits that they make."""

import ipaddress
from collections.abc import Mapping
from typing import Any, Final

from web.http.limits import THIS_MACHINE, Limits, Network
from web.setting import Kind, Setting, whole_number

_DEFAULTS: Final = Limits()


def _read_networks(text: str) -> tuple[Network, ...]:
    return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())


NETWORKS: Final = Kind("IP addresses or networks, such as 10.0.0.0/8, parted by commas", _read_networks)

CONNECTIONS: Final = Setting(
    variable="POLICY_SEARCH_CONNECTIONS",
    kind=whole_number(1, 100_000),
    default=str(_DEFAULTS.connections),
    help="Connections that may be open at once, of all workers together.",
)
ADDRESS_CONNECTIONS: Final = Setting(
    variable="POLICY_SEARCH_ADDRESS_CONNECTIONS",
    kind=whole_number(1, 100_000),
    default=str(_DEFAULTS.address_connections),
    help="Of these, how many one address may have.",
)
HEAD_S: Final = Setting(
    variable="POLICY_SEARCH_HEAD_S",
    kind=whole_number(1, 600),
    default=f"{_DEFAULTS.head_s:.0f}",
    help="Seconds in which the head of a request has to come.",
)
BODY_S: Final = Setting(
    variable="POLICY_SEARCH_BODY_S",
    kind=whole_number(1, 3600),
    default=f"{_DEFAULTS.body_s:.0f}",
    help="Seconds in which its body has to come; each 64 KiB that have come add one.",
)
IDLE_S: Final = Setting(
    variable="POLICY_SEARCH_IDLE_S",
    kind=whole_number(1, 600),
    default=str(_DEFAULTS.idle_s),
    help="Seconds that a connection is kept open for the next request.",
)
STALL_S: Final = Setting(
    variable="POLICY_SEARCH_STALL_S",
    kind=whole_number(1, 3600),
    default=f"{_DEFAULTS.stall_s:.0f}",
    help="Seconds after which a client is cut that takes nothing of its answer.",
)
SEARCH_RATE: Final = Setting(
    variable="POLICY_SEARCH_RATE",
    kind=whole_number(0, 100_000),
    default=f"{_DEFAULTS.searches_a_second:.0f}",
    help="Requests that one address may make in a second, in the long run; 0: as many as it likes.",
)
SEARCH_BURST: Final = Setting(
    variable="POLICY_SEARCH_BURST",
    kind=whole_number(1, 100_000),
    default=str(_DEFAULTS.search_burst),
    help="Requests that one address may make at once.",
)
BATCH_RATE: Final = Setting(
    variable="POLICY_SEARCH_BATCH_RATE",
    kind=whole_number(0, 100_000),
    default=f"{_DEFAULTS.batches_a_second:.0f}",
    help="Changes that one token may ask for in a second, in the long run; 0: as many as it likes.",
)
UNLIMITED: Final = Setting(
    variable="POLICY_SEARCH_UNLIMITED",
    kind=NETWORKS,
    default=",".join(map(str, THIS_MACHINE)),
    help="Addresses without limits of their own; empty: this machine's.",
)
PROXIES: Final = Setting(
    variable="POLICY_SEARCH_PROXIES",
    kind=NETWORKS,
    default="",
    help="Proxies that are believed whom they ask for (X-Forwarded-For, X-Forwarded-Proto); empty: none is.",
)
LIMIT_SETTINGS: Final[tuple[Setting[Any], ...]] = (
    CONNECTIONS,
    ADDRESS_CONNECTIONS,
    HEAD_S,
    BODY_S,
    IDLE_S,
    STALL_S,
    SEARCH_RATE,
    SEARCH_BURST,
    BATCH_RATE,
    UNLIMITED,
    PROXIES,
)


def load_limits(environment: Mapping[str, str]) -> Limits:
    """The limits of this environment. Raises SettingInvalid."""
    return Limits(
        connections=CONNECTIONS.read(environment),
        address_connections=ADDRESS_CONNECTIONS.read(environment),
        head_s=HEAD_S.read(environment),
        body_s=BODY_S.read(environment),
        idle_s=IDLE_S.read(environment),
        stall_s=STALL_S.read(environment),
        searches_a_second=SEARCH_RATE.read(environment),
        search_burst=SEARCH_BURST.read(environment),
        batches_a_second=BATCH_RATE.read(environment),
        unlimited=UNLIMITED.read(environment),
        proxies=PROXIES.read(environment),
    )

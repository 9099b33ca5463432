"""Which IP addresses belong to the public internet."""

import ipaddress
from typing import Final

GLOBAL_V6: Final = ipaddress.ip_network("2000::/3")
"""All that is handed out for the public internet (RFC 4291, 2.4). What translates or embeds an address of
IPv4 lies outside of it: ::ffff:0:0/96, ::/96, 64:ff9b::/96 (NAT64, RFC 6052)."""

NOT_HOSTS_V6: Final = (
    ipaddress.ip_network("2001::/32"),
    ipaddress.ip_network("2002::/16"),
    ipaddress.ip_network("3fff::/20"),
)
"""What lies inside of it and is no host there: tunnels that hold an address of IPv4 (Teredo, RFC 4380; 6to4,
RFC 3056), and examples (RFC 9637)."""

RELAYS: Final = ipaddress.ip_network("192.88.99.0/24")
"""Where tunnels of 6to4 began (RFC 7526)."""


def is_public(text: str) -> bool:
    """Whether this is an address of one host on the public internet; an address with a zone is not."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    if isinstance(address, ipaddress.IPv4Address):
        return address not in RELAYS
    if address.scope_id is not None or address not in GLOBAL_V6:
        return False
    return not any(address in network for network in NOT_HOSTS_V6)

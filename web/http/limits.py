"""How much a client may ask for, and how long it may take (limits of the reliability plan)."""

import ipaddress
import math
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Final, Self

MAX_TARGET: Final = 8 * 1024
"""Of path and query: 512 Han characters percent-encoded are 4.6 kB."""
MAX_BODY: Final = 128 * 1024
"""Of a form: 10,000 code points of text to analyse have up to 120 kB percent-encoded."""
MAX_BATCH: Final = 32 * 2**20
"""Of a body with articles, as it comes and unpacked (API contract)."""
MAX_WRONG: Final = 10
"""Wrong tokens of one address in a minute (API contract)."""

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
THIS_MACHINE: Final[tuple[Network, ...]] = (
    ipaddress.IPv4Network("127.0.0.0/8"),
    ipaddress.IPv6Network("::1/128"),
)


@dataclass(frozen=True, kw_only=True)
class Limits:
    """Sizes are in bytes, times in seconds, rates in requests a second.

    `header_line` is name and value of one field, `head` the request line and all fields with their line ends.
    A body may take `body_s`, and a second more for each `body_rate` bytes that have come. A connection is
    idle between two requests; an answer stalls when bytes of it wait and the client takes none.
    A rate of 0 is no limit. `wrong_tokens` may be shown in a minute by one address, whatever other limits it
    has. Addresses in `unlimited`, and those of `proxies`, have no limits of their own:
    many people may stand behind one of them.
    """

    target: int = MAX_TARGET
    header_line: int = 8 * 1024
    head: int = 16 * 1024
    headers: int = 64
    body: int = MAX_BODY
    batch: int = MAX_BATCH
    head_s: float = 10.0
    body_s: float = 30.0
    body_rate: int = 64 * 1024
    idle_s: int = 5
    stall_s: float = 30.0
    connections: int = 512
    address_connections: int = 32
    searches_a_second: float = 10.0
    search_burst: int = 40
    batches_a_second: float = 5.0
    batch_burst: int = 10
    wrong_tokens: int = MAX_WRONG
    unlimited: tuple[Network, ...] = THIS_MACHINE
    proxies: tuple[Network, ...] = ()

    def shared_among(self, workers: int) -> Self:
        """What each of so many processes may allow, so that all together allow this."""
        return replace(
            self,
            connections=math.ceil(self.connections / workers),
            address_connections=math.ceil(self.address_connections / workers),
            searches_a_second=self.searches_a_second / workers,
            search_burst=math.ceil(self.search_burst / workers),
            batches_a_second=self.batches_a_second / workers,
            batch_burst=math.ceil(self.batch_burst / workers),
            wrong_tokens=math.ceil(self.wrong_tokens / workers),
        )

    def is_limited(self, address: str) -> bool:
        """Whether this address has limits of its own; what is none, as with local sockets, has not."""
        try:
            parsed = ipaddress.ip_address(address)
        except ValueError:
            return False
        return not any(parsed in network for network in self._without_limits)

    @cached_property
    def _without_limits(self) -> tuple[Network, ...]:
        return (*self.unlimited, *self.proxies)

"""Clients told apart without keeping their addresses."""

import hashlib
import ipaddress
import secrets
import time
from collections.abc import Callable
from typing import Final

_NETWORK_BITS: Final = {4: 32, 6: 64}
"""What one client can be taken to have: an address, or with IPv6 a network of them (RFC 6177)."""
KEY_S: Final = 24 * 3600.0
"""How long one key is used: a day later nobody can tell which client a name stood for."""


class ClientNames:
    """Gives every client a name of 16 bytes that tells its address to nobody; a new one each day."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._key = secrets.token_bytes(16)
        self._renewed = clock()

    def name(self, address: str) -> bytes:
        """The name of whoever has this address; an address that is none stands for itself."""
        now = self._clock()
        if now - self._renewed >= KEY_S:
            self._key, self._renewed = secrets.token_bytes(16), now
        return hashlib.blake2b(_client(address).encode(), key=self._key, digest_size=16).digest()


def _client(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((parsed.packed, _NETWORK_BITS[parsed.version]), strict=False))

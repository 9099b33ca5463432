"""Clients that ask for much and take nothing of it, until the server ends them."""

import asyncio
import fcntl
import select
import socket
import struct
import termios
import time
from dataclasses import dataclass
from enum import Enum
from typing import Final
from urllib.parse import quote

PAGE: Final = f"/api/v1/search?q={quote('科技')}&per_page=100&fields=id,title,body"
PAGES: Final = 60
"""Asked for at once on one connection: all of them are more than the kernel keeps for one client, which may
be 4 MB (tcp_wmem), though each is not. Of files few are sent at once, and other readers would be refused."""
FILE: Final = f"/api/v1/search.csv?q={quote('科技')}&per_page=10000&fields=id,title,body"
KEPT: Final = 16 * 1024
"""Bytes that the kernel of the client may take for it."""
LOOK_S: Final = 0.25
_NUMBER: Final = struct.Struct("i")


class End(Enum):
    """How it ended: by the server, while bytes of the answer waited; with an answer that had all been sent;
    not at all in the time that it had."""

    CUT = "cut"
    SENT = "sent"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Reading:
    """`after_s` is how long after the last byte that came it ended, in seconds."""

    end: End
    after_s: float


async def read_nothing(port: int, paths: tuple[str, ...], most_s: float) -> Reading:
    """Ask for all this, take nothing, and stay until the server ends it, for so long at most."""
    client = socket.socket()
    client.settimeout(0)
    client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, KEPT)
    with client:
        loop = asyncio.get_running_loop()
        await loop.sock_connect(client, ("127.0.0.1", port))
        asked = b"".join(f"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n".encode("ascii") for path in paths)
        await loop.sock_sendall(client, asked)
        return await _ended(client, time.monotonic() + most_s)


async def _ended(client: socket.socket, until: float) -> Reading:
    watch = select.poll()
    watch.register(client, select.POLLRDHUP)
    waiting, since = 0, time.monotonic()
    while (now := time.monotonic()) < until:
        if events := dict(watch.poll(0)).get(client.fileno(), 0):
            is_cut = bool(events & select.POLLERR)
            return Reading(End.CUT if is_cut else End.SENT, now - since)
        if (come := _waiting_bytes(client)) != waiting:
            waiting, since = come, now
        await asyncio.sleep(LOOK_S)
    return Reading(End.HELD, until - since)


def _waiting_bytes(client: socket.socket) -> int:
    """What has come and was not taken; for a socket that is SIOCINQ (tcp(7))."""
    told = fcntl.ioctl(client, termios.FIONREAD, bytes(_NUMBER.size))
    (number,) = _NUMBER.unpack(told)
    return int(number)

"""What was written to a client and it has not taken: how much that is, and to be rid of it."""

import asyncio
import fcntl
import socket
import struct
import termios
from typing import Final

_NUMBER: Final = struct.Struct("i")
_AT_ONCE: Final = struct.pack("ii", 1, 0)
"""`struct linger`: switched on, with no time (socket(7))."""


def untaken_bytes(transport: asyncio.Transport) -> int:
    """Bytes that wait in this process, and with them those that the kernel has and the client's kernel not.

    0 where none wait here. The kernel may keep megabytes for one client, and wakes a process that waits for
    it when a third of them has gone: the bytes here alone stand still for half a minute though a slow client
    takes 40 kB in each second.
    """
    here = transport.get_write_buffer_size()
    if not here:
        return 0
    # For a socket that is SIOCOUTQ (tcp(7)).
    told = fcntl.ioctl(transport.get_extra_info("socket"), termios.TIOCOUTQ, bytes(_NUMBER.size))
    (in_kernel,) = _NUMBER.unpack(told)
    return here + int(in_kernel)


def abort(transport: asyncio.Transport) -> None:
    """End a connection, and what its client has not taken with it; the client sees a reset.

    Without that the kernel would keep its megabytes for a client that takes nothing, minutes after the end.
    """
    transport.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
    transport.abort()

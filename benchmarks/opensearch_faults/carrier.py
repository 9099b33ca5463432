"""Carries TCP connections from some addresses to others, until its standard input ends.

    python -m benchmarks.opensearch_faults.carrier HOST:PORT=HOST:PORT ...

Says `carrying` when it listens at all of the first ones. What one side has closed is closed on the other.
"""

import asyncio
import sys
from collections.abc import Callable, Sequence
from typing import Final

CARRYING: Final = "carrying"
CONNECT_S: Final = 5.0
BLOCK: Final = 1 << 16

Address = tuple[str, int]
Taken = Callable[[asyncio.StreamReader, asyncio.StreamWriter], None]


def address(text: str) -> Address:
    """Of HOST:PORT."""
    host, _, port = text.rpartition(":")
    return host, int(port)


async def carry(to: Address, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """One connection, both ways, until both sides have closed it or one breaks."""
    try:
        async with asyncio.timeout(CONNECT_S):
            far_reader, far_writer = await asyncio.open_connection(*to)
    except (OSError, TimeoutError):
        writer.transport.abort()
        return
    try:
        async with asyncio.TaskGroup() as ways:
            ways.create_task(_pass_on(reader, far_writer))
            ways.create_task(_pass_on(far_reader, writer))
    except* OSError:
        writer.transport.abort()
        far_writer.transport.abort()
    finally:
        writer.close()
        far_writer.close()


async def _pass_on(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    while block := await reader.read(BLOCK):
        writer.write(block)
        await writer.drain()
    writer.write_eof()


async def run(lines: Sequence[tuple[Address, Address]]) -> None:
    """Carry for each pair what comes to the first address to the second."""
    # The loop itself holds tasks only weakly.
    carrying: set[asyncio.Task[None]] = set()

    def taking(to: Address) -> Taken:
        def taken(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            task = asyncio.create_task(carry(to, reader, writer))
            carrying.add(task)
            task.add_done_callback(carrying.discard)

        return taken

    servers = [await asyncio.start_server(taking(to), *listening) for listening, to in lines]
    print(CARRYING, flush=True)
    await asyncio.to_thread(sys.stdin.read)
    # What is still open is cut off.
    for server in servers:
        server.close()


def main() -> int:
    pairs = (argument.split("=") for argument in sys.argv[1:])
    asyncio.run(run([(address(listening), address(to)) for listening, to in pairs]))
    return 0


if __name__ == "__main__":
    sys.exit(main())

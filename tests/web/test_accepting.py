"""Clients that come at one moment are spread over the processes that have room for them."""

import asyncio
import socket
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import uvicorn

from web.commands.serving import listen
from web.serving.stopping import GracefulServer, Stopping, wait_on
from web.settings import StopSeconds

CLIENTS = 40
TURNS = 400
MOST_A_TURN = 2
"""One in most versions of Python, and one more in some."""


async def nothing(_scope: object, _receive: object, _send: object) -> None:
    """Nobody asks for anything."""


def config() -> uvicorn.Config:
    return uvicorn.Config(nothing, lifespan="off", backlog=2 * CLIENTS, log_config=None)


def ours() -> uvicorn.Server:
    return GracefulServer(config(), Stopping(), seconds=StopSeconds(), again=wait_on, give_sign=lambda: None)


@contextmanager
def clients(port: int) -> Iterator[None]:
    """So many, all of which the kernel has taken before anybody accepts one."""
    with ExitStack() as opened:
        for _ in range(CLIENTS):
            opened.enter_context(socket.create_connection(("127.0.0.1", port), timeout=5))
        yield


async def accepted(server: uvicorn.Server) -> list[int]:
    """How many connections it has after each turn of its loop."""
    server.config.load()
    server.lifespan = server.config.lifespan_class(server.config)
    listening = listen("127.0.0.1", 0)
    await server.startup([listening])
    counts: list[int] = []
    try:
        with clients(listening.getsockname()[1]):
            for _ in range(TURNS):
                await asyncio.sleep(0)
                counts.append(len(server.server_state.connections))
    finally:
        for one in server.servers:
            one.close()
        for connection in server.server_state.connections:
            connection.shutdown()
        listening.close()
    return counts


def most_at_once(counts: list[int]) -> int:
    return max(later - before for before, later in zip([0, *counts], counts, strict=False))


def test_a_process_takes_one_and_looks_at_others() -> None:
    counts = asyncio.run(accepted(ours()))
    assert counts[-1] == CLIENTS
    assert most_at_once(counts) <= MOST_A_TURN


def test_stock_uvicorn_takes_all() -> None:
    """The control of the one before."""
    counts = asyncio.run(accepted(uvicorn.Server(config())))
    assert counts[-1] == CLIENTS
    assert most_at_once(counts) > MOST_A_TURN

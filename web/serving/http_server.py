"""Runs an application on a socket until the process is told to end, in one process or in several."""

import signal
import socket
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NoReturn

import uvicorn
from starlette.types import ASGIApp

from web.guard.protocol import guarded
from web.http.limits import Limits
from web.serving.free_memory import INTERVAL_S, give_back
from web.serving.keeper import IndexKeeper
from web.serving.stopping import Again, GracefulServer, Stopping, leave_at_once, wait_on
from web.serving.workers import SILENCE_S, run_workers
from web.settings import ProcessSettings, StopSeconds

SPARE_S = 5
"""How much longer than itself a worker is waited for until it is killed. By hand."""
BACKLOG = 2048
"""Connections that wait to be accepted: uvicorn's own default."""
SWITCH_S = 0.0002
"""How long a thread keeps the interpreter while others wait; Python's own is 5 ms. A search lets go of it a
hundred times and more. While suggestions were made from 107,344 articles a page took 1.7 s at the median with
5 ms, and 0.11 s with this (2026-11-28)."""


@dataclass(frozen=True, slots=True)
class Process:
    """One process that serves on a socket: it tells by `give_sign` that it does, takes these seconds when it
    is told to end, and does `again` when it is told so a second time."""

    listening: socket.socket
    give_sign: Callable[[], None]
    again: Again
    stop: StopSeconds


def in_processes(
    work: Callable[[Process], None], listening: socket.socket, processes: ProcessSettings
) -> None:
    """Do this work until SIGINT or SIGTERM, in as many processes as there are to be.

    With several this returns in each of them; see `run_workers`.
    """
    signal.signal(signal.SIGTERM, _exit)
    stop = processes.stop
    if processes.workers == 1:
        work(Process(listening, _nobody_waits, leave_at_once, stop))
        return
    process = Process(listening, _nobody_waits, wait_on, stop)
    bound_s = stop.all + SPARE_S
    # Of a worker that stops no sign comes either.
    silence_s = max(SILENCE_S, bound_s)

    def as_worker(give_sign: Callable[[], None]) -> None:
        work(replace(process, give_sign=give_sign))

    run_workers(processes.workers, as_worker, listening.close, bound_s, silence_s)


def run(
    app: ASGIApp,
    limits: Limits,
    keepers: Sequence[IndexKeeper],
    process: Process,
    stopping: Stopping,
) -> None:
    """Answer until the process is told to end, while the keepers do their work behind the answering, and
    free memory goes back to the machine."""
    sys.setswitchinterval(SWITCH_S)
    keepers = (*keepers, IndexKeeper(give_back, INTERVAL_S, "giving memory back"))
    server = GracefulServer(
        uvicorn.Config(
            app,
            http=guarded(limits),
            backlog=BACKLOG,
            ws="none",
            proxy_headers=bool(limits.proxies),
            forwarded_allow_ips=[str(proxy) for proxy in limits.proxies],
            server_header=False,
            log_config=None,
            access_log=False,
            timeout_graceful_shutdown=process.stop.running,
        ),
        stopping,
        seconds=process.stop,
        again=process.again,
        give_sign=process.give_sign,
    )
    # It takes the signal by itself once its loop runs.
    signal.signal(signal.SIGTERM, server.handle_exit)
    for keeper in keepers:
        keeper.start()
    try:
        server.run(sockets=[process.listening])
    finally:
        for keeper in keepers:
            keeper.stop()


def _exit(_number: int, _frame: object) -> NoReturn:
    sys.exit(0)


def _nobody_waits() -> None:
    """Nobody has to know that the only process serves."""

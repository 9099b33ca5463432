"""A bound on how many searches run and wait at once."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

from starlette.concurrency import run_in_threadpool

from web.errors import Overloaded
from web.settings import WebSettings

T = TypeVar("T")


def _unwatched(_running: int, _waiting: int) -> None:
    """Nobody wants to know."""


class SearchSlots:
    """Runs blocking work in the thread pool, so much at a time; belongs to one event loop.

    A slot is freed only when its thread has ended, so a caller who leaves does not make room too early.
    """

    def __init__(self, settings: WebSettings, changed: Callable[[int, int], None] = _unwatched) -> None:
        """`changed` is told how many run and how many wait, each time that changes."""
        self._running = asyncio.Semaphore(settings.running_searches)
        self._number_running = 0
        self._waiting = 0
        self._most_waiting = settings.waiting_searches
        self._wait_s = settings.search_wait_s
        self._changed = changed

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns. Raises Overloaded if too many wait, or if no slot comes free in time."""
        await self._acquire()
        job = asyncio.ensure_future(run_in_threadpool(work))
        job.add_done_callback(self._end)
        return await asyncio.shield(job)

    def _end(self, job: asyncio.Future[T]) -> None:
        self._running.release()
        self._number_running -= 1
        self._changed(self._number_running, self._waiting)
        if not job.cancelled():
            # Whoever waited has had the error by now; without this, asyncio would log it for one who left.
            job.exception()

    async def _acquire(self) -> None:
        if self._running.locked() and self._waiting >= self._most_waiting:
            raise Overloaded(f"{self._waiting} searches wait already; try again in a few seconds")
        self._waiting += 1
        self._changed(self._number_running, self._waiting)
        try:
            async with asyncio.timeout(self._wait_s):
                await self._running.acquire()
                self._number_running += 1
        except TimeoutError as error:
            raise Overloaded(f"no search ended within {self._wait_s:g} s; try again") from error
        finally:
            self._waiting -= 1
            self._changed(self._number_running, self._waiting)

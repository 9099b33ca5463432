import asyncio
import threading

import pytest

from web.errors import Overloaded
from web.http.limiter import SearchSlots
from web.settings import WebSettings, default_running_searches


def slots(*, running: int, waiting: int, wait_s: float) -> SearchSlots:
    return SearchSlots(WebSettings(running_searches=running, waiting_searches=waiting, search_wait_s=wait_s))


class Gate:
    """Work that goes on until the gate is opened, and counts how much of it ran at once."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.lock = threading.Lock()
        self.running = 0
        self.most = 0

    def work(self) -> str:
        with self.lock:
            self.running += 1
            self.most = max(self.most, self.running)
        assert self.opened.wait(10)
        with self.lock:
            self.running -= 1
        return "done"


async def settle() -> None:
    for _ in range(20):
        await asyncio.sleep(0.005)


def test_no_more_work_runs_at_once_than_there_are_slots() -> None:
    async def scenario() -> None:
        gate = Gate()
        bounded = slots(running=2, waiting=10, wait_s=10)
        tasks = [asyncio.create_task(bounded.run(gate.work)) for _ in range(6)]
        await settle()
        assert gate.running == 2
        gate.opened.set()
        assert await asyncio.gather(*tasks) == ["done"] * 6
        assert gate.most == 2

    asyncio.run(scenario())


def test_who_would_wait_in_a_full_queue_is_refused_at_once() -> None:
    async def scenario() -> None:
        gate = Gate()
        bounded = slots(running=1, waiting=1, wait_s=10)
        tasks = [asyncio.create_task(bounded.run(gate.work)) for _ in range(2)]
        await settle()
        with pytest.raises(Overloaded):
            await bounded.run(gate.work)
        gate.opened.set()
        assert await asyncio.gather(*tasks) == ["done"] * 2

    asyncio.run(scenario())


def test_who_waits_too_long_is_refused_and_the_slot_stays_usable() -> None:
    async def scenario() -> None:
        gate = Gate()
        bounded = slots(running=1, waiting=5, wait_s=0.05)
        first = asyncio.create_task(bounded.run(gate.work))
        await settle()
        with pytest.raises(Overloaded):
            await bounded.run(gate.work)
        gate.opened.set()
        assert await first == "done"
        assert await bounded.run(gate.work) == "done"

    asyncio.run(scenario())


def test_work_that_fails_frees_its_slot() -> None:
    def fail() -> None:
        raise ValueError("broken")

    async def scenario() -> None:
        bounded = slots(running=1, waiting=0, wait_s=1)
        for _ in range(3):
            with pytest.raises(ValueError, match="broken"):
                await bounded.run(fail)

    asyncio.run(scenario())


def test_who_leaves_while_the_work_runs_does_not_make_room_too_early() -> None:
    async def scenario() -> None:
        gate = Gate()
        bounded = slots(running=1, waiting=5, wait_s=10)
        left = asyncio.create_task(bounded.run(gate.work))
        await settle()
        left.cancel()
        second = asyncio.create_task(bounded.run(gate.work))
        await settle()
        assert gate.most == 1
        gate.opened.set()
        assert await second == "done"
        assert gate.most == 1

    asyncio.run(scenario())


@pytest.mark.parametrize(("cores", "searches"), [(1, 4), (2, 4), (3, 6), (8, 16), (64, 16), (None, 4)])
def test_twice_the_cores_between_4_and_16_run_by_default(
    monkeypatch: pytest.MonkeyPatch, cores: int | None, searches: int
) -> None:
    monkeypatch.setattr("os.cpu_count", lambda: cores)
    assert default_running_searches() == searches


@pytest.mark.parametrize(
    ("workers", "running", "waiting"), [(1, 8, 256), (2, 4, 256), (3, 3, 171), (8, 1, 64)]
)
def test_workers_share_what_runs_and_each_may_have_twice_its_share_waiting(
    workers: int, running: int, waiting: int
) -> None:
    shared = WebSettings(running_searches=8, waiting_searches=256).shared_among(workers)
    assert (shared.running_searches, shared.waiting_searches) == (running, waiting)

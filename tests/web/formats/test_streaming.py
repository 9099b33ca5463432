"""Files are made while they are sent: flat memory, no slot for the slow, nothing for those who left."""

import asyncio
import threading
import weakref
from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import nullcontext
from dataclasses import fields, replace
from typing import Final

import pytest
from starlette.types import Message, Scope

from search.errors import SearchTimeout
from search.request import SearchRequest
from search.results import SearchResult
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.errors import Overloaded
from web.formats.export_stream import PIECE, ExportStream
from web.formats.exports import RUNNING_EXPORTS
from web.formats.hit_pages import PAGE
from web.formats.places import Places
from web.settings import WebSettings

PAGES: Final = 12
MANY: Final = tuple(replace(ARTICLES[0], id=f"n{number:04}", body="短") for number in range(PAGES * PAGE))
ALL: Final = f"per_page={PAGES * PAGE}&fields=id&snippets=0"
WAIT_S: Final = 60
"""For what has to come; a test that needs so long fails anyway."""


class _Page(SearchResult):
    """A result that can be watched."""

    __slots__ = ("__weakref__",)


class WatchedService(FakeService):
    """Counts the pages of hits that were made, and how many of them anybody held at once; the page with the
    number `broken` cannot be had."""

    def __init__(self, broken: int | None = None) -> None:
        super().__init__(MANY)
        self.made = 0
        self.most_alive = 0
        self.broken = broken
        self._pages: list[weakref.ref[_Page]] = []

    def search(self, request: SearchRequest) -> SearchResult:
        if self.made == self.broken:
            raise SearchTimeout("it took too long")
        found = super().search(request)
        page = _Page(**{field.name: getattr(found, field.name) for field in fields(SearchResult)})
        self.made += 1
        self._pages.append(weakref.ref(page))
        self.most_alive = max(self.most_alive, sum(one() is not None for one in self._pages))
        return page


class Exchange:
    """A request to an application, and a client that takes what is sent at its own speed."""

    def __init__(self, service: FakeService, settings: WebSettings | None = None) -> None:
        self.app = create_app(service, settings or WebSettings(), REGIONS)
        self.sent: list[Message] = []
        self.left = asyncio.Event()

    async def run(self, query: str = ALL, take: Callable[[Message], Awaitable[None]] | None = None) -> None:
        """Ends when the answer does; `take` may take its time over each message."""

        async def send(message: Message) -> None:
            self.sent.append(message)
            if take is not None:
                await take(message)

        asked = False

        async def receive() -> Message:
            nonlocal asked
            if not asked:
                asked = True
                return {"type": "http.request", "body": b"", "more_body": False}
            await self.left.wait()
            return {"type": "http.disconnect"}

        await self.app(scope(query), receive, send)

    @property
    def status(self) -> int:
        status: int = self.sent[0]["status"]
        return status

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.sent)

    @property
    def is_whole(self) -> bool:
        """Whether the server said that this was all."""
        return not self.sent[-1].get("more_body", False)


def scope(query: str) -> Scope:
    return {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.3"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "http",
        "path": "/api/v1/search.csv",
        "raw_path": b"/api/v1/search.csv",
        "query_string": query.encode(),
        "root_path": "",
        "headers": [(b"host", b"site.example")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 8000),
    }


def test_a_long_file_holds_few_pages() -> None:
    """The one that is read, the one before it, and the first: the thread that read it may have its result."""
    service = WatchedService()
    exchange = Exchange(service)
    asyncio.run(exchange.run())
    assert exchange.body.count(b"\r\n") == 1 + PAGES * PAGE
    assert exchange.is_whole
    assert service.made == PAGES
    assert service.most_alive <= 3


def test_the_watch_sees_pages_that_are_kept() -> None:
    service = WatchedService()
    kept = list(service.walk(SearchRequest(limit=PAGE)))
    assert service.most_alive == len(kept) == PAGES


@pytest.mark.parametrize("query", ["per_page=1", f"per_page={PAGE + 1}", "cursor=*"])
def test_no_search_runs_in_the_event_loop(query: str) -> None:
    class Witness(FakeService):
        """Notes which threads search."""

        def search(self, request: SearchRequest) -> SearchResult:
            threads.add(threading.get_ident())
            return super().search(request)

    threads: set[int] = set()
    asyncio.run(Exchange(Witness(MANY)).run(query))
    assert threads
    assert threading.get_ident() not in threads


def test_nothing_more_is_made_for_a_client_that_has_left() -> None:
    async def run() -> None:
        async def leave(message: Message) -> None:
            if message["type"] == "http.response.body":
                exchange.left.set()
                await asyncio.sleep(0)

        await exchange.run(take=leave)

    service = WatchedService()
    exchange = Exchange(service)
    asyncio.run(asyncio.wait_for(run(), WAIT_S))
    assert exchange.status == 200
    assert not exchange.is_whole
    assert 1 <= service.made < PAGES


def test_a_slow_client_keeps_no_search_waiting() -> None:
    async def run() -> list[int]:
        others = []

        async def take(message: Message) -> None:
            # While this client takes its time, the only slot that there is serves another one.
            other = Exchange(service)
            other.app = exchange.app
            await asyncio.wait_for(other.run("per_page=1"), WAIT_S)
            others.append(other.status)

        await exchange.run("per_page=300&fields=id", take)
        return others

    service = WatchedService()
    exchange = Exchange(service, WebSettings(running_searches=1))
    statuses = asyncio.run(run())
    assert exchange.is_whole
    assert set(statuses) == {200}
    assert len(statuses) == len(exchange.sent)


@pytest.mark.parametrize("chunk", [b"", b"1", bytes(PIECE), bytes(3 * PIECE + 1)], ids=len)
def test_no_more_than_a_piece_is_handed_over_at_once(chunk: bytes) -> None:
    closed, taken = [], []

    async def chunks() -> AsyncGenerator[bytes]:
        try:
            yield chunk
            yield b"end"
        finally:
            closed.append(True)

    async def send(message: Message) -> None:
        taken.append(message.get("body", b""))

    async def receive() -> Message:
        await asyncio.Event().wait()
        raise AssertionError

    stream = ExportStream(chunks(), "text/csv", {}, nullcontext())
    asyncio.run(stream(scope(""), receive, send))
    assert b"".join(taken) == chunk + b"end"
    assert max(map(len, taken)) <= PIECE
    assert closed == [True]


def test_a_file_that_breaks_off_does_not_look_whole() -> None:
    service = WatchedService(broken=3)
    exchange = Exchange(service)
    with pytest.raises(SearchTimeout):
        asyncio.run(exchange.run())
    assert exchange.status == 200
    assert exchange.body.count(b"\r\n") == 1 + 3 * PAGE
    assert not exchange.is_whole


def test_what_fails_at_once_is_told() -> None:
    exchange = Exchange(WatchedService(broken=0))
    asyncio.run(exchange.run())
    assert exchange.status == 503
    assert b"/problems/timeout" in exchange.body


def test_only_so_many_files_are_sent_at_once() -> None:
    async def run() -> tuple[list[int], int]:
        everybody_waits = asyncio.Event()
        waiting = 0
        refused = Exchange(service)
        running = [Exchange(service) for _ in range(RUNNING_EXPORTS)]
        for exchange in (refused, *running):
            exchange.app = app

        async def wait(_message: Message) -> None:
            nonlocal waiting
            waiting += 1
            await everybody_waits.wait()

        tasks = [asyncio.create_task(exchange.run("per_page=1", wait)) for exchange in running]
        while waiting < RUNNING_EXPORTS:
            await asyncio.sleep(0.01)
        await refused.run("per_page=1")
        everybody_waits.set()
        await asyncio.gather(*tasks)
        again = Exchange(service)
        again.app = app
        await again.run("per_page=1")
        return [exchange.status for exchange in (refused, *running)], again.status

    service = FakeService()
    app = Exchange(service).app
    statuses, again = asyncio.run(asyncio.wait_for(run(), WAIT_S))
    assert statuses == [503] + [200] * RUNNING_EXPORTS
    assert again == 200


def test_a_place_is_free_again_whatever_happened() -> None:
    places = Places(1)
    with pytest.raises(KeyError), places.one():
        raise KeyError
    with places.one(), pytest.raises(Overloaded), places.one():
        raise AssertionError
    with places.one():
        pass

"""A file over a real connection: who leaves ends the walk, who stays gets all of it."""

import http.client
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import uvicorn

from search.request import SearchRequest
from search.results import SearchResult
from tests.waiting import wait_for
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.commands.serving import listen
from web.formats.hit_pages import PAGE
from web.settings import WebSettings

PAGES: Final = 60
LONG: Final = replace(ARTICLES[0], body="长" * 10_000)
"""A page of such articles is 3 MB as a file: more than the buffers between two processes hold."""


class EndlessService(FakeService):
    """Walks on as long as anybody asks: the same page again and again."""

    def __init__(self) -> None:
        super().__init__([LONG] * PAGE)
        self.made = 0
        self.ended = threading.Event()

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        page = replace(self.search(request), clusters=PAGES * PAGE, total=PAGES * PAGE)
        try:
            while True:
                self.made += 1
                yield page
        finally:
            self.ended.set()


@contextmanager
def served(service: FakeService) -> Iterator[int]:
    """The port of a server over this service."""
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(
            create_app(service, WebSettings(), REGIONS),
            http="h11",
            ws="none",
            lifespan="off",
            log_config=None,
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            wait_for(lambda: server.started)
            yield listening.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


def asked(port: int, fields: str) -> tuple[http.client.HTTPConnection, http.client.HTTPResponse]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", f"/api/v1/search.csv?per_page={PAGES * PAGE}&fields={fields}")
    answer = connection.getresponse()
    assert answer.status == 200
    return connection, answer


def test_who_leaves_ends_the_walk() -> None:
    service = EndlessService()
    with served(service) as port:
        connection, answer = asked(port, "id,body")
        assert answer.read(1_000)
        answer.close()
        connection.close()
        wait_for(service.ended.is_set)
    assert service.made < PAGES


def test_who_stays_gets_all_of_it() -> None:
    service = EndlessService()
    with served(service) as port:
        connection, answer = asked(port, "id")
        assert answer.read().count(b"\r\n") == 1 + PAGES * PAGE
        connection.close()
    assert service.made == PAGES

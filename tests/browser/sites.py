"""Servers for a browser: a real one with articles, and ones in states that a real one is rarely in."""

import threading
import urllib.parse
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Final

import uvicorn

from search.errors import IndexUnavailable
from search.request import MAX_WINDOW, SearchRequest
from search.results import Readiness, SearchResult
from tests.browser.records import DELETED, SAMPLE, Record, as_lines
from tests.browser.states import GARBLED
from tests.processes import run, server
from tests.waiting import wait_for
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from web.app import create_app
from web.commands.serving import listen
from web.settings import WebSettings

TOKEN: Final = "a-token-of-the-browser-tests-0123456789"  # noqa: S105
"""Opens the page of saved searches."""


@contextmanager
def real_site(folder: Path, beside_the_sample: Sequence[Record]) -> Iterator[str]:
    """The address of a server with the sample and these articles, DELETED deleted, and saved searches.

    It has its suggestions, too.
    """
    lines = as_lines(list(beside_the_sample))
    stored = run(folder, "ingest", str(SAMPLE), "-", stdin=lines)
    assert stored.returncode == 0, stored.stderr.decode()
    deleted = run(folder, "delete", DELETED)
    assert deleted.returncode == 0, deleted.stderr.decode()
    settings = {"POLICY_SEARCH_ADMIN_TOKEN": TOKEN, "POLICY_SEARCH_SAVED": "feeds"}
    with server(folder, **settings) as address:
        wait_for(lambda: has_suggestions(address))
        yield address


def has_suggestions(address: str) -> bool:
    """Whether the server has read all that it suggests, which it does while it answers already."""
    garbled = urllib.parse.urlencode({"q": GARBLED})
    with urllib.request.urlopen(f"{address}/search?{garbled}") as answer:
        return b'class="meant"' in answer.read()


@contextmanager
def fake_site(service: FakeService) -> Iterator[str]:
    """The address of a server in this process over a service whose state is chosen."""
    with listen("127.0.0.1", 0) as listening:
        app = create_app(service, WebSettings(), REGIONS)
        config = uvicorn.Config(app, http="h11", ws="none", lifespan="off", log_config=None)
        running = uvicorn.Server(config)
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]})
        thread.start()
        try:
            wait_for(lambda: running.started)
            yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        finally:
            running.should_exit = True
            thread.join()


class LongList(FakeService):
    """Finds more than can be paged through; every page of it looks the same."""

    def search(self, request: SearchRequest) -> SearchResult:
        found = super().search(replace(request, offset=0))
        return replace(
            found,
            total=2 * MAX_WINDOW,
            clusters=2 * MAX_WINDOW,
            offset=request.offset,
            hits=found.hits[:1] * request.limit,
        )


class NothingYet(FakeService):
    """Has no articles, and waits for none."""

    def readiness(self) -> Readiness:
        return replace(super().readiness(), lag=0)


def stopped() -> FakeService:
    """Its index cannot be opened."""
    return FakeService(failure=IndexUnavailable("the index is being built"), reasons=("index",))


def empty() -> FakeService:
    """There are no articles yet."""
    return NothingYet(())


def endless() -> FakeService:
    """More is found than can be shown."""
    return LongList(ARTICLES)

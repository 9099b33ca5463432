"""Chromium on servers with articles; every test fails on anything that the browser complains of."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any, Protocol

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import sites
from tests.browser.records import records
from tests.browser.states import State
from tests.browser.watching import complaints_of


class Opener(Protocol):
    """Opens a page of its own; `options` are those of a browser context (its width, language, colours)."""

    def __call__(self, **options: Any) -> Page: ...


# In a process that runs tests of other folders in between it stays: it is a process of its own.
@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with 300 articles."""
    with sites.real_site(tmp_path_factory.mktemp("site") / "data", records()) as address:
        yield address


class Addresses:
    """Where each state is found; servers start when they are asked for."""

    def __init__(self, site: str, stack: ExitStack) -> None:
        self._known = {"real": site}
        self._stack = stack

    def of(self, state: State) -> str:
        """The address of the site that is in this state."""
        if state.site not in self._known:
            services = {"stopped": sites.stopped, "empty": sites.empty, "endless": sites.endless}
            self._known[state.site] = self._stack.enter_context(sites.fake_site(services[state.site]()))
        return self._known[state.site]


@pytest.fixture(scope="package")
def addresses(site: str) -> Iterator[Addresses]:
    with ExitStack() as stack:
        yield Addresses(site, stack)


# Its scope is this folder: playwright keeps an event loop running in the thread until it is stopped, and a
# test elsewhere that calls asyncio.run in the same process must not meet it.
@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path is not None
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Opener]:
    """Pages of 1280 by 900 unless asked otherwise; the test fails on anything that they complain of."""
    with ExitStack() as stack:
        all_heard: list[list[str]] = []

        def opened(**options: Any) -> Page:
            asked = {"viewport": {"width": 1280, "height": 900}, "locale": "zh-CN"} | options
            page = stack.enter_context(chromium.new_context(**asked)).new_page()
            all_heard.append(complaints_of(page))
            return page

        yield opened
    assert [heard for heard in all_heard if heard] == []


@pytest.fixture
def page(open_page: Opener) -> Page:
    """A page of 1280 by 900."""
    return open_page()


@pytest.fixture
def plain_page(open_page: Opener) -> Page:
    """A page without JavaScript, as wide as a small telephone."""
    return open_page(viewport={"width": 320, "height": 640}, java_script_enabled=False)

"""Budgets of the page of results (PAGE: Weight, Speed)."""

import re
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.holding import hold
from tests.waiting import wait_for

pytestmark = pytest.mark.browser

PATH: Final = "/search?q=协同创新"
LOADS: Final = 30
"""How often a page may be loaded until it is once as fast as it has to be: others use the machine too."""
SERVER_MS: Final = 200
READY_MS: Final = 500
KIB: Final = 1024
WEIGHTS: Final = {"html": 40 * KIB, "css": 20 * KIB, "js": 15 * KIB}
"""Bytes that may be sent for each part."""

_TIMES: Final = """() => {
  const [load] = performance.getEntriesByType("navigation");
  const server = load.serverTiming.reduce((sum, stage) => sum + stage.duration, 0);
  return { server, ready: load.domContentLoadedEventEnd };
}"""
_IS_PAINTED: Final = "performance.getEntriesByName('first-contentful-paint').length === 1"
_WEIGHTS: Final = """() => [
  ...performance.getEntriesByType("navigation"),
  ...performance.getEntriesByType("resource"),
].map((part) => [part.name, part.decodedBodySize])"""


def test_a_page_of_ten_hits_is_soon_there(page: Page, site: str) -> None:
    """Each time as a first visit: the caches are emptied, that of compiled scripts too."""
    session = page.context.new_cdp_session(page)
    fastest: dict[str, float] = {}
    for _ in range(LOADS):
        session.send("Network.clearBrowserCache")
        page.goto(site + PATH)
        assert page.locator(".results > li").count() == 10
        times = page.evaluate(_TIMES)
        for name in ("server", "ready"):
            fastest[name] = min(times[name], fastest.get(name, times[name]))
        if fastest["server"] < SERVER_MS and fastest["ready"] < READY_MS:
            break
    assert 0 < fastest["server"] < SERVER_MS
    assert 0 < fastest["ready"] < READY_MS


def test_a_page_of_ten_hits_is_light(page: Page, site: str) -> None:
    page.goto(site + PATH, wait_until="load")
    sizes = {}
    for address, size in page.evaluate(_WEIGHTS):
        assert address.startswith(site), "nothing comes from other hosts"
        ending = re.search(r"\.(css|js|svg)$", address)
        sizes[ending[1] if ending else "html"] = size
    assert sizes.keys() >= WEIGHTS.keys()
    assert {name: size for name, size in sizes.items() if size > WEIGHTS.get(name, KIB)} == {}


def test_the_text_is_there_before_any_script(page: Page, site: str) -> None:
    held = hold(page, "**/*.js")
    page.goto(site + PATH, wait_until="commit")
    expect(page.locator(".results > li")).to_have_count(10)
    # Playwright's own way to wait for it needs `eval`, which the page's policy forbids.
    wait_for(lambda: page.evaluate(_IS_PAINTED))
    assert page.evaluate("document.querySelector('#q').getAttribute('role')") is None
    held[0].continue_()
    expect(page.get_by_role("combobox")).to_have_count(1)

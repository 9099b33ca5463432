"""Nothing scrolls sideways at 320 px, at 200 and 400 % of zoom, nor with a reader's own spacing of text."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Addresses, Opener
from tests.browser.states import PAGES, STATES, State, in_language

pytestmark = pytest.mark.browser

EVERY = STATES | PAGES
WIDE = 1280
ZOOMS = (2, 4)
"""400 % of zoom leave 320 of 1280 px, which is also what a small telephone has."""

SPACING = """* { line-height: 1.5 !important; letter-spacing: 0.12em !important; }
* { word-spacing: 0.16em !important; }
p { margin-bottom: 2em !important; }"""
"""WCAG 2.2, 1.4.12."""


def overflow(page: Page) -> int:
    """By how many pixels a page is wider than its window."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert isinstance(wider, int)
    return wider


def unfold(page: Page) -> None:
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")


@pytest.mark.parametrize("language", ["zh-Hans", "en"])
@pytest.mark.parametrize("state", EVERY.values(), ids=EVERY)
def test_nothing_is_to_be_scrolled_sideways(
    state: State, language: str, open_page: Opener, addresses: Addresses
) -> None:
    page = open_page(viewport={"width": WIDE, "height": 800})
    page.goto(addresses.of(state) + in_language(state.path, language))
    unfold(page)
    wider = {1: overflow(page)}
    for zoom in ZOOMS:
        page.set_viewport_size({"width": WIDE // zoom, "height": 800 // zoom})
        wider[zoom] = overflow(page)
    assert wider == {1: 0, 2: 0, 4: 0}


@pytest.mark.parametrize("panel", ["#box-help", ".drop:not(#box-help)"])
def test_what_opens_over_the_page_stays_inside_of_it(panel: str, plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/search?q=创新&lang=en")
    plain_page.locator(f"{panel} > summary").click()
    assert plain_page.locator(f"{panel} .panel").is_visible()
    assert overflow(plain_page) == 0


@pytest.fixture
def roomy(open_page: Opener) -> Page:
    """A page without our policy, so that a style of the reader's can be added to it."""
    return open_page(viewport={"width": 320, "height": 640}, bypass_csp=True)


@pytest.mark.parametrize("path", ["/", "/search?q=协同创新", "/articles/sample-001?q=协同创新"])
def test_a_readers_spacing_of_text_cuts_nothing_off(path: str, roomy: Page, site: str) -> None:
    roomy.goto(site + path)
    roomy.add_style_tag(content=SPACING)
    assert overflow(roomy) == 0
    cut = roomy.evaluate(
        """[...document.querySelectorAll('main :is(h1, h2, h3, p, li, a, summary, button)')]
          .filter((node) => getComputedStyle(node).overflow === 'hidden'
            && !node.matches('.visually-hidden, .visually-hidden *, .tree summary bdi')
            && node.scrollHeight > node.clientHeight + 1)
          .map((node) => node.outerHTML.slice(0, 80))"""
    )
    assert cut == []


@pytest.mark.parametrize("state", EVERY.values(), ids=EVERY)
def test_a_print_shows_the_text_and_nothing_to_press(state: State, page: Page, addresses: Addresses) -> None:
    page.goto(addresses.of(state) + state.path)
    page.emulate_media(media="print")
    for selector in (
        "header.top",
        "footer.bottom",
        ".side",
        ".sorts",
        ".chips",
        ".paging",
        ".ways",
        ".no-print",
    ):
        assert not any(part.is_visible() for part in page.locator(selector).all()), selector
    assert page.locator("main").inner_text().strip()
    assert page.pdf().startswith(b"%PDF-")


def test_a_page_that_is_too_wide_is_noticed(plain_page: Page, site: str) -> None:
    """The control."""
    plain_page.goto(f"{site}/help")
    plain_page.evaluate("document.querySelector('h1').style.width = '400px'")
    assert overflow(plain_page) > 0

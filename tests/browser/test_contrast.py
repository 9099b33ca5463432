"""Computed colours: text and marks stand out in both schemes, and a mark is more than its colour."""

from typing import Final

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

TEXT: Final = 4.5
EDGE: Final = 3.0
"""Least contrasts of WCAG 2.2, AA: of text, and of what must be told from its surroundings."""

_GROUND: Final = """node => {
  for (let at = node; at; at = at.parentElement) {
    const colour = getComputedStyle(at).backgroundColor;
    if (!/, 0\\)$/.test(colour)) return colour;
  }
  return "rgb(255, 255, 255)";
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(
    ("path", "selectors"),
    [
        (
            "/search?q=协同创新&region=湖北省",
            ("h2", "h3 a", ".snippets", ".snippets mark", ".facts", ".chip", ".took"),
        ),
        ("/search?q=创新&page=0", ("h1", ".kicker", ".fault-list li", ".quiet")),
        ("/articles/sample-001?q=协同创新", ("h1", ".prose p", ".prose mark", ".article-facts dd", "dt")),
        ("/help", ("h1", "td", "th", "td ~ td, th a")),
    ],
    ids=["results", "faulty", "article", "help"],
)
def test_text_stands_out(
    scheme: str, path: str, selectors: tuple[str, ...], open_page: Opener, site: str
) -> None:
    page = open_page(color_scheme=scheme)
    page.goto(site + path)
    ground = ground_of(page.locator("body"))
    assert (brightness(ground) < 128) == (scheme == "dark")
    for selector in selectors:
        part = page.locator(f"main {selector.replace(', ', ', main ')}").first
        assert contrast(colour_of(part, "color"), ground_of(part)) >= TEXT, selector


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/search?q=协同创新", "/articles/sample-001?q=协同创新"])
def test_a_mark_is_more_than_a_colour(scheme: str, path: str, open_page: Opener, site: str) -> None:
    page = open_page(color_scheme=scheme)
    page.goto(site + path)
    mark = page.locator("main p mark").first
    outside = ground_of(mark.locator(".."))
    assert ground_of(mark) != outside
    assert contrast(colour_of(mark, "border-bottom-color"), outside) >= EDGE
    weights = [
        int(part.evaluate("node => getComputedStyle(node).fontWeight")) for part in (mark, mark.locator(".."))
    ]
    assert weights[0] > weights[1]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_edges_of_fields_are_seen(scheme: str, page: Page, site: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(f"{site}/search?q=协同创新")
    for selector in ("#q", "#published_after", ".button-quiet"):
        part = page.locator(selector).first
        assert contrast(colour_of(part, "border-top-color"), ground_of(part.locator(".."))) >= EDGE, selector


def test_colours_that_the_reader_forces_are_kept(open_page: Opener, site: str) -> None:
    page = open_page(forced_colors="active")
    page.goto(f"{site}/search?q=协同创新")
    assert page.evaluate("matchMedia('(forced-colors: active)').matches")
    mark = page.locator("main p mark").first
    assert contrast(colour_of(mark, "color"), ground_of(mark)) >= TEXT


def colour_of(part: Locator, name: str) -> str:
    colour = part.evaluate("(node, name) => getComputedStyle(node).getPropertyValue(name)", name)
    assert isinstance(colour, str)
    return colour


def ground_of(part: Locator) -> str:
    """The colour that is behind an element's text."""
    colour = part.evaluate(_GROUND)
    assert isinstance(colour, str)
    return colour


def channels(colour: str) -> list[float]:
    return [float(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3]]


def brightness(colour: str) -> float:
    return sum(channels(colour)) / 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 of two computed colours."""

    def luminance(colour: str) -> float:
        parts = [channel / 255 for channel in channels(colour)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

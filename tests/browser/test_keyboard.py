"""Everything is reached and done with keys alone, and one always sees where one is."""

import urllib.parse
from typing import Final

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

MOST: Final = 200
"""Presses of Tab that no page needs."""

_STOP: Final = """() => {
  const node = document.activeElement;
  if (node === document.body) return null;
  const own = node.getBoundingClientRect();
  const shown = node.matches("input[type=checkbox], .bars a") ? node.closest("label, li") : node;
  const style = getComputedStyle(node);
  const at = document.elementFromPoint(own.x + own.width / 2, own.y + Math.min(own.height / 2, 10));
  return {
    name: `${node.tagName} ${node.id || node.className || node.textContent.trim().slice(0, 20)}`,
    outline: style.outlineStyle === "none" ? 0 : parseFloat(style.outlineWidth),
    inView: own.bottom > 0 && own.top < innerHeight && own.width > 0 && own.height > 0,
    uncovered: at !== null && (shown.contains(at) || at.contains(node)),
  };
}"""


def stops(page: Page) -> list[dict[str, object]]:
    """What has the focus, from the start of the page to its end, one press of Tab after the other."""
    found: list[dict[str, object]] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        stop = page.evaluate(_STOP)
        if stop is None:
            return found
        found.append(stop)
    pytest.fail(f"the focus never leaves the page: {found[-1]}")


@pytest.mark.parametrize(
    "path",
    ["/search?q=协同创新&region=湖北省", "/articles/sample-001?q=协同创新", "/help", "/search?q=创新&page=0"],
)
@pytest.mark.parametrize("width", [1280, 320])
def test_the_focus_is_seen_at_every_stop(path: str, width: int, open_page: Opener, site: str) -> None:
    page = open_page(viewport={"width": width, "height": 700}, reduced_motion="reduce")
    page.goto(site + path)
    found = stops(page)
    assert len(found) > 5
    # WCAG 2.2, 2.4.7 and 2.4.11: 2 pixels around what has the focus, and nothing over it.
    assert [stop["name"] for stop in found if stop["outline"] != 2] == []
    assert [stop["name"] for stop in found if not (stop["inView"] and stop["uncovered"])] == []


def test_a_focus_that_is_not_seen_is_noticed(page: Page, site: str) -> None:
    """The control."""
    page.goto(f"{site}/help")
    page.evaluate("document.querySelector('main a').style.outline = 'none'")
    assert [stop for stop in stops(page) if stop["outline"] != 2] != []


def test_the_order_is_that_of_the_page(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=协同创新&region=湖北省")
    order = page.evaluate("[...document.querySelectorAll('a[href], input, button, summary')].length")
    assert order > 0
    parts: list[str] = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        part = page.evaluate(
            "document.activeElement.closest('.skip, header.top, .side, .chips, .results, footer')?.className"
        )
        if part is None and page.evaluate("document.activeElement === document.body"):
            break
        if part is not None and (not parts or parts[-1] != part):
            parts.append(part)
    assert [part.split()[0] for part in parts] == ["skip", "top", "side", "chips", "results", "bottom"]


def test_the_first_stop_leads_past_the_header(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=协同创新")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_search_is_narrowed_and_widened_by_keys(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=创新")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    box = page.locator('.filters-form input[name="topic"]').first
    value = box.get_attribute("value") or ""
    box.focus()
    page.keyboard.press("Space")
    chip = page.locator(".chip")
    expect(chip).to_have_count(1)
    # The results are new ones, and the focus is where it was.
    expect(page.locator(f'.filters-form input[name="topic"][value="{value}"]')).to_be_focused()
    chip.focus()
    page.keyboard.press("Enter")
    expect(chip).to_have_count(0)
    assert "topic" not in urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)


def test_what_is_folded_unfolds_by_keys(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=协同创新")
    copies = page.locator(".copies").first
    copies.locator("summary").focus()
    page.keyboard.press("Enter")
    expect(copies).to_have_attribute("open", "")
    page.keyboard.press("Space")
    expect(copies).not_to_have_attribute("open", "")


def test_slash_leads_to_the_box_and_escape_out_of_it(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=项目")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()
    page.keyboard.type("a/b?")
    expect(page.locator("#q")).to_have_value("a/b?")
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).not_to_be_focused()


def test_a_question_mark_opens_help_and_escape_closes_it(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=项目")
    page.keyboard.press("?")
    expect(page.locator("#box-help")).to_have_attribute("open", "")
    page.keyboard.press("Escape")
    expect(page.locator("#box-help")).not_to_have_attribute("open", "")
    expect(page.locator("#box-help summary")).to_be_focused()


def test_keys_without_a_modifier_can_be_switched_off(page: Page, site: str) -> None:
    page.goto(f"{site}/help")
    page.locator("#shortcut").uncheck()
    page.goto(f"{site}/search?q=项目")
    page.keyboard.press("/")
    page.keyboard.press("?")
    expect(page.locator("#q")).not_to_be_focused()
    expect(page.locator("#box-help")).not_to_have_attribute("open", "")
    page.goto(f"{site}/help")
    page.locator("#shortcut").check()
    page.goto(f"{site}/search?q=项目")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()

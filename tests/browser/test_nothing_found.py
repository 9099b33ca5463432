"""Where nothing is found the page leads on: by what was meant, by parts, and without filters."""

import urllib.parse

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.watching import complaints_of
from tests.waiting import wait_for

pytestmark = pytest.mark.browser

MISSPELT, MEANT = "协同创昌", "协同创新"


def search(site: str, **parameters: str) -> str:
    return f"{site}/search?{urllib.parse.urlencode(parameters)}"


@pytest.fixture(scope="module")
def misspelt(site: str, chromium: Browser) -> str:
    """The address of a search for a misspelt text, once the server suggests anything."""
    address = search(site, q=MISSPELT, match="exact", published_before="2030")
    context = chromium.new_context(locale="zh-CN")
    page = context.new_page()

    def is_helped() -> bool:
        page.goto(address)
        return page.locator(".meant").count() == 1

    wait_for(is_helped)
    context.close()
    return address


def test_what_was_meant_is_one_click_away_under_the_same_filters(page: Page, misspelt: str) -> None:
    page.goto(misspelt)
    expect(page.get_by_role("heading", name="没有找到相关文章")).to_be_visible()
    link = page.locator(".meant a").first
    assert link.inner_text() == MEANT
    assert link.locator("mark").all_text_contents() == ["新"]
    link.click()
    expect(page.get_by_role("heading", name="条结果")).to_be_visible()
    expect(page.get_by_role("combobox")).to_have_value(MEANT)
    assert "published_before=2030" in page.url


def test_a_part_that_finds_something_is_a_link_and_the_others_are_not(plain_page: Page, site: str) -> None:
    plain_page.goto(search(site, q="创新 没有这样的词组", match="all", source="没有这个来源"))
    parts, filters = plain_page.locator(".tries").all()
    assert parts.locator("a").count() == 0
    assert parts.inner_text().split() == ["创新", "0", "没有这样的词组", "0"]
    assert filters.inner_text().split() == ["不限“来源：没有这个来源”", "0"]
    plain_page.goto(search(site, q="创新 没有这样的词组", match="all"))
    plain_page.locator(".tries a").click()
    assert plain_page.get_by_role("searchbox").input_value() == "创新"
    assert plain_page.locator("main h3 a").count() > 0


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no script"])
def test_the_page_fits(width: int, chromium: Browser, misspelt: str, *, javascript: bool) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, java_script_enabled=javascript, locale="zh-CN"
    )
    page = context.new_page()
    complaints = complaints_of(page)
    page.goto(misspelt)
    assert page.locator(".meant").is_visible()
    assert page.locator("html").evaluate("root => root.scrollWidth") <= width
    # WCAG 2.2, 2.5.8: 24 pixels to hit.
    boxes = [link.bounding_box() for link in page.locator(".meant a, .tries a").all()]
    assert boxes
    assert all(box is not None and box["height"] >= 24 for box in boxes)
    context.close()
    assert complaints == []

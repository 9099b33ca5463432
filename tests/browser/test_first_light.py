"""From the box to an article and back, as a person does it, in a real browser."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.test_marks import texts

pytestmark = pytest.mark.browser


def test_search_click_and_the_same_marks(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_role("combobox")
    box.fill("协同创新")
    box.press("Enter")
    expect(page.get_by_role("heading", name="条结果")).to_be_visible()
    title = page.locator("main article h3 a, main li h3 a").first
    name = title.inner_text()
    assert texts(title.locator("mark")) == ["協同創新"]
    title.click()
    page.wait_for_url("**/articles/**")
    assert page.locator("h1").inner_text().strip() == name
    shown = texts(page.locator("article mark"))
    assert shown
    assert set(shown) <= {"協同創新", "协同创新"}
    page.go_back()
    expect(page.get_by_role("combobox")).to_have_value("协同创新")

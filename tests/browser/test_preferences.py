"""Language and colours, chosen without a script in a real browser."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser


def choose(page: Page, name: str) -> None:
    page.locator('details:has(form[action="/preferences"]) > summary').click()
    page.get_by_role("button", name=name, exact=True).click()


def background(page: Page) -> str:
    colour = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert isinstance(colour, str)
    return colour


def test_a_language_is_chosen_where_one_is_and_stays(site: str, plain_page: Page) -> None:
    plain_page.goto(f"{site}/search?q=%E7%A7%91%E6%8A%80&sort=newest")
    expect(plain_page.locator("html")).to_have_attribute("lang", "zh-Hans")
    address = plain_page.url
    choose(plain_page, "English")
    assert plain_page.url == address
    expect(plain_page.locator("html")).to_have_attribute("lang", "en")
    expect(plain_page.get_by_role("heading", level=2).first).to_contain_text(re.compile(r"[Rr]esults"))
    plain_page.locator(".result h3 a").first.click()
    expect(plain_page.locator("html")).to_have_attribute("lang", "en")
    choose(plain_page, "繁體中文")
    expect(plain_page.get_by_role("link", name="返回搜尋結果")).to_be_visible()


def test_colours_are_chosen_and_given_back_to_the_system(site: str, plain_page: Page) -> None:
    plain_page.goto(f"{site}/help")
    light = background(plain_page)
    choose(plain_page, "深色")
    expect(plain_page.locator("html")).to_have_attribute("data-theme", "dark")
    dark = background(plain_page)
    assert dark != light
    choose(plain_page, "跟随系统")
    expect(plain_page.locator("html")).not_to_have_attribute("data-theme", "dark")
    assert background(plain_page) == light


@pytest.mark.parametrize(
    ("locale", "language"),
    [("en-GB", "en"), ("zh-TW", "zh-Hant"), ("zh-CN", "zh-Hans"), ("fr-FR", "zh-Hans")],
)
def test_the_first_visit_is_in_the_language_of_the_browser(
    site: str, chromium: Browser, locale: str, language: str
) -> None:
    context = chromium.new_context(locale=locale)
    page = context.new_page()
    page.goto(site)
    expect(page.locator("html")).to_have_attribute("lang", language)
    context.close()

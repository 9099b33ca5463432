"""The address holds the whole search: back, forward, reload, and the address in another browser."""

import urllib.parse

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Opener

pytestmark = pytest.mark.browser

SEARCH = {
    "q": "项目",
    "exclude_source": "没有这个来源",
    "published_after": "2019",
    "sort": "oldest",
    "page": "2",
    "per_page": "3",
}

Shown = tuple[list[str], list[str], list[str], str]


def shown(page: Page) -> Shown:
    """What a search shows: the articles, the filters, the sort, and the query."""
    return (
        page.locator("main h3 a").all_text_contents(),
        page.locator(".chip").all_text_contents(),
        page.locator(".sorts [aria-current]").all_text_contents(),
        page.locator("#q").input_value(),
    )


def test_a_copied_address_shows_the_same_to_somebody_else(open_page: Opener, site: str) -> None:
    page = open_page()
    page.goto(f"{site}/search?{urllib.parse.urlencode(SEARCH)}")
    seen = shown(page)
    articles, chips, sorts, q = seen
    assert (len(articles), len(chips), sorts, q) == (3, 2, ["最早"], "项目")
    page.reload()
    assert shown(page) == seen
    other = open_page(java_script_enabled=False)
    other.goto(page.url)
    assert shown(other) == seen


def test_back_and_forward_between_searches_and_articles(page: Page, site: str) -> None:
    page.goto(f"{site}/search?{urllib.parse.urlencode(SEARCH)}")
    first = shown(page)
    page.get_by_role("link", name="下一页").click()
    page.wait_for_url("**page=3**")
    second = shown(page)
    assert second[0] != first[0]
    assert second[1:] == first[1:]
    page.locator("main h3 a").first.click()
    page.wait_for_url("**/articles/**")
    page.go_back()
    assert shown(page) == second
    page.go_back()
    assert shown(page) == first
    page.go_forward()
    assert shown(page) == second


def test_the_way_back_from_an_article_is_the_search_that_led_to_it(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/search?{urllib.parse.urlencode(SEARCH)}")
    address, seen = plain_page.url, shown(plain_page)
    plain_page.locator("main h3 a").first.click()
    plain_page.get_by_role("link", name="返回搜索结果").click()
    assert shown(plain_page) == seen
    assert sorted(urllib.parse.parse_qsl(urllib.parse.urlsplit(plain_page.url).query)) == sorted(
        urllib.parse.parse_qsl(urllib.parse.urlsplit(address).query)
    )


def test_a_filter_that_the_script_set_is_kept_by_a_reload(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=创新")
    page.locator('.filters-form input[name="topic"]').first.check()
    expect(page.locator(".chip")).to_have_count(1)
    seen = shown(page)
    page.reload()
    assert shown(page) == seen

"""Without JavaScript everything works: the script is comfort only."""

import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import Page, expect

from web.parameters.query_string import ascii_address

pytestmark = pytest.mark.browser


def test_search_sort_and_page(plain_page: Page, site: str) -> None:
    plain_page.goto(site)
    plain_page.get_by_role("searchbox").fill("项目")
    plain_page.get_by_role("button", name="搜索").click()
    first_page = plain_page.locator("main h3 a").all_text_contents()
    assert len(first_page) == 10
    plain_page.get_by_role("link", name="最新", exact=True).click()
    assert "sort=newest" in plain_page.url
    plain_page.get_by_role("link", name="下一页").click()
    assert "page=2" in plain_page.url
    second_page = plain_page.locator("main h3 a").all_text_contents()
    assert len(second_page) == 10
    assert first_page != second_page


def test_the_repaired_text_and_the_original_one(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/search?q=协同创新")
    plain_page.locator(".result", has=plain_page.locator(".badge")).locator("h3 a").first.click()
    repaired = plain_page.locator(".prose").inner_text()
    plain_page.locator(".repairs summary").click()
    expect(plain_page.locator(".repairs del").first).to_be_visible()
    plain_page.get_by_role("link", name="原文", exact=True).click()
    assert "text=original" in plain_page.url
    original = plain_page.locator(".original").inner_text()
    assert original != repaired
    assert plain_page.locator(".original .repaired").count() > 0
    plain_page.get_by_role("link", name="修复后").click()
    assert plain_page.locator(".prose").inner_text() == repaired


@pytest.mark.parametrize(
    ("name", "media_type", "begins"),
    [
        ("订阅此搜索", "application/atom+xml", b"<?xml"),
        ("导出 CSV", "text/csv", b"\xef\xbb\xbf"),
        ("导出 NDJSON", "application/x-ndjson", b"{"),
        ("本页的 JSON", "application/json", b"{"),
    ],
)
def test_what_is_found_can_be_taken_away(
    name: str, media_type: str, begins: bytes, plain_page: Page, site: str
) -> None:
    """Of the search as it is shown, with its filters."""
    plain_page.goto(f"{site}/search?{urllib.parse.urlencode({'q': '创新', 'published_after': '2024'})}")
    link = plain_page.locator(".ways").get_by_role("link", name=name, exact=True)
    href = ascii_address(link.get_attribute("href") or "")
    assert "published_after=2024" in href
    with urllib.request.urlopen(urllib.parse.urljoin(site, href)) as answer:
        assert answer.headers.get_content_type() == media_type
        assert answer.read().startswith(begins)


def test_a_chip_is_taken_off(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/search?{urllib.parse.urlencode({'q': '项目', 'published_after': '2024'})}")
    narrowed = plain_page.locator(".count").inner_text()
    plain_page.get_by_role("link", name="移除筛选").click()
    assert "published_after" not in plain_page.url
    assert plain_page.locator(".count").inner_text() != narrowed


def test_there_is_a_control(page: Page, plain_page: Page, site: str) -> None:
    """The script runs where it may, so the tests of this file are of something else."""
    for opened, role in ((page, "combobox"), (plain_page, "searchbox")):
        opened.goto(site)
        expect(opened.get_by_role(role)).to_have_count(1)  # type: ignore[arg-type]

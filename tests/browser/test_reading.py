"""Reading an article in a real browser: from mark to mark, similar ones, the citation, and a print."""

from urllib.parse import urlencode

import pytest
from playwright.sync_api import Browser, Page, expect

pytestmark = pytest.mark.browser

QUERY = "产业园"


def open_article(page: Page, site: str) -> None:
    """The first hit of a query that is in its text several times."""
    page.goto(f"{site}/search?{urlencode({'q': QUERY})}")
    page.locator("main h3 a").first.click()
    page.wait_for_url("**/articles/**")


def test_marks_are_stepped_through_without_a_script(plain_page: Page, site: str) -> None:
    open_article(plain_page, site)
    count = plain_page.locator("article mark[id]").count()
    assert count > 2
    assert plain_page.locator(".mark-steps:visible").count() == 0
    plain_page.get_by_role("link", name="第一处").click()
    bar = plain_page.locator(".mark-steps:visible")
    for number in range(1, count):
        expect(bar).to_contain_text(f"第 {number} 处，共 {count} 处")
        expect(plain_page.locator(f"#m{number}")).to_be_in_viewport()
        bar.get_by_role("link", name="下一处").click()
    expect(bar).to_contain_text(f"第 {count} 处，共 {count} 处")
    assert bar.get_by_role("link", name="下一处").count() == 0
    bar.get_by_role("link", name="上一处").click()
    expect(bar).to_contain_text(f"第 {count - 1} 处，共 {count} 处")


def test_the_bar_of_steps_hides_no_mark(page: Page, site: str) -> None:
    open_article(page, site)
    marks = page.locator("article mark[id]")
    for number in range(1, marks.count() + 1):
        page.goto(f"{page.url.partition('#')[0]}#m{number}")
        bar, mark = page.locator(".mark-steps:visible").bounding_box(), marks.nth(number - 1).bounding_box()
        assert bar is not None
        assert mark is not None
        apart = mark["y"] + mark["height"] <= bar["y"] or mark["y"] >= bar["y"] + bar["height"]
        beside = mark["x"] + mark["width"] <= bar["x"] or mark["x"] >= bar["x"] + bar["width"]
        assert apart or beside


def test_similar_articles_carry_the_query_on(plain_page: Page, site: str) -> None:
    open_article(plain_page, site)
    plain_page.locator("#similar a").first.click()
    plain_page.wait_for_url("**/articles/**")
    expect(plain_page.get_by_role("searchbox")).to_have_value(QUERY)


def test_the_citation_is_a_file_to_keep(page: Page, site: str) -> None:
    open_article(page, site)
    title = page.locator("h1").inner_text().strip()
    assert title in page.locator(".citation").inner_text()
    with page.expect_download() as saved:
        page.get_by_role("link", name="RIS").click()
    record = saved.value.path().read_text(encoding="utf-8")
    assert saved.value.suggested_filename.endswith(".ris")
    assert f"TI  - {title}\n" in record


def test_a_print_has_the_text_and_its_day_and_no_controls(page: Page, site: str) -> None:
    open_article(page, site)
    assert page.locator(".print-only").is_hidden()
    page.emulate_media(media="print")
    for selector in (".top", ".bottom", ".back", ".mark-summary", "#similar", ".no-print"):
        assert page.locator(selector).first.is_hidden(), selector
    assert page.locator(".prose").is_visible()
    assert page.locator(".citation").is_visible()
    expect(page.locator(".print-only")).to_contain_text("打印日期")
    mark = page.locator("article mark").first
    line, ground = mark.evaluate(
        "node => [getComputedStyle(node).textDecorationLine, getComputedStyle(node).backgroundColor]"
    )
    assert line == "underline"
    assert ground == "rgba(0, 0, 0, 0)"
    assert page.pdf().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("path", "device", "focused"), [("/", "desktop", "q"), ("/", "telephone", ""), ("/about", "desktop", "")]
)
def test_the_first_page_waits_for_a_query_where_there_are_keys(
    path: str, device: str, focused: str, chromium: Browser, site: str
) -> None:
    is_touched = device == "telephone"
    context = chromium.new_context(has_touch=is_touched, is_mobile=is_touched)
    page = context.new_page()
    page.goto(site + path)
    assert page.evaluate("document.activeElement.id") == focused
    context.close()


def test_regions_are_found_and_opened_without_a_script(plain_page: Page, site: str) -> None:
    plain_page.goto(f"{site}/regions")
    plain_page.get_by_label("查找地区").fill("襄樊")
    plain_page.get_by_role("button", name="查找").click()
    found = plain_page.locator(".found-regions")
    expect(found).to_contain_text("襄阳市")
    plain_page.goto(f"{site}/regions/420000")
    row = plain_page.locator(".tree-row", has_text="襄阳市")
    expect(row.get_by_text("襄城区")).to_be_hidden()
    row.locator("summary").click()
    expect(row.get_by_text("襄城区")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/regions", "/regions/420000", "/about", "/help", "/help/parameters"])
def test_the_other_pages_fit_a_small_telephone(path: str, plain_page: Page, site: str) -> None:
    plain_page.goto(site + path)
    assert plain_page.locator("h1").count() == 1
    assert plain_page.locator("html").evaluate("root => root.scrollWidth") <= 320

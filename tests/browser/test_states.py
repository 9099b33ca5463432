"""Every state of the pages by a real request: what it answers, says and leads to."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Addresses, Opener
from tests.browser.holding import hold
from tests.browser.states import GARBLED, PAGES, STATES, State, in_language

pytestmark = pytest.mark.browser

EVERY = STATES | PAGES


@pytest.mark.parametrize("state", EVERY.values(), ids=EVERY)
def test_a_state_answers_says_and_is_titled(state: State, plain_page: Page, addresses: Addresses) -> None:
    response = plain_page.goto(addresses.of(state) + state.path)
    assert response is not None
    assert response.status == state.status
    assert state.says in plain_page.locator("main").inner_text()
    assert plain_page.locator("h1").count() == 1
    assert plain_page.title().startswith("错误：") == (state.status >= 400)


@pytest.mark.parametrize("language", ["zh-Hant", "en"])
def test_a_page_in_another_language_says_so(language: str, page: Page, site: str) -> None:
    page.goto(site + in_language("/search?q=协同创新", language))
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_fault_is_marked_in_the_query_and_told_by_the_box(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=浙江 nosuch:创新&repair=false")
    box = page.get_by_role("combobox")
    expect(box).to_have_value("浙江 nosuch:创新")
    expect(box).to_have_attribute("aria-invalid", "true")
    described = box.get_attribute("aria-describedby")
    assert described is not None
    expect(page.locator(f"#{described}")).to_contain_text("nosuch")
    assert page.locator(".fault").all_text_contents() == ["nosuch"]


def test_what_was_repaired_can_be_searched_as_it_is(page: Page, site: str) -> None:
    page.goto(f'{site}/search?q="浙江 创新')
    page.locator(".notice", has_text="引号不成对").get_by_role("link").click()
    expect(page.get_by_role("combobox")).to_have_value('"浙江 创新')
    assert "match=exact" in page.url
    expect(page.locator(".notice", has_text="引号不成对")).to_have_count(0)


def test_what_was_garbled_is_mended_by_a_click(page: Page, site: str) -> None:
    """What was typed is searched as it is; what it was before it was garbled is offered, with its number."""
    page.goto(f"{site}/search?q={GARBLED}")
    expect(page.get_by_role("combobox")).to_have_value(GARBLED)
    page.locator(".meant").get_by_role("link", name="浙江").click()
    expect(page.get_by_role("combobox")).to_have_value("浙江")
    expect(page.get_by_role("heading", name="条结果")).to_be_visible()


def test_partial_matches_can_be_left_out_and_the_title_names_them(page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=没有这样的词组 创新")
    assert "部分匹配" in page.title()
    page.locator(".notice a").first.click()
    expect(page.get_by_role("heading", name="没有找到相关文章")).to_be_visible()


def test_a_slow_page_is_told_of(page: Page, site: str) -> None:
    page.goto(site)
    # A page that is being left answers no questions any more, but it can still tell.
    page.locator("#status").evaluate(
        "node => new MutationObserver(() => console.info(node.innerText)).observe(node, { childList: true })"
    )
    held = hold(page, "**/search?*")
    page.locator("#q").fill("创新")
    with page.expect_console_message(lambda told: told.text == "正在搜索…"):
        page.locator("#q").press("Enter", no_wait_after=True)
    held[0].continue_()
    expect(page.get_by_role("heading", name="条结果")).to_be_visible()


def test_a_stopped_index_says_when_to_come_back(open_page: Opener, addresses: Addresses) -> None:
    page = open_page()
    state = STATES["stopped"]
    response = page.goto(addresses.of(state) + state.path)
    assert response is not None
    assert int(response.headers["retry-after"]) > 0
    retry = page.get_by_role("link", name="再试一次")
    assert (retry.get_attribute("href") or "").startswith("/search?q=")
    expect(page.get_by_role("combobox")).to_have_value("创新")

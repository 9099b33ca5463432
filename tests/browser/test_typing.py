"""Typing into the search box: input methods, suggestions, keys. Compositions are made by Chromium itself."""

import urllib.parse
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from tests.browser.watching import complaints_of

pytestmark = pytest.mark.browser

SETTLED_MS = 700
"""Longer than the script waits before it asks for suggestions, by far: what was to be asked has been."""


@pytest.fixture
def asked(page: Page) -> list[str]:
    """Grows with what suggestions are asked for."""
    queries: list[str] = []

    def note(url: str) -> None:
        parts = urllib.parse.urlsplit(url)
        if parts.path == "/api/v1/suggest":
            queries.extend(urllib.parse.parse_qs(parts.query)["q"])

    page.on("request", lambda request: note(request.url))
    return queries


@pytest.fixture
def ime(page: Page) -> Iterator[CDPSession]:
    """Composes as an input method does."""
    session = page.context.new_cdp_session(page)
    yield session
    session.detach()


def compose(ime: CDPSession, text: str) -> None:
    ime.send(
        "Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)}
    )


def press_enter(ime: CDPSession, key_code: int) -> None:
    """Enter as it comes while an input method has the keys: with key code 229."""
    for kind in ("rawKeyDown", "char", "keyUp"):
        ime.send(
            "Input.dispatchKeyEvent",
            {"type": kind, "key": "Enter", "code": "Enter", "text": "\r", "windowsVirtualKeyCode": key_code},
        )


class TestInputMethods:
    def test_nothing_is_asked_while_composing_and_once_when_it_ends(
        self, page: Page, asked: list[str], ime: CDPSession, site: str
    ) -> None:
        page.goto(site)
        page.locator("#q").click()
        for typed in ("k", "ke", "ke'j", "ke'ji"):
            compose(ime, typed)
        page.wait_for_timeout(SETTLED_MS)
        assert asked == []
        ime.send("Input.insertText", {"text": "科技"})
        expect(page.get_by_role("option").first).to_be_visible()
        page.wait_for_timeout(SETTLED_MS)
        assert asked == ["科技"]

    def test_plain_typing_asks_too(self, page: Page, asked: list[str], site: str) -> None:
        """The control: without a composition the same text is asked for."""
        page.goto(site)
        page.locator("#q").fill("科技")
        expect(page.get_by_role("option").first).to_be_visible()
        assert asked == ["科技"]

    @pytest.mark.parametrize("key_code", [13, 229])
    def test_enter_that_confirms_a_candidate_does_not_search(
        self, key_code: int, page: Page, ime: CDPSession, site: str
    ) -> None:
        page.goto(site)
        page.locator("#q").click()
        compose(ime, "keji")
        press_enter(ime, key_code)
        page.wait_for_timeout(SETTLED_MS)
        assert urllib.parse.urlsplit(page.url).path == "/"
        ime.send("Input.insertText", {"text": "科技"})
        page.wait_for_timeout(SETTLED_MS)
        assert urllib.parse.urlsplit(page.url).path == "/"
        page.locator("#q").press("Enter")
        page.wait_for_url("**/search?q=*")

    def test_safari_sends_the_confirming_enter_after_the_end(self, page: Page, site: str) -> None:
        """Events in Safari's order, as Chromium cannot make them: compositionend, then keydown, one task."""
        page.goto(site)
        page.locator("#q").fill("科技")
        is_held_back = page.locator("#q").evaluate(
            """box => {
              box.dispatchEvent(new CompositionEvent("compositionstart", { bubbles: true }));
              box.dispatchEvent(new CompositionEvent("compositionend", { bubbles: true, data: "科技" }));
              const enter = { key: "Enter", keyCode: 229, bubbles: true, cancelable: true };
              const isLetThrough = box.dispatchEvent(new KeyboardEvent("keydown", enter));
              const submit = new SubmitEvent("submit", { bubbles: true, cancelable: true });
              return !isLetThrough && !box.form.dispatchEvent(submit);
            }"""
        )
        assert is_held_back
        is_let_through = page.locator("#q").evaluate(
            """box => {
              const submit = new SubmitEvent("submit", { bubbles: true, cancelable: true });
              return box.form.dispatchEvent(submit);
            }"""
        )
        assert is_let_through, "the control: a task later it is not held back"


class TestSuggestions:
    def test_the_list_is_a_list_box_of_a_combo_box(self, page: Page, site: str) -> None:
        page.goto(site)
        box = page.get_by_role("combobox")
        expect(box).to_have_attribute("aria-expanded", "false")
        box.fill("科技")
        expect(box).to_have_attribute("aria-expanded", "true")
        options = page.get_by_role("listbox").get_by_role("option")
        assert options.count() > 1
        assert options.first.locator("mark").all_text_contents()
        box.press("ArrowDown")
        assert box.get_attribute("aria-activedescendant") == options.first.get_attribute("id")
        expect(options.first).to_have_attribute("aria-selected", "true")
        box.press("ArrowUp")
        assert box.get_attribute("aria-activedescendant") is None
        box.press("ArrowUp")
        assert box.get_attribute("aria-activedescendant") == options.last.get_attribute("id")
        box.press("Escape")
        expect(options).to_have_count(0)
        expect(box).to_be_focused()
        expect(box).to_have_value("科技")

    def test_a_word_is_searched_and_a_filter_is_set(self, page: Page, site: str) -> None:
        page.goto(site)
        page.locator("#q").fill("产业")
        word = page.get_by_role("option").filter(has_text="词语").first
        name = word.locator("bdi").inner_text()
        word.click()
        page.wait_for_url("**/search?*")
        expect(page.locator("#q")).to_have_value(name)
        page.goto(site)
        page.locator("#q").fill("湖北")
        page.get_by_role("option").filter(has_text="地区").first.click()
        page.wait_for_url("**/search?*")
        assert urllib.parse.parse_qs(urllib.parse.urlsplit(page.url).query)["region"] == ["420000"]
        expect(page.locator(".chip").first).to_contain_text("地区：湖北省")

    def test_pinyin_leads_to_characters(self, page: Page, site: str) -> None:
        page.goto(site)
        page.locator("#q").fill("kejichuangxin")
        expect(page.get_by_role("option").filter(has_text="科技创新").first).to_be_visible()

    def test_only_the_last_of_several_requests_counts(self, chromium: Browser, site: str) -> None:
        """The first one is never answered; it is given up when the second one is made."""
        context = chromium.new_context(locale="zh-CN")
        page = context.new_page()
        given_up: list[str] = []
        page.on("requestfailed", lambda request: given_up.append(request.url))
        page.route("**/api/v1/suggest?q=%E6%B9%96%E5%8C%97", lambda _route: None)
        page.goto(site)
        box = page.locator("#q")
        with page.expect_request("**/api/v1/suggest?*"):
            box.fill("湖北")
        box.fill("科技")
        expect(page.get_by_role("option").first).to_contain_text("科技")
        assert [urllib.parse.unquote(url).rpartition("=")[2] for url in given_up] == ["湖北"]
        context.close()

    def test_nothing_is_suggested_where_the_server_fails(self, chromium: Browser, site: str) -> None:
        context = chromium.new_context(locale="zh-CN")
        page = context.new_page()
        page.route("**/api/v1/suggest?*", lambda route: route.fulfill(status=503, body="{}"))
        page.goto(site)
        heard = complaints_of(page)
        page.locator("#q").fill("科技")
        page.wait_for_timeout(SETTLED_MS)
        assert page.get_by_role("option").count() == 0
        page.locator("#q").press("Enter")
        page.wait_for_url("**/search?q=*")
        context.close()
        assert all(complaint.startswith("503: ") for complaint in heard)

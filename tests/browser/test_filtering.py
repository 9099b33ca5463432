"""Narrowing a search by facets, chips, the tree of regions and the timeline, with the script and without."""

import urllib.parse
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.holding import hold
from tests.browser.watching import complaints_of

pytestmark = pytest.mark.browser

Pair = tuple[str, str]
Q = "创新"


def results(site: str, *pairs: Pair) -> str:
    return f"{site}/search?{urllib.parse.urlencode((('q', Q), *pairs))}"


def pairs_of(page: Page) -> list[Pair]:
    return urllib.parse.parse_qsl(urllib.parse.urlsplit(page.url).query)


def titles(page: Page) -> list[str]:
    return page.locator("main h3 a").all_text_contents()


def box_of(_page: Page, name: str, value: str) -> str:
    return f'.filters-form input[name="{name}"][value="{value}"]'


def values(page: Page, name: str) -> list[str]:
    boxes = page.locator(f'.filters-form input[type=checkbox][name="{name}"]')
    return [box.get_attribute("value") or "" for box in boxes.all()]


class TestWithTheScript:
    @pytest.fixture
    def kept(self, page: Page, site: str) -> Page:
        """A page of results that remembers whether it was left."""
        page.goto(results(site))
        page.evaluate("window.isKept = true")
        return page

    def test_a_choice_replaces_the_results_and_keeps_the_focus(self, kept: Page) -> None:
        before = titles(kept)
        topic = values(kept, "topic")[1]
        kept.locator(box_of(kept, "topic", topic)).check()
        kept.wait_for_url("**/search?*topic=*")
        expect(kept.locator(".chip")).to_have_count(1)
        assert kept.evaluate("window.isKept")
        assert pairs_of(kept) == [("q", Q), ("topic", topic)]
        assert titles(kept) != before
        chosen = kept.locator(box_of(kept, "topic", topic))
        expect(chosen).to_be_checked()
        expect(chosen).to_be_focused()
        expect(kept.locator("#status")).to_have_text(kept.locator(".count").inner_text())
        assert kept.title().startswith(f"搜索：{Q}")
        sent = kept.locator(f'form[role=search] input[name="topic"][value="{topic}"]')
        expect(sent).to_have_count(1)

    def test_several_choices_at_once_are_one_request(self, kept: Page) -> None:
        asked: list[str] = []
        kept.on("request", lambda request: asked.append(request.url) if "/search" in request.url else None)
        first, second = values(kept, "topic")[:2]
        kept.evaluate(
            """boxes => { for (const box of boxes) document.querySelector(box).click(); }""",
            [box_of(kept, "topic", first), box_of(kept, "topic", second)],
        )
        expect(kept.locator(".chip")).to_have_count(2)
        expect(kept.locator(".joint")).to_have_text("或")
        assert len(asked) == 1

    def test_back_forward_and_reload_give_the_same(self, kept: Page) -> None:
        states = [(pairs_of(kept), titles(kept))]
        for number in (1, 2):
            kept.locator(box_of(kept, "year", sorted(values(kept, "year"))[-number])).check()
            expect(kept.locator(".chip")).to_have_count(number)
            states.append((pairs_of(kept), titles(kept)))
        for number in (1, 0):
            kept.go_back()
            expect(kept.locator(".chip")).to_have_count(number)
            assert (pairs_of(kept), titles(kept)) == states[number]
        kept.go_forward()
        expect(kept.locator(".chip")).to_have_count(1)
        assert (pairs_of(kept), titles(kept)) == states[1]
        assert kept.evaluate("window.isKept")
        kept.reload()
        assert (pairs_of(kept), titles(kept)) == states[1]
        expect(kept.locator('.filters-form input[name="year"]:checked')).to_have_count(1)

    def test_what_was_opened_stays_open(self, kept: Page) -> None:
        table = kept.locator(".timeline details")
        table.locator("summary").click()
        kept.locator(box_of(kept, "topic", values(kept, "topic")[0])).check()
        expect(kept.locator(".chip")).to_have_count(1)
        expect(table).to_have_attribute("open", "")

    def test_a_faulty_date_leads_to_the_page_that_says_so(self, chromium: Browser, site: str) -> None:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(results(site))
        page.locator("#published_after").fill("去年")
        page.locator("#published_after").press("Tab")
        expect(page.locator("#faults")).to_be_visible()
        expect(page.locator("#published_after")).to_have_value("去年")
        context.close()

    def test_slowness_is_told_and_so_is_the_end(self, kept: Page) -> None:
        held = hold(kept, "**/search?*topic=*")
        kept.locator(box_of(kept, "topic", values(kept, "topic")[0])).check()
        expect(kept.locator("#status")).to_have_text("正在搜索…")
        held[0].continue_()
        expect(kept.locator(".chip")).to_have_count(1)
        expect(kept.locator("#status")).not_to_have_text("正在搜索…")

    def test_a_failure_is_told(self, chromium: Browser, site: str) -> None:
        context = chromium.new_context(locale="zh-CN", viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(results(site))
        before = titles(page)
        page.route("**/search?*topic=*", lambda route: route.abort())
        page.locator(box_of(page, "topic", values(page, "topic")[0])).check()
        expect(page.locator("#status")).to_have_text("没能更新结果，请再试一次。")
        assert titles(page) == before
        context.close()


class TestWithoutTheScript:
    def test_boxes_and_the_button(self, plain_page: Page, site: str) -> None:
        plain_page.goto(results(site))
        plain_page.locator(".filters > summary").click()
        topic = values(plain_page, "topic")[1]
        plain_page.locator(box_of(plain_page, "topic", topic)).check()
        plain_page.get_by_role("button", name="应用筛选").click()
        assert ("topic", topic) in pairs_of(plain_page)
        chip = plain_page.locator(".chip")
        expect(chip).to_have_count(1)
        expect(plain_page.locator(".filters > summary")).to_have_text("筛选（1）")
        chip.click()
        expect(plain_page.locator(".chip")).to_have_count(0)

    def test_the_tree_of_regions(self, plain_page: Page, site: str) -> None:
        plain_page.goto(results(site))
        plain_page.locator(".filters > summary").click()
        branch = plain_page.locator(".tree > li", has=plain_page.locator("details")).first
        province = branch.locator("input").first.get_attribute("value") or ""
        branch.locator("summary").first.click()
        inner = branch.locator("details .tree input").first
        city = inner.get_attribute("value") or ""
        assert city.startswith(province)
        inner.check()
        plain_page.get_by_role("button", name="应用筛选").click()
        assert ("region", city) in pairs_of(plain_page)
        expect(plain_page.locator(".tree details[open]").first).to_be_attached()
        expect(plain_page.locator(box_of(plain_page, "region", city))).to_be_checked()

    def test_a_region_by_its_letter_and_this_level_only(self, plain_page: Page, site: str) -> None:
        plain_page.goto(results(site))
        plain_page.locator(".filters > summary").click()
        plain_page.locator("#region").fill("鄂")
        plain_page.locator("#region").press("Enter")
        everything = plain_page.locator(".count").inner_text()
        expect(plain_page.locator(box_of(plain_page, "region", "鄂"))).to_be_checked()
        plain_page.locator(".filters > summary").click()
        plain_page.get_by_role("link", name="仅本级").click()
        assert ("region", "420000!") in pairs_of(plain_page)
        expect(plain_page.locator(".chip")).to_have_text("地区：湖北省（仅本级）✕")
        assert plain_page.locator(".count").inner_text() != everything
        plain_page.locator(".filters > summary").click()
        plain_page.get_by_role("link", name="含下级").click()
        assert plain_page.locator(".count").inner_text().split("用时")[0] == everything.split("用时")[0]

    def test_the_page_of_a_facet_finds_by_any_name(self, plain_page: Page, site: str) -> None:
        plain_page.goto(f"{site}/facets?facet=region&q={Q}")
        plain_page.get_by_role("searchbox", name="查找地区").fill("鄂")
        plain_page.get_by_role("button", name="查找").click()
        boxes = plain_page.locator("main .tree input")
        found = [box.get_attribute("value") or "" for box in boxes.all()]
        assert found[0] == "湖北省"
        assert all(value.startswith("湖北省") for value in found)
        boxes.first.check()
        plain_page.get_by_role("button", name="应用筛选").click()
        assert sorted(pairs_of(plain_page)) == [("q", Q), ("region", "湖北省")]

    def test_a_bar_sets_the_dates(self, plain_page: Page, site: str) -> None:
        plain_page.goto(results(site))
        bar = plain_page.locator(".bars li:not(.undated) a").last
        label = bar.get_attribute("title") or ""
        bar.click()
        dates = [value for name, value in pairs_of(plain_page) if name.startswith("published")]
        assert len(dates) == 2
        assert dates[0] == dates[1]
        assert label.startswith(dates[0].split("-")[0])
        assert label.endswith(f"{plain_page.locator('.count').inner_text().split('条')[0].strip()} 篇")

    def test_the_list_of_copies_opens(self, plain_page: Page, site: str) -> None:
        plain_page.goto(f"{site}/search?q=协同创新")
        copies = plain_page.locator(".copies").first
        copies.locator("summary").click()
        expect(copies.locator("li").first).to_be_visible()
        expect(copies.locator("time").first).to_be_visible()


PAGES = {
    "results": f"/search?q={Q}",
    "filtered": f"/search?q={Q}&region=湖北省&region=长三角&exclude_source=无&published_after=2019&year=2024",
    "nothing": "/search?q=没有这样的词组&match=all&source=无",
    "error": f"/search?q={Q}&page=0",
    "facet": f"/facets?facet=region&q={Q}",
    "found": f"/facets?facet=source&q={Q}&find=网",
}


@pytest.fixture(scope="module", params=[True, False], ids=["script", "no script"])
def narrow(request: pytest.FixtureRequest, chromium: Browser) -> Iterator[Page]:
    """A page of 320 pixels, which is also what 400 % of zoom leave of 1280."""
    context = chromium.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=request.param, locale="zh-CN"
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_nothing_is_to_be_scrolled_sideways(path: str, language: str, narrow: Page, site: str) -> None:
    heard = complaints_of(narrow)
    narrow.goto(f"{site}{path}&lang={language}")
    narrow.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    assert narrow.locator("html").evaluate("root => root.scrollWidth") <= 320
    assert heard == []

"""axe-core finds nothing on any page, in light and dark, Chinese and English, wide and narrow."""

from typing import Final, Literal

import pytest
from playwright.sync_api import Page, expect

from tests.browser.axe import Looked, judge, judge_colours, prepare
from tests.browser.conftest import Addresses, Opener
from tests.browser.sites import TOKEN
from tests.browser.states import PAGES, STATES, State, in_language

pytestmark = pytest.mark.browser

WIDTHS: Final = (1280, 320)
SCHEMES: Final[tuple[Literal["light", "dark"], ...]] = ("light", "dark")
LANGUAGES: Final = ("zh-Hans", "en")

LOOKED: Final = (
    Looked(
        rule="color-contrast",
        markup='class="chip-cross"',
        says="only non-text characters",
        seen="the cross of a chip, beside its text, in the soft ink that is measured in words elsewhere",
    ),
    Looked(
        rule="color-contrast",
        markup="<kbd>[↑↓]</kbd>",
        says="only non-text characters",
        seen="the arrows among the keys, in the ink and on the ground of the letters beside them",
    ),
    Looked(
        rule="color-contrast",
        markup=r"<a href=\"/search\?[^>]*><i class=\"step-",
        says="partially obscured",
        seen="bars behind the edge of the chart, which scrolls: in view they look like those beside them",
    ),
    Looked(
        rule="color-contrast",
        markup=r"<(bdi|a) [^>]*lang=|<a href=\"/search\?q=[^>]*>[^<]+</a>",
        says="partially overlaps",
        seen="what a topic rests on, and examples of queries, broken into two lines on one ground",
    ),
    Looked(
        rule="color-contrast",
        markup="^<dd>",
        says="partially overlaps",
        seen="the meanings in the panel of the query language at 320 px: nothing lies over them",
    ),
)
"""What axe leaves to people, looked at on 2026-11-28 in every width and scheme."""


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", [*STATES.values(), *PAGES.values()], ids=[*STATES, *PAGES])
def test_axe_finds_nothing(state: State, language: str, open_page: Opener, addresses: Addresses) -> None:
    page = open_page()
    response = page.goto(addresses.of(state) + in_language(state.path, language))
    assert response is not None
    assert response.status == state.status
    assert faults_of(page) == []


def test_axe_finds_nothing_on_the_list_of_saved_searches(page: Page, site: str) -> None:
    page.goto(f"{site}/saved")
    page.locator("#token").fill(TOKEN)
    page.get_by_role("button", name="登录").click()
    page.locator("#saved-name").fill("湖北创新")
    page.locator("#saved-query").fill("q=创新&region=湖北省")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_text("湖北创新").first).to_be_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("panel", ["#box-help", ".drop:not(#box-help)"])
def test_axe_finds_nothing_in_what_opens_over_the_page(panel: str, page: Page, site: str) -> None:
    page.goto(f"{site}/search?q=创新")
    page.locator(f"{panel} > summary").click()
    assert faults_of(page, panel) == []


def test_axe_finds_nothing_in_suggestions(page: Page, site: str) -> None:
    page.goto(site)
    page.locator("#q").fill("科技")
    expect(page.get_by_role("option").first).to_be_visible()
    page.locator("#q").press("ArrowDown")
    assert faults_of(page, "[role=search]") == []


def test_axe_hears_of_a_fault(page: Page, site: str) -> None:
    """The control."""
    page.goto(f"{site}/help")
    page.evaluate("document.querySelector('main').append(document.createElement('button'))")
    page.evaluate("document.querySelector('h1').style.color = '#aaa'")
    assert {fault.split(" at ")[0] for fault in faults_of(page)} == {
        "violation: button-name",
        "violation: color-contrast",
    }


def faults_of(page: Page, within: str = "html") -> list[str]:
    """What axe says of a part of a page in each width, and of its colours in each scheme; all is unfolded."""
    prepare(page)
    page.evaluate("for (const part of document.querySelectorAll('main details')) part.open = true")
    faults: list[str] = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        for scheme in SCHEMES:
            page.emulate_media(color_scheme=scheme)
            look = judge if scheme == "light" else judge_colours
            faults += [f"{fault} ({width} px, {scheme})" for fault in look(page, within).faults(LOOKED)]
    return faults

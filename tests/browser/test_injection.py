"""Text of articles and of readers is shown as text, whatever it looks like, and no page breaks under it."""

import urllib.parse

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import Opener
from tests.browser.records import HOSTILE, HOSTILE_WORD, hostile_id
from tests.browser.watching import complaints_of

pytestmark = pytest.mark.browser

TAKEN = "taken"
"""The title of a page in which a hostile text has run."""


def assert_harmless(page: Page) -> None:
    assert page.title() != TAKEN
    assert page.locator("main img, main [onerror], main script, [href^='javascript:']").count() == 0
    assert page.locator("html").evaluate("root => root.scrollWidth <= root.clientWidth")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_article_is_text(name: str, width: int, open_page: Opener, site: str) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/articles/{hostile_id(name)}?q={HOSTILE_WORD}")
    assert_harmless(page)
    shown = page.locator(".prose").text_content() or ""
    # Marks that turn the direction of writing are no text; they are taken out when an article is stored.
    assert HOSTILE[name].strip("\u202e\u2066") in shown
    # What was turned around would reach out of its element.
    assert page.locator("h1 bdi").count() == 1


@pytest.mark.parametrize("width", [1280, 320])
def test_hostile_articles_in_a_list_are_text(width: int, open_page: Opener, site: str) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    page.goto(f"{site}/search?q={HOSTILE_WORD}")
    assert_harmless(page)
    titles = page.locator("main h3 a").all_text_contents()
    assert len(titles) == len(HOSTILE)
    assert any(HOSTILE["script"] in title for title in titles)


@pytest.mark.parametrize("text", [*HOSTILE.values()], ids=[*HOSTILE])
def test_a_hostile_query_is_text(text: str, open_page: Opener, site: str) -> None:
    q = text[:500]
    page = open_page(viewport={"width": 320, "height": 800})
    page.goto(f"{site}/search?{urllib.parse.urlencode({'q': q, 'source': q[:100], 'match': 'all'})}")
    assert_harmless(page)
    assert page.locator("#q").input_value() == q
    assert page.locator(".chip bdi").count() == 1


def test_a_parameter_that_does_not_exist_is_text(page: Page, site: str) -> None:
    name = HOSTILE["image"]
    page.goto(f"{site}/search?{urllib.parse.urlencode({'q': '创新', name: name})}")
    assert_harmless(page)
    assert "onerror" in page.locator("main").inner_text()


def test_the_policy_stops_and_reports_what_got_in(chromium: Browser, site: str) -> None:
    """The control of every test here: were a text to become markup, the browser would say so."""
    context = chromium.new_context()
    page = context.new_page()
    heard = complaints_of(page)
    page.goto(f"{site}/help")
    page.evaluate(
        """title => {
          const script = document.createElement("script");
          script.textContent = `document.title = "${title}"`;
          document.body.append(script);
          document.body.setAttribute("onclick", script.textContent);
        }""",
        TAKEN,
    )
    page.locator("body").click()
    title = page.title()
    context.close()
    assert title != TAKEN
    assert len([entry for entry in heard if "Content Security Policy" in entry]) >= 2

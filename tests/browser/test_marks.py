"""The marks on the pages are the spans of the API, and those of the complaints table, in characters."""

import json
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import Locator, Page

from index.article import Part
from index.text.folding import Folding
from index.text.repair import Repairer
from tests.browser.records import complaint_id
from tests.search.complaints import Case, cases
from tests.search.test_complaints import WAITING

pytestmark = pytest.mark.browser

MARKED = [case for case in cases() if "marks" in case.expect and case.name not in WAITING and not case.params]

QUERIES = (
    "协同创新",
    "協同創新",
    '"总投资超过100亿元"',
    "科技创新 -武汉",
    "局",
    "gdp",
    "𠮷",
    "6%",
    "人才 住房",
)

_PLACES = """() => {
  const places = (node) => {
    const found = [];
    let at = 0;
    for (const part of node.childNodes) {
      const isCut = at === 0 && node.matches(".snippets *") && part.textContent.startsWith("…");
      const length = Array.from(part.textContent).length - Number(isCut);
      if (part.nodeName === "MARK") found.push([at, length]);
      at += length;
    }
    return found;
  };
  return [...document.querySelectorAll(".results > li")].map((item) => ({
    title: places(item.querySelector("h3 bdi")),
    snippets: [...item.querySelectorAll(".snippets bdi")].map(places),
  }));
}"""
"""Start and length of each mark in the titles and snippets of a list, without the sign of a cut."""

REPAIRER = Repairer.load(Folding.load())


def answer(site: str, path: str) -> dict[str, object]:
    """What the API says."""
    with urllib.request.urlopen(f"{site}/api/v1/{path}") as response:
        found = json.load(response)
    assert isinstance(found, dict)
    return found


def search_path(q: str) -> str:
    return f"search?{urllib.parse.urlencode({'q': q})}"


def texts(marks: Locator) -> list[str]:
    return [text.replace("\n", "") for text in marks.all_text_contents()]


def marked(text: str, spans: list[list[int]]) -> list[str]:
    """The characters under spans (start, length), as a reader sees them."""
    return [text[start : start + length].replace("\n", "") for start, length in spans]


@pytest.mark.parametrize("q", QUERIES)
def test_marks_on_the_pages_are_the_spans_of_the_api(q: str, page: Page, site: str) -> None:
    result = answer(site, f"{search_path(q)}&fields=id,title,lead,body,tags&highlight=offsets")
    hits = result["results"]
    assert isinstance(hits, list)
    assert hits, "the sample has to hold something for each query"
    page.goto(f"{site}/{search_path(q)}")
    titles = page.locator("main h3 a")
    assert titles.count() == len(hits)
    for at, hit in enumerate(hits):
        assert texts(titles.nth(at).locator("mark")) == marked(
            hit["title"], hit["highlights"].get("title", [])
        )
    first = hits[0]
    page.goto(f"{site}/articles/{first['id']}?{urllib.parse.urlencode({'q': q})}")
    expected = [
        text
        for part in ("title", "lead", "body")
        for text in marked(first[part], first["highlights"].get(part, []))
    ]
    shown = texts(page.locator("main mark"))
    assert shown[: len(expected)] == expected
    assert len(shown) == len(expected) + len(first["highlights"].get("tags", []))


@pytest.mark.parametrize("q", QUERIES)
def test_marks_of_the_list_stand_where_the_api_says(q: str, page: Page, site: str) -> None:
    """In characters, of which one above U+FFFF is two units of the browser's strings."""
    path = f"{search_path(q)}&fields=id,title&highlight=offsets"
    hits = answer(site, path)["results"]
    assert isinstance(hits, list)
    page.goto(f"{site}/{search_path(q)}")
    shown = page.evaluate(_PLACES)
    assert len(shown) == len(hits)
    for item, hit in zip(shown, hits, strict=True):
        assert item["title"] == hit["highlights"].get("title", [])
        assert len(item["snippets"]) == len(hit["snippets"])
        for places, snippet in zip(item["snippets"], hit["snippets"], strict=True):
            start, end = snippet["start"], snippet["start"] + snippet["length"]
            spans = hit["highlights"].get(snippet["field"], [])
            assert places == [[at - start, length] for at, length in spans if start <= at < end]


@pytest.mark.parametrize("case", MARKED, ids=lambda case: case.name)
def test_marks_of_the_complaints_are_those_of_the_table(case: Case, page: Page, site: str) -> None:
    for article in case.articles:
        spans = case.expect["marks"].get(article.id, {})
        path = f"articles/{complaint_id(case, article)}?{urllib.parse.urlencode({'q': case.query})}"
        if article.id not in case.expect["hits"]:
            continue
        page.goto(f"{site}/{path}")
        # What comes in is repaired: full-width letters and digits are stored in half width, one by one.
        shown = {part: REPAIRER.repair(article.text(part)).text for part in Part}
        expected = [text for part in Part for text in marked(shown[part], spans.get(part.value, []))]
        assert texts(page.locator("main mark")) == expected

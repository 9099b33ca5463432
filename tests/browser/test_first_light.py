"""From the box to an article and back, as a person does it, in a real browser."""

import json
import urllib.parse
import urllib.request

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from index.article import Part
from index.text.folding import Folding
from index.text.repair import Repairer
from tests.browser.conftest import complaint_id, complaints_of
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


def number_of_results(page: Page) -> int:
    heading = page.get_by_role("heading", name="条结果").inner_text()
    return int(heading.split("条")[0].replace(",", ""))


def test_search_click_and_the_same_marks(page: Page, site: str) -> None:
    page.goto(site)
    box = page.get_by_role("searchbox")
    box.fill("协同创新")
    box.press("Enter")
    expect(page.get_by_role("heading", name="条结果")).to_be_visible()
    title = page.locator("main article h3 a, main li h3 a").first
    name = title.inner_text()
    assert texts(title.locator("mark")) == ["協同創新"]
    title.click()
    page.wait_for_url("**/articles/**")
    assert page.locator("h1").inner_text().strip() == name
    shown = texts(page.locator("article mark"))
    assert shown
    assert set(shown) <= {"協同創新", "协同创新"}
    page.go_back()
    expect(page.get_by_role("searchbox")).to_have_value("协同创新")


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


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/", 200, "最新文章"),
        ("/search?q=没有这样的词组 创新&match=all", 200, "没有找到相关文章"),
        ("/search?q=没有这样的词组 创新", 200, "以下文章含有其中一部分"),
        ('/search?q="创新', 200, "引号不成对"),
        ("/search?q=创新&page=0", 400, "page"),
        ("/search?q=创新&sotr=newest", 400, "sort"),
        ("/articles/nosuch", 404, "没有这篇文章"),
        ("/help", 200, "查询语法"),
        ("/nowhere", 404, "首页"),
    ],
    ids=["home", "nothing", "relaxed", "notice", "value", "name", "article", "help", "page"],
)
def test_every_state_has_words_and_fits_a_small_telephone(
    path: str, status: int, says: str, plain_page: Page, site: str
) -> None:
    """Without JavaScript, at 320 pixels: nothing to scroll sideways."""
    response = plain_page.goto(site + path)
    assert response is not None
    assert response.status == status
    assert says in plain_page.locator("body").inner_text() + plain_page.content()
    assert plain_page.locator("h1").count() == 1
    width = plain_page.locator("html").evaluate("root => root.scrollWidth")
    assert width <= 320


def test_everything_works_without_javascript(plain_page: Page, site: str) -> None:
    plain_page.goto(site)
    plain_page.get_by_role("searchbox").fill("项目")
    plain_page.get_by_role("button", name="搜索").click()
    first_page = plain_page.locator("main h3 a").all_text_contents()
    assert len(first_page) == 10
    plain_page.get_by_role("link", name="最新").click()
    assert "sort=newest" in plain_page.url
    plain_page.get_by_role("link", name="下一页").click()
    assert "page=2" in plain_page.url
    second_page = plain_page.locator("main h3 a").all_text_contents()
    assert len(second_page) == 10
    assert first_page != second_page


def test_filters_are_chips_that_can_be_taken_off(page: Page, site: str) -> None:
    page.goto(f"{site}/{search_path('项目')}")
    everything = number_of_results(page)
    page.get_by_label("不早于").fill("2024")
    page.get_by_role("button", name="应用筛选").click()
    assert "published_after=2024" in page.url
    assert 0 < number_of_results(page) < everything
    page.get_by_role("link", name="移除筛选").first.click()
    assert number_of_results(page) == everything


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_and_ground_differ_in_both_schemes(
    scheme: str, width: int, chromium: Browser, site: str
) -> None:
    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme="dark" if scheme == "dark" else "light"
    )
    page = context.new_page()
    complaints = complaints_of(page)
    page.goto(f"{site}/{search_path('协同创新')}")
    ground = page.locator("body").evaluate("node => getComputedStyle(node).backgroundColor")
    assert (brightness(ground) < 128) == (scheme == "dark")
    for selector in ("main h2", "main h3 a", "main mark"):
        colour = page.locator(selector).first.evaluate("node => getComputedStyle(node).color")
        own = page.locator(selector).first.evaluate("node => getComputedStyle(node).backgroundColor")
        behind = ground if "rgba(0, 0, 0, 0)" in own else own
        assert contrast(colour, behind) >= 4.5, selector
    context.close()
    assert complaints == []


def channels(colour: str) -> list[float]:
    return [float(part) for part in colour.split("(")[1].rstrip(")").split(",")[:3]]


def brightness(colour: str) -> float:
    return sum(channels(colour)) / 3


def contrast(one: str, other: str) -> float:
    """The contrast ratio of WCAG 2.2 of two computed colours."""

    def luminance(colour: str) -> float:
        parts = [channel / 255 for channel in channels(colour)]
        red, green, blue = (
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
        )
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)

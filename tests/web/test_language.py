"""In which language pages and answers are, and what of a page is in another one."""

import re
from collections.abc import Callable, Collection, Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from starlette.testclient import TestClient

from tests.web.markup import Element, parse_page
from tests.web.test_texts import HAN, SIMPLIFIED, TRADITIONAL
from web.texts.text import Language

STATES = {
    "home": "/",
    "results": "/search?q=科技 创新",
    "filtered": '/search?q=科技 "创新&source=浙江日报&published_after=2019',
    "behind the last page": "/search?page=50",
    "nothing found": "/search?q=科技创新 碳汇贷&source=浙江日报",
    "faulty": "/search?q=科技&pag=2&published_after=20x4&sort=newst",
    "article": "/articles/long?q=社区服务",
    "repaired article": "/articles/hant:1?q=创新",
    "described article": "/articles/described?q=科技",
    "original": "/articles/a1?text=original",
    "deleted article": "/articles/deleted-1",
    "no such page": "/nowhere",
    "help": "/help",
    "problem": "/problems/query-too-long",
    "regions": "/regions",
    "region": "/regions?q=湖北",
    "about": "/about",
    "parameters": "/help/parameters",
}
CHOSEN = {"zh-Hans": "zh-Hans", "zh-Hant": "zh-Hant", "en": "en", "zh": "zh-Hans"}


def said(element: Element, language: str) -> Iterator[str]:
    """The texts that the page itself says: not its title, and not what is marked as of another language.

    What stands in `bdi` comes from articles and queries.
    """
    if element.tag in {"title", "bdi"} or element.attributes.get("lang", language) != language:
        return
    if "placeholder" in element.attributes:
        yield element.attributes["placeholder"]
    for child in element.children:
        if isinstance(child, str):
            yield child
        else:
            yield from said(child, language)


@pytest.mark.parametrize(
    ("lang", "cookie", "header", "language"),
    [
        (None, None, None, "zh-Hans"),
        (None, None, "en-GB,en;q=0.9", "en"),
        (None, None, "zh-TW,zh;q=0.9", "zh-Hant"),
        (None, None, "fr", "zh-Hans"),
        (None, "zh-Hant", "en", "zh-Hant"),
        (None, "en", None, "en"),
        (None, "klingon", "en", "en"),
        ("zh", "en", "en", "zh-Hans"),
        ("zh-Hant", "en", "en", "zh-Hant"),
        ("en", "zh-Hans", "zh-CN", "en"),
    ],
)
class TestChoice:
    def headers(self, cookie: str | None, header: str | None) -> dict[str, str]:
        given = {"Cookie": cookie and f"lang={cookie}", "Accept-Language": header}
        return {name: value for name, value in given.items() if value is not None}

    def test_a_page_is_in_the_language_of_address_cookie_or_browser_in_this_order(
        self, client: TestClient, lang: str | None, cookie: str | None, header: str | None, language: str
    ) -> None:
        path = "/search?q=科技" + (f"&lang={lang}" if lang else "")
        answer = client.get(path, headers=self.headers(cookie, header))
        assert parse_page(answer.text).find("html").attributes["lang"] == language
        assert answer.headers["Content-Language"] == language
        assert {"Accept-Language", "Cookie"} <= set(answer.headers["Vary"].split(", "))

    def test_so_is_a_problem_of_the_api(
        self, client: TestClient, lang: str | None, cookie: str | None, header: str | None, language: str
    ) -> None:
        path = "/api/v1/search?page=0" + (f"&lang={lang}" if lang else "")
        answer = client.get(path, headers=self.headers(cookie, header))
        titles = {"zh-Hans": "参数值无效", "zh-Hant": "參數值無效", "en": "Invalid parameter"}
        details = {
            "zh-Hans": "参数“page”应是 1 到 10000 之间的整数。",
            "zh-Hant": "參數「page」應是 1 到 10000 之間的整數。",
            "en": "The parameter “page” is a whole number from 1 to 10000.",
        }
        assert answer.status_code == 400
        assert answer.headers["Content-Language"] == language
        assert answer.json()["title"] == titles[language]
        assert [error["detail"] for error in answer.json()["errors"]] == [details[language]]


@pytest.mark.parametrize("path", ["/search", "/api/v1/search", "/api/v1/articles/a1", "/api/v1/suggest?q=a"])
def test_a_language_that_is_not_there_is_refused(client: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    answer = client.get(f"{path}{joint}lang=fr", headers={"Accept-Language": "en"})
    assert answer.status_code == 400
    assert "The parameter “lang” cannot be “fr”; it can be: zh, zh-Hans, zh-Hant, en." in answer.text


def test_a_form_may_name_the_language_of_its_answer(client: TestClient) -> None:
    answer = client.post("/api/v1/search", data={"q": '科技 "创新', "lang": "en"})
    [notice] = answer.json()["notices"]
    assert notice["message"] == "A quotation mark has no partner; the search was for “科技 创新”."
    assert answer.headers["Content-Language"] == "en"


def test_so_may_one_with_a_fault(client: TestClient) -> None:
    answer = client.post("/api/v1/search", data={"page": "0", "lang": "zh-Hant"})
    assert (answer.status_code, answer.json()["title"]) == (400, "參數值無效")


def test_bytes_that_name_no_language_are_no_failure(client: TestClient) -> None:
    headers = {"Cookie": 'lang="\\377; theme=; =', "Accept-Language": ";q=,-,zh-"}
    answer = client.get("/?lang=%FF", headers=headers)
    assert parse_page(answer.text).find("html").attributes["lang"] == "zh-Hans"


@pytest.mark.parametrize("path", STATES.values(), ids=STATES)
class TestEveryPage:
    def test_says_nothing_in_another_language(self, client: TestClient, path: str) -> None:
        strange: dict[str, Callable[[str], Collection[str]]] = {
            "en": HAN.findall,
            "zh-Hant": lambda text: SIMPLIFIED & set(text),
            "zh-Hans": lambda text: TRADITIONAL & set(text),
        }
        for language, found in strange.items():
            answer = client.get(path, headers={"Accept-Language": language})
            html = parse_page(answer.text).find("html")
            assert html.attributes["lang"] == language
            texts = [text.strip() for text in said(html, language) if text.strip()]
            assert texts
            assert [text for text in texts if found(text)] == []

    def test_marks_only_languages_that_there_are(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path, headers={"Accept-Language": "en"}).text)
        marked = {element.attributes["lang"] for element in page.walk() if "lang" in element.attributes}
        assert marked <= {language.value for language in Language}


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/search?q=科技",
            "/search?q=科技&sort=newst",
            "/help",
            "/help/parameters",
            "/problems/internal",
        ),
        *("/about", "/regions", "/regions?q=湖南北省", "/regions/420700"),
        *("/articles/described", "/articles/deleted-1", "/articles/deleted-1?q=科技"),
    ],
)
def test_the_language_stays_in_links_where_the_address_names_it(client: TestClient, path: str) -> None:
    joint = "&" if "?" in path else "?"
    for suffix, expected in ((f"{joint}lang=en", ["en"]), ("", None)):
        page = parse_page(client.get(path + suffix, headers={"Accept-Language": "zh-TW"}).text)
        own = [urlsplit(link.attributes["href"]) for link in page.find_all("a")]
        pages = [href for href in own if not href.netloc and re.match(r"/(?!api/).*(?<!\.ris)$", href.path)]
        assert len(pages) > 3
        assert [href.path for href in pages if parse_qs(href.query).get("lang") != expected] == []
        box = page.find("form", role="search")
        handed_on = [field.attributes["value"] for field in box.find_all("input", name="lang")]
        assert handed_on == (expected or [])


def test_articles_keep_their_language_on_pages_in_another(client: TestClient) -> None:
    page = parse_page(client.get("/articles/hant:1", headers={"Accept-Language": "en"}).text)
    assert page.find("html").attributes["lang"] == "en"
    assert page.find("h1").attributes["lang"] == "zh-Hant"
    list_page = parse_page(client.get("/search?q=創新", headers={"Accept-Language": "en"}).text)
    languages = {
        item.find_all("a")[0].attributes["href"].partition("?")[0]: item.attributes["lang"]
        for item in list_page.find_all("article")
    }
    assert languages["/articles/hant:1"] == "zh-Hant"
    assert "zh-Hans" in languages.values()


@pytest.mark.parametrize(("lang", "language"), CHOSEN.items())
def test_the_answer_to_a_search_differs_in_labels_alone(client: TestClient, lang: str, language: str) -> None:
    answer = client.get(f"/api/v1/search?q=科技&lang={lang}")
    plain = client.get("/api/v1/search?q=科技").json()
    assert answer.headers["Content-Language"] == language
    assert answer.json()["results"] == plain["results"]

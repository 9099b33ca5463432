"""Text of articles and of callers never becomes markup."""

from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from index.article import Article, Certainty, Part, Repair
from tests.security.hostile_texts import HOSTILE_ADDRESSES
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.markup import Element, parse_page

HARMLESS = "天地玄黄"
PAYLOADS = {
    "script": "<script>alert(1)</script>",
    "image": '"><img src=x onerror=alert(1)>',
    "single quote": "' onmouseover='alert(1)",
    "end of the title": "</title><script>alert(1)</script>",
    "end of a text field": "</textarea></option></datalist><svg onload=alert(1)>",
    "comment": "<!-- --><b>",
    "entity": "&lt;script&gt;&#60;b&#62;",
    "template": "{{ 7*7 }}{% raw %}{0}%s",
    "right to left": "\u202egnp.exe\u2066",
    "control": "a\x00\x1b[31mb",
}
PAGES = ("/", "/search?q=甲", "/articles/x?q=甲", "/articles/x?text=original", "/search?q=无&source=甲")


def article_of(text: str) -> Article:
    """An article that has this text in every place that takes free text."""
    repair = Repair(
        part=Part.BODY,
        start=0,
        length=1,
        original_start=0,
        original_length=1,
        before=text,
        after=text,
        rule=text,
        certainty=Certainty.EVIDENT,
    )
    return replace(
        ARTICLES[0],
        id="x",
        title=f"甲{text}",
        lead=text,
        body=f"甲{text}",
        tags=(text,),
        source=text,
        origin=f"{text}源",
        category=(text,),
        notice=text,
        related=(text,),
        repairs=(repair,),
    )


def shape(page: Element) -> list[tuple[str, tuple[str, ...]]]:
    return [(element.tag, tuple(element.attributes)) for element in page.walk()]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_an_article_adds_no_element_and_no_attribute(
    client_of: ClientFactory, path: str, payload: str
) -> None:
    answers = [client_of(FakeService((article_of(text),))).get(path).text for text in (HARMLESS, payload)]
    assert shape(parse_page(answers[0])) == shape(parse_page(answers[1]))


@pytest.mark.parametrize("parameter", ["q", "source", "exclude_source"])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_caller_adds_no_element_and_no_attribute(client: TestClient, parameter: str, payload: str) -> None:
    pages = [
        parse_page(client.get("/search", params={parameter: text.replace('"', "”").replace(" ", "")}).text)
        for text in (HARMLESS, payload)
    ]
    assert shape(pages[0]) == shape(pages[1])


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_addresses_of_a_page_have_no_sign_that_ends_them_and_none_that_turns_text(
    client: TestClient, payload: str
) -> None:
    page = parse_page(client.get("/search", params={"q": f"甲{payload}", "source": payload}).text)
    addresses = [link.attributes["href"] for link in (*page.find_all("a"), *page.find_all("link"))]
    assert any("甲" in address for address in addresses)
    for address in addresses:
        assert address.isprintable()
        assert not set("\"'<> ") & set(address)


@pytest.mark.parametrize("parameter", ["published_after", "sort", "page", "fields"])
@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_a_page_about_an_error_adds_none_either(client: TestClient, parameter: str, payload: str) -> None:
    pages = []
    for text in (HARMLESS, payload):
        answer = client.get("/search", params={parameter: text, "q": f"x{text}"})
        assert answer.status_code == 400
        pages.append(parse_page(answer.text))
    assert shape(pages[0]) == shape(pages[1])


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_the_name_of_a_parameter_is_only_text(client: TestClient, payload: str) -> None:
    pages = [parse_page(client.get("/search", params={text: "1"}).text) for text in (HARMLESS, payload)]
    assert shape(pages[0]) == shape(pages[1])


@pytest.mark.parametrize("payload", PAYLOADS.values(), ids=PAYLOADS)
def test_html_of_the_interface_has_marks_and_nothing_else(client_of: ClientFactory, payload: str) -> None:
    client = client_of(FakeService((article_of(payload),)))
    (hit,) = client.get("/api/v1/search?q=甲").json()["results"]
    article = client.get("/api/v1/articles/x?q=甲&highlight=html").json()
    for html in (*(snippet["html"] for snippet in hit["snippets"]), *article["html"].values()):
        parsed = parse_page(html)
        assert {element.tag for element in parsed.walk()} <= {"#document", "mark"}
        assert payload.replace("\x00", "\ufffd") in parsed.text.replace("\x00", "\ufffd")


@pytest.mark.parametrize("url", [*HOSTILE_ADDRESSES, "/search", ""])
def test_only_addresses_of_the_web_become_links(client_of: ClientFactory, url: str) -> None:
    article = replace(ARTICLES[0], id="x", url=url)
    page = parse_page(client_of(FakeService((article,))).get("/articles/x").text)
    assert not page.find_all("a", class_="outside")


def test_text_that_turns_direction_is_isolated(client_of: ClientFactory) -> None:
    turned = f"甲{PAYLOADS['right to left']}"
    client = client_of(FakeService((replace(ARTICLES[0], id="x", title=turned, source=turned),)))
    for path in ("/", "/search?q=甲", "/articles/x"):
        page = parse_page(client.get(path).text)
        isolated = [element.text for element in page.find_all("bdi")]
        assert isolated.count(turned) >= 2


def test_a_long_word_and_a_long_query_are_only_text(client_of: ClientFactory) -> None:
    client = client_of(FakeService((replace(ARTICLES[0], id="x", title="a" * 10_000),)))
    assert "a" * 10_000 in parse_page(client.get("/articles/x").text).find("h1").text

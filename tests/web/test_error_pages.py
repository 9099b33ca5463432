from starlette.testclient import TestClient

from search.errors import IndexUnavailable, QueryTooComplex
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from tests.web.markup import parse_page
from tests.web.reading import items, page_at

FAULTY = "/search?q=科技&pag=2&published_after=20x4&sort=newst"


def test_a_faulty_search_keeps_what_was_typed_and_names_every_fault(client: TestClient) -> None:
    page = page_at(client, FAULTY, 400)
    assert page.find("title").text.startswith("错误：")
    assert page.find("input", id="q").attributes["value"] == "科技"
    field = page.find("input", id="published_after")
    assert (field.attributes["value"], field.attributes["aria-invalid"]) == ("20x4", "true")
    assert "faults" in field.attributes["aria-describedby"].split()
    faults = page.find("ul", class_="fault-list")
    assert len(faults.find_all("li")) == 3
    assert list(faults.links()) == ["是不是“page”？", "是不是“newest”？"]


def test_taking_the_suggestion_mends_the_search(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技&pag=2&per_page=1", 400)
    href = page.find("ul", class_="fault-list").links()["是不是“page”？"]
    assert len(items(page_at(client, href))) == 1
    page = page_at(client, "/search?q=科技&sort=newst", 400)
    href = page.find("ul", class_="fault-list").links()["是不是“newest”？"]
    assert "sort=newest" in href
    page_at(client, href)


def test_the_surplus_of_a_long_query_is_underlined(client: TestClient) -> None:
    page = page_at(client, "/search?q=" + "字" * 512 + "尾" * 8, 400)
    assert page.find("u", class_="fault").text == "尾" * 8
    field = page.find("input", id="q")
    assert field.attributes["aria-invalid"] == "true"
    assert field.attributes["value"].endswith("尾")


def test_a_query_that_is_too_complex_marks_the_box(client_of: ClientFactory) -> None:
    page = parse_page(client_of(FakeService(failure=QueryTooComplex("m"))).get("/search?q=((a))").text)
    field = page.find("input", id="q")
    assert (field.attributes["value"], field.attributes["aria-invalid"]) == ("((a))", "true")
    assert field.attributes["aria-describedby"] == "faults"
    assert "20 层括号" in page.find("ul", class_="fault-list").text


def test_bytes_that_are_not_utf8_are_refused_and_shown_as_such(client: TestClient) -> None:
    page = page_at(client, "/search?q=%E7%A7%FF", 400)
    assert "\ufffd" in page.find("input", id="q").attributes["value"]


def test_an_index_that_is_not_there_yet_offers_to_try_again(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(failure=IndexUnavailable("m"))).get("/search?q=科技&source=甲")
    page = parse_page(answer.text)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    href = page.links()["再试一次"]
    assert href == "/search?q=科技&source=甲"
    assert page.find("input", id="q").attributes["value"] == "科技"

"""Fetches pages and finds the results on them."""

from starlette.testclient import TestClient

from tests.web.markup import Element, parse_page


def page_at(client: TestClient, path: str, status: int = 200) -> Element:
    answer = client.get(path)
    assert answer.status_code == status
    return parse_page(answer.text)


def items(page: Element) -> list[Element]:
    return page.find_all("li", class_="result")


def titles(page: Element) -> list[str]:
    return [item.find("h3").text.strip() for item in items(page)]

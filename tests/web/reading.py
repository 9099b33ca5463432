"""Fetches pages and finds the results on them."""

from starlette.testclient import TestClient

from tests.web.markup import Element, parse_page


def page_at(client: TestClient, path: str, status: int = 200) -> Element:
    answer = client.get(path)
    assert answer.status_code == status
    return parse_page(answer.text)


def items(page: Element) -> list[Element]:
    return page.find_all("li", class_="result")


def sent_by(form: Element) -> list[tuple[str, str]]:
    """What a browser sends when the form is submitted as it stands; empty fields stay out of the address."""
    return [
        (field.attributes["name"], field.attributes["value"])
        for field in form.find_all("input")
        if field.attributes.get("value")
        and (field.attributes["type"] != "checkbox" or "checked" in field.attributes)
    ]


def titles(page: Element) -> list[str]:
    return [item.find("h3").text.strip() for item in items(page)]

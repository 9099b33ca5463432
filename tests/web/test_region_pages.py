"""The pages of regions as they are served."""

from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from index.article import Relation
from tests.web.fake_articles import ARTICLES
from tests.web.known_regions import REGIONS
from tests.web.markup import Element
from tests.web.reading import items, page_at


def articles_of(code: str) -> int:
    """How many articles are about a unit, or what lies in it."""
    stem = code.rstrip("0") if not code.endswith("0000") else code[:2]
    return sum(any(tag.code.startswith(stem) for tag in article.regions) for article in ARTICLES)


def name_in(row: Element) -> str:
    """The name of the region that a row is about."""
    return next(element.text for element in row.walk() if element.attributes.get("lang") == "zh-Hans")


def test_the_numbers_are_those_of_the_articles(client: TestClient) -> None:
    page = page_at(client, "/regions")
    rows = page.find_all("li", class_="tree-row")
    shown = {name_in(row): row.find_all("span", class_="tally")[0].text for row in rows}
    assert shown == {
        REGIONS.regions.unit(code).name: str(articles_of(code)) for code in REGIONS.regions.children(None)
    }
    assert shown["湖北省"] == "1"


def test_a_link_leads_to_as_many_articles_as_it_says(client: TestClient) -> None:
    page = page_at(client, "/regions/420000")
    (row,) = (row for row in page.find_all("li", class_="tree-row") if "鄂州市" in row.text)
    link = row.find_all("a")[0]
    assert (link.text, row.find_all("span", class_="tally")[0].text) == ("鄂州市", "1")
    assert len(items(page_at(client, link.attributes["href"]))) == 1
    assert any(tag.relation is Relation.ABOUT for article in ARTICLES for tag in article.regions)


def test_names_are_looked_for_without_a_script(client: TestClient) -> None:
    form = page_at(client, "/regions").find("form", action="/regions")
    assert form.attributes["method"] == "get"
    (field,) = (field for field in form.find_all("input") if field.attributes["type"] == "search")
    page = page_at(client, f"/regions?{field.attributes['name']}={quote('襄樊')}")
    found = page.find("section", class_="found-regions")
    assert "襄阳市" in found.text
    assert "襄樊市" in found.text
    assert page.find("input", id="region-name").attributes["value"] == "襄樊"


def test_names_that_are_nearly_right_are_links(client: TestClient) -> None:
    found = page_at(client, f"/regions?q={quote('湖南北省')}").find("section", class_="found-regions")
    assert "相近的名称" in found.text
    again = page_at(client, found.links()["湖北省"])
    assert "“湖北省”指的是" in again.find("section", class_="found-regions").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/regions/999999", 404),
        ("/regions/42", 404),
        ("/regions?q=" + "字" * 65, 400),
        ("/regions?qq=1", 400),
        ("/regions?q=%FF", 400),
    ],
)
def test_what_is_wrong_is_refused(client: TestClient, path: str, status: int) -> None:
    assert client.get(path).status_code == status


def test_the_way_up_leads_through_the_regions_above(client: TestClient) -> None:
    trail = page_at(client, "/regions/420700").find("ol", class_="trail")
    assert trail.links() == {"全国": "/regions", "湖北省": "/regions/420000"}

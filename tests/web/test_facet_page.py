"""The page with all values of a facet."""

from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from index.article import RegionTag, Relation
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article
from tests.web.conftest import ClientFactory
from tests.web.markup import Element, parse_page
from tests.web.reading import page_at, sent_by
from web.presenters import facet_page

PLACES = ("320106", "420600", "420602", "350102", "330000")
SOURCES = ("湖北日报", "湖北发布", "浙江日报", "GDP 报")


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(
        replace(
            make_article(f"a{number}", "货运补贴"),
            regions=(RegionTag(code, Relation.ABOUT, 1.0),),
            source=SOURCES[number % len(SOURCES)],
            published=datetime(2020 + number, 3, 5, tzinfo=UTC),
        )
        for number, code in enumerate(PLACES)
    )
    return library


@pytest.fixture
def client(library: ArticleLibrary, client_of: ClientFactory) -> TestClient:
    return client_of(library.service())


def listed(page: Element) -> list[str]:
    return [box.attributes["value"] for box in page.find("main").find_all("input", type="checkbox")]


def test_all_values_are_listed_with_what_they_find(client: TestClient) -> None:
    page = page_at(client, "/facets?facet=source&q=货运")
    assert listed(page) == ["湖北日报", "gdp 报", "浙江日报", "湖北发布"]
    assert "共 4 个" in page.find("main").text
    assert page.find("h1").text == "选择来源"
    [first, *_] = page.find("main").find("fieldset").find_all("label")
    assert first.text == "湖北日报 (2)"


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("湖北", ["湖北日报", "湖北发布"]),
        ("日報", ["湖北日报", "浙江日报"]),
        ("ＧＤＰ", ["gdp 报"]),
        ("没有", []),
    ],
)
def test_what_holds_the_text_is_found(find: str, expected: list[str], client: TestClient) -> None:
    page = page_at(client, f"/facets?facet=source&q=货运&find={quote(find)}")
    assert listed(page) == expected
    assert ("没有符合的来源。" in page.find("main").text) is (not expected)
    assert listed(page_at(client, page.links()["全部列出"])) == listed(
        page_at(client, "/facets?facet=source&q=货运")
    )


@pytest.mark.parametrize(
    ("find", "expected"),
    [
        ("浙", ["浙江省"]),
        ("襄樊", ["湖北省", "湖北省襄阳市"]),
        ("襄阳", ["湖北省", "湖北省襄阳市", "湖北省襄阳市襄城区"]),
        ("420602", ["湖北省", "湖北省襄阳市", "湖北省襄阳市襄城区"]),
        (
            "鼓楼区",
            [
                *("江苏省", "江苏省南京市", "江苏省南京市鼓楼区"),
                *("福建省", "福建省福州市", "福建省福州市鼓楼区"),
            ],
        ),
        ("没有", []),
    ],
)
def test_regions_are_found_by_any_name_with_what_they_lie_in(
    find: str, expected: list[str], client: TestClient
) -> None:
    page = page_at(client, f"/facets?facet=region&q=货运&find={quote(find)}")
    assert listed(page) == expected
    assert all("open" in part.attributes for part in page.find("main").find_all("details"))


def test_the_forms_keep_the_search_and_what_is_chosen(client: TestClient) -> None:
    path = "/facets?facet=source&q=货运&source=湖北日报&year=2020..2024&sort=oldest&find=浙江&page=2"
    page = page_at(client, path)
    assert listed(page) == ["湖北日报", "浙江日报"]
    find = next(form for form in page.find_all("form") if form.attributes["action"] == "/facets")
    assert sorted(sent_by(find)) == sorted(
        [
            ("facet", "source"),
            ("find", "浙江"),
            ("q", "货运"),
            ("sort", "oldest"),
            ("source", "湖北日报"),
            ("year", "2020..2024"),
        ]
    )
    choose = page.find("form", class_="filters-form")
    assert sorted(sent_by(choose)) == [
        ("q", "货运"),
        ("sort", "oldest"),
        ("source", "湖北日报"),
        ("year", "2020..2024"),
    ]
    assert page_at(client, page.links()["返回搜索结果"]).find_all("a", class_="chip")


def test_of_very_many_values_the_commonest_are_listed(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(facet_page, "MOST_LISTED", 2)
    page = page_at(client, "/facets?facet=source&q=货运")
    assert listed(page) == ["湖北日报", "gdp 报"]
    assert "只列出文章最多的 2 个" in page.find("main").text
    assert listed(page_at(client, "/facets?facet=source&q=货运&find=浙江")) == ["浙江日报"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [("q=a", "facet"), ("facet=title", "facet"), ("facet=source&sotr=a", "sotr"), ("facet=month", "facet")],
)
def test_a_page_that_cannot_be_is_refused(query: str, parameter: str, client: TestClient) -> None:
    page = page_at(client, f"/facets?{query}", 400)
    assert parameter in page.find("div", id="faults").text


def test_the_page_speaks_the_language_of_its_reader(client: TestClient) -> None:
    page = parse_page(client.get("/facets?facet=year&lang=en").text)
    assert page.find("h1").text == "Choose: Year"
    assert page.links()["Back to the results"] == "/search?lang=en"

from dataclasses import replace
from urllib.parse import quote, urljoin

import pytest
from starlette.testclient import TestClient

from index.article import Certainty, Part
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES, DAMAGED_PAGE
from tests.web.fake_service import FakeService
from tests.web.markup import parse_page
from tests.web.reading import page_at

TRADITIONAL = next(article for article in ARTICLES if article.id == "hant:1")


def test_an_article_shows_its_parts_where_they_belong(client: TestClient) -> None:
    page = page_at(client, "/articles/long")
    article = page.find("article")
    assert article.find("h1").text.strip() == "关于加强社区服务工作的通知"
    assert article.find("p", class_="kicker").text == "政务公开 / 通知"
    facts = article.find("dl").text
    assert "市政府办公室" in facts
    assert "市民政局" in facts
    assert "2025年6月1日 15:46" in facts
    assert len(article.find("div", class_="prose").find_all("p")) == 14
    assert "本文仅供参考" in article.text
    assert "关于印发社区服务规范的通知" in article.text
    assert article.links()["查看原网页"] == "https://news.example/long"


def test_marks_of_an_article_are_numbered_and_linked_in_order(client: TestClient) -> None:
    page = page_at(client, "/articles/long?q=社区服务")
    marks = page.find("article").find_all("mark")
    assert [mark.text for mark in marks] == ["社区服务"] * len(marks)
    assert [mark.attributes["id"] for mark in marks] == [f"m{number}" for number in range(1, len(marks) + 1)]
    assert page.links()["第一处"] == "#m1"
    steps = page.find_all("span", class_="mark-steps")
    assert len(steps) == len(marks) > 10
    assert steps[0].links() == {"下一处": "#m2"}
    assert steps[4].links() == {"上一处": "#m4", "下一处": "#m6"}
    assert f"第 5 处，共 {len(marks)} 处" in steps[4].text
    assert steps[-1].links() == {"上一处": f"#m{len(marks) - 1}"}


def test_marks_of_an_article_are_those_of_the_interface(client: TestClient) -> None:
    page = page_at(client, "/articles/hant:1?q=创新")
    content = client.get("/api/v1/articles/hant:1?q=创新").json()
    texts = {**content, "tags": "、".join(content["tags"])}
    expected = [
        texts[field][start : start + length]
        for field in ("title", "lead", "body", "tags")
        for start, length in content["highlights"].get(field, ())
    ]
    assert [mark.text for mark in page.find("article").find_all("mark")] == expected


def test_a_query_that_an_article_does_not_match_is_said(client: TestClient) -> None:
    page = page_at(client, "/articles/long?q=脐橙")
    assert "没有与查询匹配的文字" in page.find("article").text


def test_repaired_places_are_shown_and_listed(client: TestClient) -> None:
    page = page_at(client, "/articles/hant:1?q=创新")
    places = page.find_all("span", class_="repaired")
    assert [place.text for place in places] == ["創", "創", "業"]
    assert [place.attributes["title"] for place in places] == [
        f"修复 {number}：删去误插的拼音" for number in (1, 2, 3)
    ]
    details = page.find("details", class_="repairs")
    assert details.find("h2").text == "删去误插的拼音 依据：本页可以证明"
    listed = details.find_all("li")
    assert [item.text for item in listed] == ["(chuàng)", "(chuàng)", "(yè)"]
    assert [item.find("a").attributes["href"] for item in listed] == ["#r1", "#r2", "#r3"]


def test_repairs_at_one_place_show_once_and_are_all_listed(client_of: ClientFactory) -> None:
    twice = tuple(replace(repair, part=Part.BODY, start=3) for repair in TRADITIONAL.repairs[:2])
    client = client_of(FakeService((replace(TRADITIONAL, repairs=twice),)))
    page = page_at(client, "/articles/hant:1")
    assert [place.text for place in page.find_all("span", class_="repaired")] == ["今"]
    listed = page.find("details", class_="repairs").find_all("li")
    assert [len(item.find_all("a")) for item in listed] == [1, 0]


def test_a_repair_outside_the_searched_text_is_only_listed(client_of: ClientFactory) -> None:
    elsewhere = replace(TRADITIONAL.repairs[0], part=None)
    client = client_of(FakeService((replace(TRADITIONAL, repairs=(elsewhere,)),)))
    page = page_at(client, "/articles/hant:1")
    assert not page.find_all("span", class_="repaired")
    assert page.find("details", class_="repairs").find("li").text == "(chuàng)"
    (span,) = client.get("/api/v1/articles/hant:1").json()["repair"]["spans"]
    assert span["field"] is None


def test_a_repair_before_the_first_character_shows_on_it(client_of: ClientFactory) -> None:
    first = replace(TRADITIONAL.repairs[0], part=Part.BODY, start=0)
    client = client_of(FakeService((replace(TRADITIONAL, repairs=(first,)),)))
    page = page_at(client, "/articles/hant:1")
    assert [place.text for place in page.find_all("span", class_="repaired")] == ["本"]


def test_repairs_are_grouped_by_the_rule_that_made_them(client_of: ClientFactory) -> None:
    removed, slip, removed_too = TRADITIONAL.repairs
    slip = replace(slip, rule="byte-slip", before="？", after="發", length=1, certainty=Certainty.INFERRED)
    repairs = (removed, slip, removed_too)
    client = client_of(FakeService((replace(TRADITIONAL, repairs=repairs),)))
    details = page_at(client, "/articles/hant:1").find("details", class_="repairs")
    assert [heading.text for heading in details.find_all("h2")] == [
        "删去误插的拼音 依据：本页可以证明",
        "修复文字（byte-slip） 依据：推断，可能性最大",
    ]
    assert [[item.text for item in group.find_all("li")] for group in details.find_all("ul")] == [
        ["(chuàng)", "(yè)"],
        ["？ → 發"],
    ]


def test_a_long_list_of_repairs_is_cut_and_says_so(client_of: ClientFactory) -> None:
    many = tuple(replace(TRADITIONAL.repairs[1], original_start=number) for number in range(205))
    client = client_of(FakeService((replace(TRADITIONAL, repairs=many),)))
    details = page_at(client, "/articles/hant:1").find("details", class_="repairs")
    assert len(details.find_all("li")) == 200
    assert "修复了 205 处" in details.text
    assert "其余 5 处从略" in details.text


def test_an_undamaged_article_has_no_other_text_to_switch_to(client: TestClient) -> None:
    assert not page_at(client, "/articles/long").find_all("nav", class_="texts")


def test_the_original_is_shown_as_it_came_in(client: TestClient) -> None:
    switch = page_at(client, "/articles/hant:1?q=创新").find("nav", class_="texts")
    assert switch.find("a", aria_current="page").text == "修复后"
    page = page_at(client, switch.links()["原文"])
    assert page.find("nav", class_="texts").find("a", aria_current="page").text == "原文"
    original = page.find("div", class_="original")
    assert original.text == DAMAGED_PAGE
    places = [place.text for place in original.find_all("span", class_="repaired")]
    assert places == ["(chuàng)", "(chuàng)", "(yè)"]


@pytest.mark.parametrize(
    ("referer", "back"),
    [
        ("http://testserver/search?q=科技&source=浙江日报&page=2", "/search?q=科技&source=浙江日报&page=2"),
        ("http://testserver/search?nonsense=1", "/search?q=社区"),
        ("http://evil.example/search?q=别处", "/search?q=社区"),
        ("http://testserver/articles/a1", "/search?q=社区"),
        ("http://[", "/search?q=社区"),
        ("", "/search?q=社区"),
    ],
)
def test_the_way_back_keeps_the_search(client: TestClient, referer: str, back: str) -> None:
    encoded = quote(referer, safe=":/?=&[")
    answer = client.get("/articles/long?q=社区", headers={"Referer": encoded})
    href = parse_page(answer.text).links()["返回搜索结果"]
    assert href == back
    assert urljoin("http://testserver/", href).startswith("http://testserver/")


@pytest.mark.parametrize(("article_id", "status"), [("deleted-1", 410), ("nobody", 404)])
def test_an_article_that_is_gone_says_so_and_offers_the_box(
    client: TestClient, article_id: str, status: int
) -> None:
    page = page_at(client, f"/articles/{article_id}?q=科技", status)
    assert page.find("input", id="q").attributes["value"] == "科技"

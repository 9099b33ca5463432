"""What is known of an article besides its text: fields of the interface, and facts on its page."""

from dataclasses import replace
from urllib.parse import unquote

import pytest
from starlette.testclient import TestClient

from index.article import Certainty, DocumentFacts, Original, Part, RegionTag, Relation, Repair
from index.describe.document_types import NEWS
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.markup import Element
from tests.web.reading import items, page_at
from tests.web.spoken import HANS
from web.presenters.shown_repairs import rule_name, seen

DESCRIBED = next(article for article in ARTICLES if article.id == "described")
PLAIN = next(article for article in ARTICLES if article.id == "long")
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def facts_of(page: Element) -> dict[str, list[str]]:
    rows = page.find("dl", class_="document-facts").find_all("div")
    return {row.find("dt").text: [value.text.strip() for value in row.find_all("dd")] for row in rows}


def repair(rule: str, before: str, after: str, *, start: int = 0) -> Repair:
    return Repair(
        part=Part.BODY,
        start=start,
        length=len(after),
        original_start=start,
        original_length=len(before),
        before=before,
        after=after,
        rule=rule,
        certainty=Certainty.EXACT,
    )


def test_an_article_has_its_description_in_fields(client: TestClient) -> None:
    content = client.get("/api/v1/articles/described").json()
    assert content["region"] == [
        {"code": "420000", "path": ["湖北省"], "relation": "issued-by", "weight": 12.5},
        {"code": "420700", "path": ["湖北省", "鄂州市"], "relation": "about", "weight": 8.0},
    ]
    assert content["topic"] == [
        {"name": "交通运输", "weight": 9.0, "evidence": ["货运", "机场", "航空", "物流"]},
        {"name": "财政补贴", "weight": 3.5, "evidence": []},
    ]
    names = ("document_number", "agency", "level", "document_type", "signed", "effective")
    assert {name: content[name] for name in names} == {
        "document_number": "鄂政发〔2024〕12号",
        "agency": "湖北省人民政府",
        "level": "provincial",
        "document_type": "通知",
        "signed": "2024-10-09",
        "effective": "2024-11-01",
    }


def test_what_is_not_known_is_empty(client: TestClient) -> None:
    names = "region,topic,document_number,agency,level,document_type,signed,effective"
    content = client.get(f"/api/v1/articles/undated?fields={names}").json()
    assert {name: content[name] for name in names.split(",")} == {
        **dict.fromkeys(names.split(",")),
        "region": [],
        "topic": [],
    }


def test_hits_have_regions_and_topics_and_the_rest_on_request(client: TestClient) -> None:
    [hit] = client.get("/api/v1/search?q=航空货运").json()["results"]
    assert [region["code"] for region in hit["region"]] == ["420000", "420700"]
    assert [topic["name"] for topic in hit["topic"]] == ["交通运输", "财政补贴"]
    assert "agency" not in hit
    [hit] = client.get("/api/v1/search?q=航空货运&fields=agency,effective").json()["results"]
    assert (hit["agency"], hit["effective"]) == ("湖北省人民政府", "2024-11-01")


def test_a_region_that_is_no_more_keeps_its_code(client_of: ClientFactory) -> None:
    article = replace(DESCRIBED, regions=(RegionTag("999999", Relation.ABOUT, 1.0),))
    client = client_of(FakeService((article,)))
    [region] = client.get("/api/v1/articles/described").json()["region"]
    assert (region["code"], region["path"]) == ("999999", [])
    assert "涉及地区" not in facts_of(page_at(client, "/articles/described"))
    [item] = items(page_at(client, "/search?q=航空货运"))
    assert "999999" not in item.text


def test_the_page_lists_the_facts_that_are_known(client: TestClient) -> None:
    page = page_at(client, "/articles/described")
    assert facts_of(page) == {
        "文号": ["鄂政发〔2024〕12号"],
        "发文机关": ["湖北省人民政府"],
        "层级": ["省级"],
        "文种": ["通知"],
        "成文日期": ["2024年10月9日"],
        "施行日期": ["2024年11月1日"],
        "发布地区": ["湖北省"],
        "涉及地区": ["湖北省鄂州市"],
        "专题": ["交通运输 见于：货运、机场、航空", "财政补贴"],
    }
    facts = page.find("dl", class_="document-facts")
    dates = [time.attributes["datetime"] for time in facts.find_all("time")]
    assert dates == ["2024-10-09", "2024-11-01"]


def test_the_facts_of_a_page_lead_to_the_articles_that_share_them(client: TestClient) -> None:
    links = page_at(client, "/articles/described").find("dl", class_="document-facts").links()
    assert {name: unquote(href) for name, href in links.items()} == {
        "湖北省人民政府": "/search?agency=湖北省人民政府",
        "省级": "/search?level=provincial",
        "通知": "/search?document_type=通知",
        "湖北省": "/search?region=湖北省",
        "湖北省鄂州市": "/search?region=湖北省鄂州市",
        "交通运输": "/search?topic=交通运输",
        "财政补贴": "/search?topic=财政补贴",
    }
    for href in links.values():
        assert [item.find("h3").text.strip() for item in items(page_at(client, href))] == [DESCRIBED.title]


def test_an_article_of_which_nothing_is_known_has_no_list(client: TestClient) -> None:
    assert not page_at(client, "/articles/long").find_all("dl", class_="document-facts")


def test_that_news_is_news_is_not_said_in_a_list(client_of: ClientFactory) -> None:
    article = replace(DESCRIBED, document=DocumentFacts(type=NEWS))
    client = client_of(FakeService((article,)))
    [item] = items(page_at(client, "/search?q=航空货运"))
    assert NEWS not in [
        fact.text.strip() for facts in item.find_all("ul", class_="facts") for fact in facts.find_all("li")
    ]
    assert facts_of(page_at(client, "/articles/described"))["文种"] == [NEWS]


def test_a_change_of_writing_is_counted_and_is_no_damage(client_of: ClientFactory) -> None:
    repairs = (
        repair("full-width", "ＧＤＰ", "GDP"),
        repair("full-width", "１２", "12", start=5),
        repair("invisible", "\u200b", "", start=9),
    )
    client = client_of(FakeService((replace(PLAIN, repairs=repairs),)))
    page = page_at(client, "/articles/long")
    assert not page.find_all("details", class_="repairs")
    assert not page.find_all("span", class_="repaired")
    assert (
        "另有 3 处只统一了写法，文字没有损坏：全角字母数字换成半角 2 处、删去不可见字符 1 处。"
        in page.find("article").text
    )
    assert list(page.find("nav", class_="texts").links()) == ["正文", "原文"]
    content = client.get("/api/v1/articles/long").json()["repair"]
    assert content["changed"] is False
    assert [span["is_damage"] for span in content["spans"]] == [False, False, False]
    [item] = items(page_at(client, "/search?q=社区服务"))
    assert not item.find_all("span", class_="badge")


def test_damage_beside_a_change_of_writing_is_counted_alone(client_of: ClientFactory) -> None:
    repairs = (repair("full-width", "ＧＤＰ", "GDP"), repair("entities+full-width", "&amp;Ａ", "&A", start=6))
    client = client_of(FakeService((replace(PLAIN, repairs=repairs),)))
    page = page_at(client, "/articles/long")
    details = page.find("details", class_="repairs")
    assert details.find("summary").text == "修复了 1 处"
    assert details.find("h2").text == "还原 HTML 字符 + 全角字母数字换成半角 依据：有标准规定"
    assert "另有 1 处只统一了写法" in page.find("article").text
    [*_, span] = client.get("/api/v1/articles/long").json()["repair"]["spans"]
    assert (span["kind"], span["certainty"], span["is_damage"]) == ("entities+full-width", "exact", True)
    [item] = items(page_at(client, "/search?q=社区服务"))
    assert item.find_all("span", class_="badge")


def test_lost_characters_are_named(client_of: ClientFactory) -> None:
    article = replace(PLAIN, title="关于\ufffd区的通知", body="社\ufffd服\ufffd务")
    client = client_of(FakeService((article,)))
    assert client.get("/api/v1/articles/long").json()["repair"]["undecodable"] == {
        "title": [2],
        "body": [1, 3],
    }
    assert "有 3 个字符在收到之前已经丢失" in page_at(client, "/articles/long").find("article").text


def test_where_nothing_is_lost_nothing_is_said(client: TestClient) -> None:
    assert client.get("/api/v1/articles/long").json()["repair"]["undecodable"] == {}
    assert "丢失" not in page_at(client, "/articles/long").find("article").text


@pytest.mark.parametrize(
    ("media_type", "name"), [("application/pdf", "PDF"), (WORD, "Word")], ids=["pdf", "word"]
)
def test_a_file_that_is_no_text_is_offered_as_it_is(
    client_of: ClientFactory, media_type: str, name: str
) -> None:
    client = client_of(FakeService((PLAIN,), original=Original(b"\x25PDF\xff\x00", media_type, "")))
    page = page_at(client, "/articles/long")
    assert list(page.find("nav", class_="texts").links()) == ["正文", "原文"]
    page = page_at(client, page.links()["原文"])
    assert f"收到的是 {name} 文件" in page.find("article").text
    assert "6 字节" in page.find("article").text
    assert not page.find_all("div", class_="original")
    assert client.get(page.links()["取得文件内容（JSON，base64 编码）"]).json()["original"] == {
        "media_type": media_type,
        "encoding": None,
        "text": None,
        "base64": "JVBERv8A",
    }


def test_the_source_of_a_page_is_shown_and_never_run(client_of: ClientFactory) -> None:
    source = "<html><script>alert(1)</script><p>社区服务</p></html>"
    original = Original(source.encode("gb18030"), "text/html", "gb18030")
    client = client_of(FakeService((PLAIN,), original=original))
    answer = client.get("/articles/long?text=original")
    assert "<script>alert" not in answer.text
    page = page_at(client, "/articles/long?text=original")
    assert page.find("div", class_="original").text == source
    assert "网页源代码" in page.find("article").text
    assert client.get("/api/v1/articles/long?text=original").json()["original"]["text"] == source


@pytest.mark.parametrize(
    ("rule", "name"),
    [
        ("pinyin", "删去误插的拼音"),
        ("gbk-slip+doubled", "还原 GBK 错位的汉字 + 删去重复的字"),
        ("of-tomorrow", "修复文字（of-tomorrow）"),
    ],
)
def test_a_rule_is_named_in_words(rule: str, name: str) -> None:
    assert rule_name(rule, HANS) == name


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("(chuàng)", "(chuàng)"),
        ("科\u200b技", "科[U+200B]技"),
        ("\ue5cf", "[U+E5CF]"),
        ("科\n技", "科↵技"),
        ("\x00", "[U+0000]"),
    ],
)
def test_what_nobody_sees_is_named(text: str, shown: str) -> None:
    assert seen(text) == shown

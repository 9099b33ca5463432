import re
from urllib.parse import quote, urljoin

import pytest
from starlette.testclient import TestClient

from search.errors import IndexUnavailable
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES, DAMAGED_PAGE
from tests.web.fake_service import FakeService
from tests.web.markup import Element, parse_page
from web.settings import WebSettings

STATES = {
    "home": "/",
    "results": "/search?q=科技创新",
    "filtered": '/search?q=科技 "创新&source=浙江日报&source=陕西日报&published_after=2019'
    "&published_before=2026",
    "excluded": "/search?q=科技&exclude_source=浙江日报&exclude_source=陕西日报",
    "page 4": "/search?per_page=3&page=4",
    "behind the last page": "/search?page=50",
    "counts only": "/search?q=科技&per_page=0",
    "nothing found": "/search?q=科技创新 碳汇贷&source=浙江日报",
    "faulty": "/search?q=科技&pag=2&published_after=20x4&sort=newst",
    "too long": "/search?q=" + "字" * 520,
    "article": "/articles/long?q=社区服务",
    "traditional article": "/articles/hant:1?q=创新",
    "original": "/articles/hant:1?text=original",
    "record": "/articles/a1?text=original",
    "undated article": "/articles/undated",
    "deleted article": "/articles/deleted-1",
    "no such page": "/nowhere",
    "help": "/help",
    "problem": "/problems/query-too-long",
}


def page_at(client: TestClient, path: str, status: int = 200) -> Element:
    answer = client.get(path)
    assert answer.status_code == status
    return parse_page(answer.text)


def items(page: Element) -> list[Element]:
    return page.find_all("li", class_="result")


def titles(page: Element) -> list[str]:
    return [item.find("h3").text.strip() for item in items(page)]


@pytest.mark.parametrize("path", STATES.values(), ids=STATES)
class TestEveryPage:
    def test_has_one_heading_of_the_first_rank_and_the_landmarks(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        assert page.find("h1").text.strip()
        assert page.find("title").text.strip()
        assert page.find("html").attributes["lang"] == "zh-Hans"
        for landmark in ("header", "main", "footer"):
            assert [element for element in page.find("body").children if element_is(element, landmark)]
        assert page.find("a", class_="skip").attributes["href"] == "#main"
        assert len(page.find_all("form", role="search")) == 1

    def test_names_every_field_and_uses_every_id_once(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        ids = [element.attributes["id"] for element in page.walk() if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        labelled = {label.attributes.get("for") for label in page.find_all("label")}
        wrapped = [field for label in page.find_all("label") for field in label.find_all("input")]
        for field in page.find_all("input"):
            assert (
                field.attributes["type"] == "hidden"
                or field.attributes.get("id") in labelled
                or field in wrapped
            )
        for element in page.walk():
            for reference in ("aria-describedby", "aria-labelledby", "list"):
                assert set(element.attributes.get(reference, "").split()) <= set(ids)

    def test_has_no_script_style_or_handler_inside(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        assert not page.find_all("style")
        for script in page.find_all("script"):
            assert script.text == ""
            assert script.attributes["src"].startswith("/static/")
        for element in page.walk():
            assert "style" not in element.attributes
            assert not [name for name in element.attributes if name.startswith("on")]
            assert not element.attributes.get("href", "").lower().startswith(("javascript:", "data:"))

    def test_links_only_to_pages_that_answer(self, client: TestClient, path: str) -> None:
        page = parse_page(client.get(path).text)
        ids = {element.attributes["id"] for element in page.walk() if "id" in element.attributes}
        for link in (*page.find_all("a"), *page.find_all("link")):
            href = link.attributes["href"]
            if href.startswith("#"):
                assert href[1:] in ids
            elif href.startswith("https://news.example/"):
                assert set(link.attributes["rel"].split()) >= {"noopener", "nofollow", "noreferrer"}
            else:
                assert href.startswith("/")
                answer = client.get(href)
                assert answer.status_code == 200 or "pag=2" in href or "published_after=20x4" in href

    def test_is_small(self, client: TestClient, path: str) -> None:
        assert len(client.get(path).content) < 40 * 1024


def element_is(element: Element | str, tag: str) -> bool:
    return isinstance(element, Element) and element.tag == tag


def test_the_first_page_tells_what_is_here(client: TestClient) -> None:
    page = page_at(client, "/")
    text = page.find("main").text
    assert f"在 {len(ARTICLES)} 篇" in text
    assert "最新一篇：2026年2月10日" in text
    assert len(page.find_all("a", class_="pill")) == 3
    assert titles(page)[:2] == ["台北市推動創新計劃", "西安高新区设立科技创新母基金"]
    assert len(items(page)) == 10


def test_the_first_page_of_an_empty_corpus_says_so(client_of: ClientFactory) -> None:
    page = page_at(client_of(FakeService(())), "/")
    assert "还没有文章" in page.find("main").text
    assert not items(page)
    assert not page.find_all("a", class_="pill")


def test_the_name_of_the_site_is_a_setting(client_of: ClientFactory) -> None:
    page = page_at(client_of(FakeService(), WebSettings(title="甲市政策")), "/")
    assert page.find("h1").text == page.find("title").text == "甲市政策"


def test_results_are_counted_and_listed(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技创新")
    assert page.find("h2", class_="count").text == "3 条结果用时 9 毫秒"
    assert page.find("input", id="q").attributes["value"] == "科技创新"
    assert len(items(page)) == 3
    first = items(page)[0]
    assert first.find("time").attributes["datetime"] == "2019-03-04T10:00:00+08:00"
    assert first.find("time").text == "2019年3月4日"
    assert first.find("h3").find("a").attributes["href"] == f"/articles/a1?q={quote('科技创新')}"


@pytest.mark.parametrize("q", ["科技创新", "社区服务", "老", '"创新" 科技'])
def test_marks_on_the_page_are_those_of_the_interface(client: TestClient, q: str) -> None:
    page = page_at(client, f"/search?q={q}")
    hits = client.get(f"/api/v1/search?q={q}&fields=title,tags").json()["results"]
    for item, hit in zip(items(page), hits, strict=True):
        expected = [hit["title"][start:][:length] for start, length in hit["highlights"].get("title", ())]
        assert [mark.text for mark in item.find("h3").find_all("mark")] == expected
        html = "".join(snippet["html"] for snippet in hit["snippets"])
        snippets = item.find_all("div", class_="snippets")
        marks = [mark.text for snippet in snippets for mark in snippet.find_all("mark")]
        assert marks == re.findall("<mark>(.*?)</mark>", html)
        tags = "、".join(hit["tags"])
        expected = [tags[start:][:length] for start, length in hit["highlights"].get("tags", ())]
        shown = [mark.text for tag in item.find_all("li", class_="tag") for mark in tag.find_all("mark")]
        assert shown == expected


def test_an_article_speaks_its_own_language(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技创新")
    languages = {
        item.find("h3").text.strip(): item.find("article").attributes["lang"] for item in items(page)
    }
    assert languages["台北市推動創新計劃"] == "zh-Hant"
    assert languages["浙江发布科技创新三年行动计划"] == "zh-Hans"
    article = page_at(client, "/articles/hant:1").find("article")
    assert article.attributes["lang"] == "zh-Hant"


def test_an_article_without_date_says_so(client: TestClient) -> None:
    assert "日期不详" in items(page_at(client, "/search?q=祥里"))[0].text
    assert "日期不详" in page_at(client, "/articles/undated").find("dl").text


def test_only_damage_carries_the_badge(client: TestClient) -> None:
    badges = [
        item.find_all("span", class_="badge")
        for item in items(page_at(client, "/search?q=科技创新&sort=oldest"))
    ]
    assert [len(found) for found in badges] == [0, 0, 1]


def test_chips_show_the_filters_and_take_one_away_each(client: TestClient) -> None:
    page = page_at(client, STATES["filtered"])
    chips = page.find_all("a", class_="chip")
    assert [chip.find("bdi").text for chip in chips] == [
        "来源：浙江日报",
        "来源：陕西日报",
        "不早于 2019",
        "不晚于 2026",
    ]
    assert [joint.text for joint in page.find_all("span", class_="joint")] == ["或", "且", "且"]
    assert chips[0].attributes["aria-label"] == "移除筛选：来源：浙江日报"
    fewer = page_at(client, chips[0].attributes["href"])
    assert [chip.find("bdi").text for chip in fewer.find_all("a", class_="chip")] == [
        "来源：陕西日报",
        "不早于 2019",
        "不晚于 2026",
    ]
    assert not page_at(client, page.links()["清除全部"]).find_all("a", class_="chip")


def test_a_source_filters_from_the_first_page_on(client: TestClient) -> None:
    page = page_at(client, "/search?per_page=2&page=3")
    source = items(page)[0].find("ul", class_="facts").find("a")
    assert source.attributes["href"] == f"/search?per_page=2&source={quote(source.text)}"
    filtered = page_at(client, source.attributes["href"])
    assert filtered.find("a", class_="chip").find("bdi").text == f"来源：{source.text}"
    assert not [item for item in items(filtered) if item.find("ul", class_="facts").find_all("a")]


def test_the_forms_keep_what_they_do_not_show(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技&source=浙江日报&sort=oldest&per_page=5&page=1")
    box, filters = page.find_all("form")
    fields = {field.attributes["name"]: field.attributes.get("value") for field in box.find_all("input")}
    assert fields == {"q": "科技", "source": "浙江日报", "sort": "oldest", "per_page": "5"}
    checked = filters.find("input", type="checkbox")
    assert (checked.attributes["name"], checked.attributes["value"]) == ("source", "浙江日报")
    assert "checked" in checked.attributes
    assert filters.find("input", name="sort").attributes["value"] == "oldest"
    assert not filters.find_all("input", name="page")


def test_the_order_is_chosen_by_links(client: TestClient) -> None:
    nav = page_at(client, "/search?q=科技创新").find("nav", class_="sorts")
    assert list(nav.links()) == ["相关度", "最新", "最早"]
    assert nav.find("a", aria_current="true").text == "相关度"
    oldest = page_at(client, nav.links()["最早"])
    assert oldest.find("nav", class_="sorts").find("a", aria_current="true").text == "最早"
    assert titles(oldest)[0] == "浙江发布科技创新三年行动计划"


def test_without_a_query_there_is_no_relevance(client: TestClient) -> None:
    assert list(page_at(client, "/search").find("nav", class_="sorts").links()) == ["最新", "最早"]


def test_paging_leads_through_the_whole_list(client: TestClient) -> None:
    href: str | None = "/search?per_page=7&sort=oldest"
    seen: list[str] = []
    while href is not None:
        page = page_at(client, href)
        seen += titles(page)
        href = page.find("nav", class_="paging").links().get("下一页")
    assert sorted(seen) == sorted(article.title for article in ARTICLES)


def test_paging_shows_where_we_are(client: TestClient) -> None:
    nav = page_at(client, "/search?per_page=3&page=5").find("nav", class_="paging")
    assert list(nav.links()) == ["上一页", "1", "3", "4", "5", "6", "7", "10", "下一页"]
    assert nav.find("a", aria_current="page").text == "5"
    assert len(nav.find_all("span", class_="page-gap")) == 2


def test_one_page_of_results_has_no_paging(client: TestClient) -> None:
    assert not page_at(client, "/search?q=科技创新").find_all("nav", class_="paging")


def test_a_page_behind_the_last_leads_back(client: TestClient) -> None:
    page = page_at(client, "/search?page=50")
    assert page.links()["回到第一页"] == "/search"


def test_the_same_search_is_there_as_json(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技&page=1&sort=oldest")
    href = page.links()["本页的 JSON"]
    assert client.get(href).json()["total"] == len(items(page))
    assert page.find("link", type="application/json").attributes["href"] == href


def test_a_query_that_was_read_differently_is_explained(client: TestClient) -> None:
    page = page_at(client, '/search?q=科技 "创新')
    assert page.find("p", class_="notice").text == "引号不成对，已按“科技 创新”搜索。"
    assert [part.text for part in page.find_all("span", class_="part")] == ["科技", "创新"]
    parts = page_at(client, '/search?q="科技" -基金').find_all("span", class_="part")
    assert [part.text for part in parts] == ["“科技”", "不含 基金"]


def test_a_plain_query_is_not_explained(client: TestClient) -> None:
    assert not page_at(client, "/search?q=科技创新").find_all("p", class_="read-as")


def test_finding_nothing_comes_with_counted_ways_on(client: TestClient) -> None:
    page = page_at(client, STATES["nothing found"])
    assert page.find("h2", class_="count").text == "没有找到相关文章"
    parts, filters = page.find_all("ul", class_="tries")
    assert [item.text.strip() for item in parts.find_all("li")] == ["科技创新 1", "碳汇贷 0"]
    assert list(parts.links()) == ["科技创新"]
    assert [item.text.strip() for item in filters.find_all("li")] == ["不限“来源：浙江日报” 0"]
    led = page_at(client, parts.links()["科技创新"])
    assert len(items(led)) == 1


def test_a_filter_that_stands_in_the_way_is_named(client: TestClient) -> None:
    page = page_at(client, "/search?q=脐橙&source=浙江日报&published_after=2019")
    (filters,) = page.find_all("ul", class_="tries")
    assert list(filters.links()) == ["不限“来源：浙江日报”"]
    assert titles(page_at(client, filters.links()["不限“来源：浙江日报”"])) == ["赣州脐橙产业链招商签约"]


def test_ways_on_are_counted_a_bounded_number_of_times(client_of: ClientFactory) -> None:
    service = FakeService()
    words = " ".join(f"无{number}" for number in range(30))
    sources = "&".join(f"source=无{number}" for number in range(30))
    page_at(client_of(service), f"/search?q={words}&{sources}")
    assert len(service.requests) <= 13
    assert all(request.limit == 0 for request in service.requests[1:])


def test_a_faulty_search_keeps_what_was_typed_and_names_every_fault(client: TestClient) -> None:
    page = page_at(client, STATES["faulty"], 400)
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


def test_bytes_that_are_not_utf8_are_refused_and_shown_as_such(client: TestClient) -> None:
    page = page_at(client, "/search?q=%E7%A7%FF", 400)
    assert "\ufffd" in page.find("input", id="q").attributes["value"]


def test_an_index_that_is_not_there_yet_offers_to_try_again(client_of: ClientFactory) -> None:
    answer = client_of(FakeService(failure=IndexUnavailable("m"))).get("/search?q=科技&source=甲")
    page = parse_page(answer.text)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    href = page.links()["再试一次"]
    assert href == f"/search?q={quote('科技')}&source={quote('甲')}"
    assert page.find("input", id="q").attributes["value"] == "科技"


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
    listed = page.find("details", class_="repairs").find_all("li")
    assert [item.text for item in listed] == [
        "删去误插的拼音：(chuàng) → 删去",
        "删去误插的拼音：(chuàng) → 删去",
        "删去误插的拼音：(yè) → 删去",
    ]
    assert [item.find("a").attributes["href"] for item in listed] == ["#r1", "#r2", "#r3"]


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
    assert href == quote(back, safe="/?=&")
    assert urljoin("http://testserver/", href).startswith("http://testserver/")


@pytest.mark.parametrize(("article_id", "status"), [("deleted-1", 410), ("nobody", 404)])
def test_an_article_that_is_gone_says_so_and_offers_the_box(
    client: TestClient, article_id: str, status: int
) -> None:
    page = page_at(client, f"/articles/{article_id}?q=科技", status)
    assert page.find("input", id="q").attributes["value"] == "科技"


def test_pages_that_change_with_each_search_stay_out_of_indexes(client: TestClient) -> None:
    assert page_at(client, "/search?q=a").find("meta", name="robots").attributes["content"] == "noindex"
    assert not page_at(client, "/articles/a1").find_all("meta", name="robots")


def test_absolute_links_come_from_the_settings_alone(client_of: ClientFactory) -> None:
    client = client_of(FakeService(), WebSettings(public_url="https://search.example"))
    page = parse_page(client.get("/articles/a1?q=x", headers={"Host": "other.example"}).text)
    assert page.find("link", rel="canonical").attributes["href"] == "https://search.example/articles/a1"
    assert not page_at(client_of(FakeService()), "/articles/a1").find_all("link", rel="canonical")


def test_the_help_page_tries_out_every_example(client: TestClient) -> None:
    table = page_at(client, "/help").find("table")
    assert len(table.links()) == 7
    for written, href in table.links().items():
        assert page_at(client, href).find("input", id="q").attributes["value"] == written

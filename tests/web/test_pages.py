import re
from dataclasses import replace

import pytest
from starlette.testclient import TestClient

from index.article import Part
from search.expansion.alternative import AlternativeKind, Change
from search.request import MAX_QUERY, SearchRequest
from search.results import Notice, NoticeKind, Relaxed, Snippet
from search.suggestions.query_help import QueryHelp
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import LABELS, REGIONS
from tests.web.markup import parse_page
from tests.web.reading import items, page_at, sent_by, titles
from tests.web.spoken import HANS
from web.parameters.requests import read_search
from web.presenters.facets import facet_requests
from web.presenters.result_item import result_item
from web.presenters.results_page import results_page
from web.serving.found_page import FoundPage
from web.settings import WebSettings

FILTERED = '/search?q=科技 "创新&source=浙江日报&source=陕西日报&published_after=2019&published_before=2026'
NOTHING = "/search?q=科技创新 碳汇贷&source=浙江日报"


def test_the_first_page_tells_what_is_here(client: TestClient) -> None:
    page = page_at(client, "/")
    text = page.find("main").text
    assert f"在 {len(ARTICLES)} 篇" in text
    assert "最新一篇：2026年2月10日" in text
    assert len(page.find("div", class_="examples").find_all("a")) == 3
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
    assert first.find("time").attributes["datetime"] == "2019-03-04"
    assert first.find("time").text == "2019年3月4日"
    assert first.find("h3").find("a").attributes["href"] == "/articles/a1?q=科技创新"


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
        item.find("h3").text.strip(): item.find("article").attributes.get("lang") for item in items(page)
    }
    assert languages["台北市推動創新計劃"] == "zh-Hant"
    assert page.find("html").attributes["lang"] == "zh-Hans"
    assert languages["浙江发布科技创新三年行动计划"] is None
    article = page_at(client, "/articles/hant:1").find("article")
    assert article.attributes["lang"] == "zh-Hant"


def test_an_article_without_date_says_so(client: TestClient) -> None:
    assert "日期不详" in items(page_at(client, "/search?q=祥里"))[0].text
    assert "日期不详" in page_at(client, "/articles/undated").find("dl", class_="article-facts").text


def test_tags_are_shown_once_and_those_for_machines_are_not(client_of: ClientFactory) -> None:
    article = replace(ARTICLES[0], tags=("dataset:demo", "科技创新"))
    page = page_at(client_of(FakeService((article,))), "/search?q=科技创新")
    (tag,) = items(page)[0].find_all("li", class_="tag")
    assert [mark.text for mark in tag.find_all("mark")] == ["科技创新"]


def test_a_snippet_of_what_is_shown_anyway_is_left_out() -> None:
    hit = FakeService().search(SearchRequest(q="社区服务", limit=1)).hits[0]
    snippets = (*hit.snippets, Snippet(Part.TAGS, 0, "社区服务、通知", ((0, 4),)))
    item = result_item(replace(hit, snippets=snippets), (), REGIONS.regions, HANS)
    assert len(item.snippets) == len(hit.snippets) == 1


def test_only_damage_carries_the_badge(client: TestClient) -> None:
    badges = [
        item.find_all("span", class_="badge")
        for item in items(page_at(client, "/search?q=科技创新&sort=oldest"))
    ]
    assert [len(found) for found in badges] == [0, 0, 1]


def test_chips_show_the_filters_and_take_one_away_each(client: TestClient) -> None:
    page = page_at(client, FILTERED)
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
    source = items(page)[0].find_all("ul", class_="facts")[0].find_all("a")[0]
    assert source.attributes["href"] == f"/search?per_page=2&source={source.text}"
    filtered = page_at(client, source.attributes["href"])
    assert filtered.find("a", class_="chip").find("bdi").text == f"来源：{source.text}"
    assert not [item for item in items(filtered) if source.text in item.links()]


def test_the_forms_keep_what_they_do_not_show(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技&source=浙江日报&sort=oldest&per_page=5&page=1")
    for form in (page.find("form", role="search"), page.find("form", class_="filters-form")):
        assert sorted(sent_by(form)) == [
            ("per_page", "5"),
            ("q", "科技"),
            ("sort", "oldest"),
            ("source", "浙江日报"),
        ]


def test_the_order_is_chosen_by_links(client: TestClient) -> None:
    nav = page_at(client, "/search?q=科技创新").find("nav", class_="sorts")
    assert list(nav.links()) == ["最新", "最早", "最新收录"]
    assert nav.find("span", aria_current="true").text == "相关度"
    oldest = page_at(client, nav.links()["最早"])
    assert oldest.find("nav", class_="sorts").find("span", aria_current="true").text == "最早"
    assert titles(oldest)[0] == "浙江发布科技创新三年行动计划"


def test_without_a_query_there_is_no_relevance(client: TestClient) -> None:
    nav = page_at(client, "/search").find("nav", class_="sorts")
    assert nav.find("span", aria_current="true").text == "最新"
    assert list(nav.links()) == ["最早", "最新收录"]


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
    assert list(nav.links()) == ["上一页", "1", "3", "4", "6", "7", "11", "下一页"]
    assert nav.find("span", aria_current="page").text == "5"
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
    notice = page.find("p", class_="notice")
    assert notice.text == "引号不成对，已按“科技 创新”搜索。 按原样搜索"
    assert (
        page_at(client, notice.links()["按原样搜索"]).find("input", id="q").attributes["value"]
        == '科技 "创新'
    )
    assert [part.text for part in page.find_all("span", class_="part")] == ["科技", "创新"]
    parts = page_at(client, '/search?q="科技" -基金').find_all("span", class_="part")
    assert [part.text for part in parts] == ["“科技”", "不含 基金"]


def test_notices_that_say_the_same_are_shown_once() -> None:
    notices = tuple(Notice(NoticeKind.UNBALANCED_BRACKET, "(", (at, 1)) for at in range(200))
    request = SearchRequest(q="科技", facets=facet_requests((), LABELS))
    result = replace(FakeService().search(request), notices=notices, repaired="科技")
    found = FoundPage(result=result, given=QueryHelp(), timeline=None)
    page = results_page(found, read_search([("q", "科技")], REGIONS), LABELS, HANS)
    assert [notice.text for notice in page.notices] == ["括号不成对，已按“科技”搜索。"]


def test_a_plain_query_is_not_explained(client: TestClient) -> None:
    assert not page_at(client, "/search?q=科技创新").find_all("p", class_="read-as")


def test_finding_nothing_comes_with_counted_ways_on(client: TestClient) -> None:
    page = page_at(client, NOTHING)
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


def test_what_was_probably_meant_is_offered_with_its_count(client: TestClient) -> None:
    [meant] = page_at(client, "/search?q=科计创新&source=陕西日报&page=2").find_all("p", class_="meant")
    assert meant.text.split() == ["您是不是要找：", "科技创新", "1", "篇"]
    assert meant.find("mark").text == "技"
    assert len(items(page_at(client, meant.links()["科技创新"]))) == 1


@pytest.mark.parametrize("q", ["科技创新", "碳汇贷"])
def test_nothing_else_is_offered_where_nothing_is_known(client: TestClient, q: str) -> None:
    assert not page_at(client, f"/search?q={q}").find_all("p", class_="meant")


def test_pages_that_change_with_each_search_stay_out_of_indexes(client: TestClient) -> None:
    assert page_at(client, "/search?q=a").find("meta", name="robots").attributes["content"] == "noindex"
    assert not page_at(client, "/articles/a1").find_all("meta", name="robots")


def test_absolute_links_come_from_the_settings_alone(client_of: ClientFactory) -> None:
    client = client_of(FakeService(), WebSettings(public_url="https://search.example"))
    page = parse_page(client.get("/articles/a1?q=x", headers={"Host": "other.example"}).text)
    assert page.find("link", rel="canonical").attributes["href"] == "https://search.example/articles/a1"
    assert not page_at(client_of(FakeService()), "/articles/a1").find_all("link", rel="canonical")


@pytest.mark.parametrize("path", ["/", "/search?q=科技", "/articles/a1"])
def test_help_at_the_box_tries_out_every_form(client: TestClient, path: str) -> None:
    help_at_box = page_at(client, path).find("details", id="box-help")
    assert "open" not in help_at_box.attributes
    *forms, (label, more) = help_at_box.links().items()
    assert len(forms) == 5
    for written, href in forms:
        assert page_at(client, href).find("input", id="q").attributes["value"] == written
    assert (label, more) == ("全部写法与约定", "/help")


def test_the_box_takes_as_much_as_a_query_may_have(client: TestClient) -> None:
    assert page_at(client, "/").find("input", id="q").attributes["maxlength"] == str(MAX_QUERY)


def test_the_help_page_tries_out_every_example(client: TestClient) -> None:
    table = page_at(client, "/help").find("table")
    assert len(table.links()) == 12
    for written, href in table.links().items():
        assert page_at(client, href).find("input", id="q").attributes["value"] == written


def test_the_same_search_is_exported_whole_and_can_be_subscribed_to(client: TestClient) -> None:
    page = page_at(client, "/search?q=科技&source=浙江日报&per_page=5&page=1&sort=oldest")
    links = page.find("nav", class_="ways").links()
    search = "q=科技&source=浙江日报&sort=oldest"
    assert links == {
        "订阅此搜索": f"/api/v1/search.atom?{search}",
        "导出 CSV": f"/api/v1/search.csv?{search}&per_page=10000&bom=true",
        "导出 NDJSON": f"/api/v1/search.ndjson?{search}&per_page=10000",
        "本页的 JSON": f"/api/v1/search?{search}&per_page=5",
    }
    feed = page.find("link", type="application/atom+xml")
    assert feed.attributes["href"] == links["订阅此搜索"]


@pytest.mark.parametrize(
    ("label", "asked"), [("只看完全匹配", ("match", "all")), ("只找原词", ("synonyms", "false"))]
)
def test_what_was_done_to_a_query_can_be_undone(label: str, asked: tuple[str, str]) -> None:
    found = FakeService().search(SearchRequest(q="科技", facets=facet_requests((), LABELS)))
    change = Change(AlternativeKind.SYNONYM, "科技", (0, 2), "科学技术", "names.txt:1")
    result = replace(found, relaxed=Relaxed(0, None), synonyms=(change,))
    page = results_page(
        FoundPage(result=result, given=QueryHelp(), timeline=None),
        read_search([("q", "科技"), ("page", "1")], REGIONS),
        LABELS,
        HANS,
    )
    ways = {one.way.label: one.way.href for one in (*page.notices, page.synonyms) if one and one.way}
    name, value = asked
    assert ways[label] == f"/search?q=科技&{name}={value}"
    assert page.title == "部分匹配 - 搜索：科技"


def test_a_page_of_results_says_what_its_stages_took(client: TestClient) -> None:
    stages = client.get("/search?q=科技").headers["Server-Timing"].split(", ")
    names, durations = zip(*(stage.split(";dur=") for stage in stages), strict=True)
    assert names == ("parse", "engine", "fetch", "snippets", "beside", "render")
    assert all(float(duration) >= 0 for duration in durations)
    assert float(durations[-1]) > 0

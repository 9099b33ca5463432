"""What programs get in each format, over the fake service."""

import json
from dataclasses import replace
from datetime import datetime
from typing import Final

import feedparser
import pytest
from lxml import etree
from starlette.testclient import TestClient

from index.article import RegionTag, Relation
from index.describe.times import CHINA
from index.reposts.cluster import CopyCount
from search.request import SearchRequest
from search.results import SearchResult
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.formats.reading import FORMATS, entries_of, lines_of, table_of
from tests.web.formats.test_atom import GRAMMAR
from web.formats.atom import ATOM
from web.formats.csv_text import BYTE_ORDER_MARK
from web.parameters.exports import FEED_ENTRIES
from web.settings import WebSettings

SEARCH: Final = "/api/v1/search"
NASTY: Final = "<b>𠮷</b> & \ufffe\x0b ]]> =1+1"


class Reposts(FakeService):
    """Each of its two articles is a hit that stands for both, of which the first one came first."""

    def search(self, request: SearchRequest) -> SearchResult:
        found = super().search(request)
        copies = CopyCount(others=1, earliest=self.articles[0].id)
        return replace(found, hits=tuple(replace(hit, copies=copies) for hit in found.hits))


def test_a_table_has_the_fields_that_were_asked_for(client: TestClient) -> None:
    answer = client.get(f"{SEARCH}.csv?q=鄂州&fields=id,region,document_number&per_page=2&sort=newest")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=\"policy-search.csv\"; filename*=UTF-8''policy-search-%E9%84%82%E5%B7%9E.csv"
    )
    described, other = table_of(answer.content)
    assert list(described)[:4] == ["id", "region", "region_code", "document_number"]
    assert (described["id"], described["region_code"]) == ("described", "420000|420700")
    assert described["region"] == "湖北省|湖北省/鄂州市"
    assert described["document_number"] == "鄂政发〔2024〕12号"
    assert (other["id"], other["region"]) == ("a18", "")


def test_a_byte_order_mark_is_there_if_asked_for(client: TestClient) -> None:
    mark = BYTE_ORDER_MARK.encode()
    assert client.get(f"{SEARCH}.csv?bom=true").content.startswith(mark)
    assert not client.get(f"{SEARCH}.csv").content.startswith(mark)
    assert client.get(f"{SEARCH}.ndjson?bom=true").status_code == 400


def test_lines_are_the_hits_of_the_json_answer(client: TestClient) -> None:
    query = "q=社区&per_page=2&fields=id,title,body&highlight=both"
    answer = client.get(f"{SEARCH}.ndjson?{query}")
    assert answer.headers["Content-Type"] == "application/x-ndjson"
    hits, end = lines_of(answer.content)
    whole = client.get(f"{SEARCH}.json?{query}").json()
    assert hits == whole["results"]
    assert end == {
        "end": True,
        "count": 2,
        "total": whole["total"],
        "clusters": whole["clusters"],
        "generation": whole["generation"],
        "next_cursor": None,
    }


@pytest.mark.parametrize("per_page", [90, 100, 250])
def test_cursors_lead_through_all_of_it(client_of: ClientFactory, per_page: int) -> None:
    articles = [replace(ARTICLES[0], id=f"n{number}") for number in range(260)]
    client = client_of(FakeService(articles))
    found: list[str] = []
    cursor: str | None = "*"
    while cursor is not None:
        hits, end = lines_of(
            client.get(f"{SEARCH}.ndjson?cursor={cursor}&per_page={per_page}&fields=id").content
        )
        assert end["count"] == len(hits) <= per_page
        found += [hit["id"] for hit in hits]
        cursor = end["next_cursor"]
    assert sorted(found) == sorted(article.id for article in articles)


@pytest.mark.parametrize(("number", "expected"), [(250, 250), (100, 100), (99, 99), (101, 101), (300, 260)])
@pytest.mark.parametrize("suffix", ["csv", "ndjson"])
def test_a_file_has_as_many_hits_as_asked_for(
    client_of: ClientFactory, suffix: str, number: int, expected: int
) -> None:
    client = client_of(FakeService([replace(ARTICLES[0], id=f"n{number}") for number in range(260)]))
    written = client.get(f"{SEARCH}.{suffix}?per_page={number}&fields=id").content
    assert len(table_of(written) if suffix == "csv" else lines_of(written)[0]) == expected


def test_the_second_page_of_a_file_goes_on_behind_the_first(client_of: ClientFactory) -> None:
    client = client_of(FakeService([replace(ARTICLES[0], id=f"n{number:03}") for number in range(300)]))
    files = [client.get(f"{SEARCH}.csv?per_page=120&page={page}").content for page in (1, 2, 3)]
    pages = [[row["id"] for row in table_of(written)] for written in files]
    assert [len(page) for page in pages] == [120, 120, 60]
    assert [name for page in pages for name in page] == [f"n{number:03}" for number in range(300)]


@pytest.mark.parametrize(
    ("suffix", "per_page", "status"),
    [
        ("csv", "9999", 200),
        ("csv", "10001", 400),
        ("csv", "0", 400),
        ("ndjson", "10000", 200),
        ("ndjson", "10001", 400),
        ("json", "101", 400),
        ("atom", "101", 400),
    ],
)
def test_files_may_be_larger_than_pages(client: TestClient, suffix: str, per_page: str, status: int) -> None:
    assert client.get(f"{SEARCH}.{suffix}?per_page={per_page}").status_code == status


def test_a_file_deeper_than_paging_reaches_is_refused(client: TestClient) -> None:
    answer = client.get(f"{SEARCH}.csv?per_page=6000&page=2")
    assert answer.json()["type"] == "/problems/result-window"


def test_a_feed_has_the_newest_entries(client: TestClient) -> None:
    answer = client.get(f"{SEARCH}.atom?q=企业")
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    updated = [entry.findtext(f"{{{ATOM}}}updated") for entry in entries_of(answer.content)]
    assert updated == sorted(updated, reverse=True)
    assert len(entries_of(client.get(f"{SEARCH}.atom").content)) == FEED_ENTRIES
    oldest = entries_of(client.get(f"{SEARCH}.atom?sort=oldest&per_page=3").content)
    assert len(oldest) == 3
    assert oldest[0].findtext(f"{{{ATOM}}}updated") == "2019-03-04T10:00:00+08:00"


@pytest.mark.parametrize(
    "query",
    [
        *("", "q=社区", "q=碳汇贷", "q=社区&per_page=2&page=2", "per_page=0", "highlight=none", "snippets=0"),
        *("q=" + "社" * 512, "lang=en&q=社区", "q=<b>%26"),
    ],
)
def test_every_feed_is_valid(client: TestClient, query: str) -> None:
    document = client.get(f"{SEARCH}.atom?{query}").content
    assert GRAMMAR.validate(etree.fromstring(document)), GRAMMAR.error_log
    parsed = feedparser.parse(document)
    assert not parsed.bozo
    assert parsed.feed.author


def test_ids_of_a_feed_last(client: TestClient) -> None:
    def parsed(query: str) -> tuple[str, dict[str, str]]:
        feed = feedparser.parse(client.get(f"{SEARCH}.atom?{query}").content)
        return feed.feed.id, {entry.id: entry.title for entry in feed.entries}

    feed, entries = parsed("q=社区")
    assert entries
    for same in ("q=社区", "q=社区&lang=en", "q=社区&sort=newest&per_page=2&page=2", "snippets=0&q=社区"):
        other, few = parsed(same)
        assert other == feed
        assert few.items() <= entries.items()
    assert parsed("q=养老")[0] != feed
    assert parsed("q=社区&sort=oldest")[0] != feed


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("q=社区", "社区 - 地方政策新闻搜索"),
        ("sort=oldest", "全部文章 - 地方政策新闻搜索"),
        (
            "q=社区&region=420000&year=2023..2024",
            "社区（地区：湖北省，年份：2023—2024年） - 地方政策新闻搜索",
        ),
        ("exclude_topic=能源&lang=en", "All articles (Not topic: 能源) - Regional Policy News Search"),
    ],
)
def test_a_feed_is_called_by_what_it_holds(client: TestClient, query: str, title: str) -> None:
    assert feedparser.parse(client.get(f"{SEARCH}.atom?{query}").content).feed.title == title


def test_an_entry_says_that_it_is_a_repost(client_of: ClientFactory) -> None:
    client = client_of(Reposts(ARTICLES[:2]))
    feed = feedparser.parse(client.get(f"{SEARCH}.atom?snippets=0&sort=newest").content)
    notes = {entry.link.rpartition("/")[2]: entry.summary for entry in feed.entries}
    assert notes == {
        ARTICLES[0].id: "<p>另有 1 篇转载</p>",
        ARTICLES[1].id: "<p>本篇为转载，另有 1 篇（含首发）</p>",
    }


def test_a_repost_is_no_new_entry_but_where_each_copy_is_listed(client_of: ClientFactory) -> None:
    client = client_of(Reposts(ARTICLES[:2]))

    def ids(query: str) -> list[str]:
        feed = feedparser.parse(client.get(f"{SEARCH}.atom?sort=newest&{query}").content)
        return [entry.id.rpartition(":")[2] for entry in feed.entries]

    # The first copy, as the newest one stands for both in each of these hits.
    assert set(ids("")) == {ARTICLES[0].id}
    assert set(ids("collapse=none")) == {article.id for article in ARTICLES[:2]}


ADDED = datetime(2026, 11, 28, 9, 30, tzinfo=CHINA)


class Arrived(FakeService):
    """Knows when its articles came in, and when its index was made."""

    def search(self, request: SearchRequest) -> SearchResult:
        found = super().search(request)
        return replace(found, hits=tuple(replace(hit, added=ADDED) for hit in found.hits), committed=ADDED)


@pytest.mark.parametrize("query", ["q=祥里", "q=没有的词"])
def test_what_has_no_date_was_updated_when_it_came_in(client_of: ClientFactory, query: str) -> None:
    feed = feedparser.parse(client_of(Arrived()).get(f"{SEARCH}.atom?{query}").content)
    times = {entry.updated for entry in feed.entries if "published" not in entry} | {feed.feed.updated}
    assert "2026-11-28T09:30:00+08:00" in times
    assert not any(time.startswith("1970") for time in times)


def test_links_of_a_feed_are_absolute(client_of: ClientFactory) -> None:
    service = FakeService()
    client = client_of(service, WebSettings(public_url="https://policy.example"))
    feed = feedparser.parse(client.get(f"{SEARCH}.atom?per_page=5&page=2").content)
    links = {link.rel: link.href for link in feed.feed.links if link.rel != "alternate"}
    base = f"https://policy.example{SEARCH}.atom?per_page=5"
    assert links == {
        "self": f"{base}&page=2",
        "first": base,
        "previous": base,
        "next": f"{base}&page=3",
    }
    assert feed.feed.link == "https://policy.example/search?per_page=5&page=2"
    for entry in feed.entries:
        assert entry.link.startswith("https://policy.example/articles/")
        assert client.get(entry.link.removeprefix("https://policy.example")).status_code == 200
    via = {link.href for entry in feed.entries for link in entry.links if link.rel == "via"}
    assert via <= {article.url for article in service.articles}
    assert via


def test_any_title_gets_through(client_of: ClientFactory) -> None:
    client = client_of(FakeService([replace(ARTICLES[0], title=NASTY, body=NASTY, source=NASTY)]))
    (entry,) = entries_of(client.get(f"{SEARCH}.atom").content)
    assert entry.findtext(f"{{{ATOM}}}title") == "<b>𠮷</b> & \ufffd\ufffd ]]> =1+1"
    assert (
        entry.findtext(f"{{{ATOM}}}summary") == "<p>&lt;b&gt;𠮷&lt;/b&gt; &amp; \ufffd\ufffd ]]&gt; =1+1</p>"
    )
    (cells,) = table_of(client.get(f"{SEARCH}.csv").content)
    assert cells["title"] == NASTY
    ((hit,), _) = lines_of(client.get(f"{SEARCH}.ndjson").content)
    assert hit["title"] == NASTY


def test_a_region_is_there_once(client_of: ClientFactory) -> None:
    """Though an article may be both of it and about it."""
    tags = (RegionTag("420700", Relation.ISSUED_BY, 9.0), RegionTag("420700", Relation.ABOUT, 1.0))
    client = client_of(FakeService([replace(ARTICLES[0], regions=tags)]))
    (cells,) = table_of(client.get(f"{SEARCH}.csv").content)
    assert (cells["region"], cells["region_code"]) == ("湖北省/鄂州市", "420700")
    (entry,) = entries_of(client.get(f"{SEARCH}.atom").content)
    terms = [category.get("term") for category in entry.iter(f"{{{ATOM}}}category")]
    assert terms.count("420700") == 1


@pytest.mark.parametrize("suffix", FORMATS)
def test_the_head_of_an_answer_is_that_of_the_whole(client: TestClient, suffix: str) -> None:
    whole, head = (call(f"{SEARCH}.{suffix}?q=社区") for call in (client.get, client.head))
    assert head.content == b""
    fixed = ("Content-Type", "ETag", "Link", "X-Index-Generation", "Content-Disposition")
    assert [head.headers.get(name) for name in fixed] == [whole.headers.get(name) for name in fixed]


def test_the_head_of_a_file_reads_one_page(client_of: ClientFactory) -> None:
    service = FakeService([replace(ARTICLES[0], id=f"n{number}") for number in range(1000)])
    client = client_of(service)
    client.head(f"{SEARCH}.csv?per_page=1000")
    assert len(service.requests) == 1
    client.get(f"{SEARCH}.csv?per_page=1000")
    assert len(service.requests) == 11


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_form_gets_every_format(client: TestClient, suffix: str) -> None:
    by_form = client.post(f"{SEARCH}.{suffix}", data={"q": "社区"})
    assert by_form.status_code == 200
    assert len(by_form.content) == len(client.get(f"{SEARCH}.{suffix}?q=社区").content)


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("text/csv", "text/csv; charset=utf-8"),
        ("application/x-ndjson", "application/x-ndjson"),
        ("application/atom+xml", "application/atom+xml; charset=utf-8"),
        ("text/html;q=0.9, application/atom+xml;q=0.1", "application/atom+xml; charset=utf-8"),
        ("*/*", "application/json"),
    ],
)
def test_the_accept_header_chooses(client: TestClient, accept: str, media_type: str) -> None:
    answer = client.get(SEARCH, headers={"Accept": accept})
    assert answer.headers["Content-Type"] == media_type
    assert "Accept" in answer.headers["Vary"]
    assert f'<{SEARCH}>; rel="self"' in answer.headers["Link"] or "per_page" in answer.headers["Link"]


@pytest.mark.parametrize(
    ("path", "accept"), [(f"{SEARCH}.xml", "*/*"), (f"{SEARCH}.", "*/*"), (SEARCH, "text/html")]
)
def test_another_format_is_refused(client: TestClient, path: str, accept: str) -> None:
    answer = client.get(path, headers={"Accept": accept})
    if path.endswith("."):
        assert answer.status_code in {404, 406}
        return
    assert answer.status_code == 406
    assert answer.json()["type"] == "/problems/not-acceptable"
    assert "text/csv" in answer.json()["detail"]


@pytest.mark.parametrize("suffix", FORMATS)
def test_faults_are_told_as_problems_in_every_format(client: TestClient, suffix: str) -> None:
    answer = client.get(f"{SEARCH}.{suffix}?qq=1")
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.json()["errors"][0]["suggestion"] == "q"


@pytest.mark.parametrize("suffix", FORMATS)
def test_other_sites_may_read_every_format(client: TestClient, suffix: str) -> None:
    assert client.get(f"{SEARCH}.{suffix}").headers["Access-Control-Allow-Origin"] == "*"
    assert client.options(f"{SEARCH}.{suffix}").status_code == 204


def test_browsers_get_suggestions_as_a_list(client: TestClient) -> None:
    by_address = client.get("/api/v1/suggest.opensearch?q=杭州&lang=en")
    by_accept = client.get(
        "/api/v1/suggest?q=杭州&lang=en", headers={"Accept": "application/x-suggestions+json"}
    )
    assert by_address.headers["Content-Type"] == "application/x-suggestions+json"
    assert by_address.json() == by_accept.json()
    typed, texts, said, links = by_address.json()
    assert (typed, texts, said) == ("杭州", ["杭州优化营商环境再出新规"], ["one article"])
    assert client.get(links[0].removeprefix("http://testserver")).status_code == 200
    assert "items" in client.get("/api/v1/suggest?q=杭州").json()
    assert client.get("/api/v1/suggest.csv?q=杭州").status_code == 404


def test_the_description_is_in_the_language_asked_for(client: TestClient) -> None:
    for language, name in (("zh-Hans", "政策"), ("zh-Hant", "新聞"), ("en", "Policy")):
        answer = client.get(f"/opensearch.xml?lang={language}")
        assert answer.headers["Content-Type"] == "application/opensearchdescription+xml"
        assert answer.headers["Content-Language"] == language
        assert name in answer.text
    assert client.get("/opensearch.xml?q=1").status_code == 400


def test_the_icon_of_the_description_is_there(client: TestClient) -> None:
    image = etree.fromstring(client.get("/opensearch.xml").content).findtext("{*}Image")
    assert client.get(image.removeprefix("http://testserver")).status_code == 200


def test_json_is_as_it_is_without_an_end(client: TestClient) -> None:
    assert json.loads(client.get(f"{SEARCH}.json?q=社区").content) == client.get(f"{SEARCH}?q=社区").json()

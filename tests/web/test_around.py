"""What stands around the text of an article, and what stands in the place of one that was deleted."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import date

import pytest
from starlette.testclient import TestClient

from search.errors import IndexUnavailable, SearchTimeout
from search.request import SearchRequest, SimilarRequest
from search.results import SearchResult
from search.similar import SimilarResult
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.known_regions import REGIONS
from tests.web.markup import Element
from tests.web.reading import page_at, titles
from web.app import create_app
from web.presenters.citation import citation_of, ris_record
from web.settings import WebSettings

TODAY = date(2026, 11, 28)
PUBLIC = WebSettings(public_url="https://search.example")
UNDATED = next(article for article in ARTICLES if article.id == "undated")

ClientOf = Callable[[FakeService], TestClient]


@pytest.fixture
def client_of() -> Iterator[ClientOf]:
    """Makes a client to a public site, always on the same day."""
    with ExitStack() as stack:

        def make(service: FakeService) -> TestClient:
            app = create_app(service, PUBLIC, REGIONS, today=lambda: TODAY)
            return stack.enter_context(TestClient(app))

        yield make


@pytest.fixture(scope="module")
def site() -> Iterator[TestClient]:
    with TestClient(create_app(FakeService(), PUBLIC, REGIONS, today=lambda: TODAY)) as client:
        yield client


def similar_of(page: Element) -> Element:
    return page.find("section", id="similar")


class NoIndex(FakeService):
    """Articles can be read, but nothing can be searched."""

    def __init__(self, missing: Exception) -> None:
        super().__init__()
        self.missing = missing
        self.asked: list[str] = []

    def search(self, request: SearchRequest) -> SearchResult:
        self.requests.append(request)
        raise self.missing

    def similar(self, article_id: str, request: SimilarRequest) -> SimilarResult:
        self.asked.append(f"{request.limit} like {article_id}")
        raise self.missing


def test_similar_articles_are_linked_with_what_both_mention(site: TestClient) -> None:
    page = page_at(site, "/articles/a1?q=科技")
    listed = similar_of(page).find_all("li")
    assert len(listed) == 5
    assert listed[0].find("a").attributes["href"] == "/articles/a10?q=科技"
    assert "厦门推进跨境电商综合试验区建设" in listed[0].text
    assert "厦门市发展改革委" in listed[0].text
    assert "都提到：地方 政策" in listed[0].text


def test_an_article_like_no_other_says_so(client_of: ClientOf) -> None:
    page = page_at(client_of(FakeService((UNDATED,))), "/articles/undated")
    assert "没有找到相似的文章" in similar_of(page).text


@pytest.mark.parametrize("missing", [IndexUnavailable("building"), SearchTimeout("late")])
def test_an_article_can_be_read_without_an_index(client_of: ClientOf, missing: Exception) -> None:
    page = page_at(client_of(NoIndex(missing)), "/articles/a1")
    assert "浙江发布科技创新三年行动计划" in page.find("h1").text
    assert "现在不能列出相似的文章" in similar_of(page).text


def test_the_citation_stands_on_the_page_and_in_the_file(site: TestClient) -> None:
    page = page_at(site, "/articles/described?q=货运")
    citation = page.find("section", id="citation")
    assert citation.find("p", class_="citation").text == (
        "湖北省人民政府. 省人民政府关于支持鄂州航空货运发展的通知: 鄂政发〔2024〕12号[EB/OL]. "
        "(2024-10-14)[2026-11-28]. https://news.example/described."
    )
    href = citation.links()["下载 RIS 文件"]
    answer = site.get(href)
    assert answer.headers["content-type"] == "application/x-research-info-systems; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="described.ris"'
    article = next(article for article in ARTICLES if article.id == "described")
    assert answer.content.decode() == ris_record(citation_of(article, TODAY, None))


def test_what_has_no_address_is_cited_at_that_of_the_site(site: TestClient) -> None:
    citation = page_at(site, "/articles/undated").find("p", class_="citation").text
    assert citation.endswith(" https://search.example/articles/undated.")
    assert (
        b"UR  - https://search.example/articles/undated\r\n"
        in site.get("/articles/undated/citation.ris").content
    )


def test_an_id_may_look_like_the_name_of_a_file(client_of: ClientOf) -> None:
    client = client_of(FakeService((UNDATED, replace(UNDATED, id="undated.ris", title="另一篇"))))
    assert page_at(client, "/articles/undated.ris").find("h1").text.strip() == "另一篇"
    assert "另一篇".encode() in client.get("/articles/undated.ris/citation.ris").content


def test_the_name_of_the_file_is_one_that_every_system_takes(site: TestClient) -> None:
    answer = site.get("/articles/hant:1/citation.ris")
    assert answer.headers["content-disposition"] == 'attachment; filename="hant-1.ris"'


@pytest.mark.parametrize(("article_id", "status"), [("deleted-1", 410), ("nobody", 404), ("%20", 404)])
def test_what_is_not_there_cannot_be_cited(site: TestClient, article_id: str, status: int) -> None:
    assert site.get(f"/articles/{article_id}/citation.ris").status_code == status


def test_a_print_says_when_it_was_made(site: TestClient) -> None:
    assert page_at(site, "/articles/a1").find("p", class_="print-only").text == "打印日期：2026年11月28日"


def test_the_page_of_a_deleted_article_shows_what_the_query_finds(site: TestClient) -> None:
    page = page_at(site, "/articles/deleted-1?q=科技创新", 410)
    assert page.find("h1").text == "文章已删除"
    assert "与“科技创新”有关的其他文章" in page.text
    assert set(titles(page)) == {
        "浙江发布科技创新三年行动计划",
        "西安高新区设立科技创新母基金",
        "台北市推動創新計劃",
    }
    assert page.links()["更多结果"] == "/search?q=科技创新"


@pytest.mark.parametrize("path", ["/articles/deleted-1", "/articles/deleted-1?q=没有这个词"])
def test_without_anything_to_find_it_shows_the_latest_articles(site: TestClient, path: str) -> None:
    page = page_at(site, path, 410)
    assert "最新文章" in page.text
    assert titles(page)[0] == "台北市推動創新計劃"
    assert len(titles(page)) == 5


def test_without_an_index_it_still_says_that_the_article_was_deleted(client_of: ClientOf) -> None:
    page = page_at(client_of(NoIndex(IndexUnavailable("building"))), "/articles/deleted-1", 410)
    assert "文章已删除" in page.find("h1").text


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh-Hant", ("相似文章", "引用", "下載 RIS 檔案")),
        ("en", ("Similar articles", "Cite this article", "RIS")),
    ],
)
def test_it_speaks_the_language_of_the_reader(site: TestClient, language: str, says: tuple[str, ...]) -> None:
    page = page_at(site, f"/articles/a1?lang={language}")
    for text in says:
        assert text in page.text

"""The first page in each of its states."""

import pytest
from starlette.testclient import TestClient

from index.article_reader import CorpusStats
from search.errors import IndexUnavailable
from search.results import Readiness
from tests.web.conftest import ClientFactory
from tests.web.fake_articles import ARTICLES
from tests.web.fake_service import FakeService
from tests.web.reading import items, page_at, titles


class Behind(FakeService):
    """Its index is behind by so many changes."""

    def __init__(self, lag: int) -> None:
        super().__init__()
        self.lag = lag

    def readiness(self) -> Readiness:
        return Readiness(ready=True, generation="3.118", sequence=118, lag=self.lag, reasons=())


class Building(FakeService):
    """Has stored articles, and no index yet."""

    def __init__(self, articles: int) -> None:
        super().__init__(ARTICLES[:articles], failure=IndexUnavailable("being built"))

    def readiness(self) -> Readiness:
        lag = len(self.articles)
        return Readiness(ready=False, generation=None, sequence=0, lag=lag, reasons=("being built",))

    def stats(self) -> CorpusStats:
        return FakeService(self.articles).stats()


def test_it_shows_what_is_here(client: TestClient) -> None:
    page = page_at(client, "/")
    assert f"{len(ARTICLES)} 篇" in page.find("p", class_="hero-lead").text
    assert len(titles(page)) == 10
    regions, topics = page.find_all("ul", class_="counted")
    assert [" ".join(value.text.split()) for value in regions.find_all("li")] == ["湖北省 1"]
    assert [" ".join(value.text.split()) for value in topics.find_all("li")] == ["交通运输 1", "财政补贴 1"]
    assert regions.find("a").attributes["href"] == "/search?region=420000"
    assert topics.find_all("a")[1].attributes["href"] == "/search?topic=财政补贴"


def test_what_is_counted_leads_to_as_many_articles(client: TestClient) -> None:
    for link in (
        link
        for counted in page_at(client, "/").find_all("ul", class_="counted")
        for link in counted.find_all("a")
    ):
        assert len(items(page_at(client, link.attributes["href"]))) == int(link.find("span").text)


def test_the_examples_are_words_a_phrase_and_a_region_with_a_year(client: TestClient) -> None:
    examples = page_at(client, "/").find("div", class_="examples").links()
    assert examples == {
        "科技创新": "/search?q=科技创新",
        "“营商环境”": "/search?q=“营商环境”",
        "湖北省 2024年": "/search?region=420000&year=2024",
    }
    assert items(page_at(client, examples["湖北省 2024年"]))


def test_without_a_region_there_is_no_such_example(client_of: ClientFactory) -> None:
    nowhere = [article for article in ARTICLES if not article.regions]
    examples = page_at(client_of(FakeService(nowhere)), "/").find("div", class_="examples").links()
    assert list(examples) == ["科技创新", "“营商环境”"]


@pytest.mark.parametrize(("lag", "said"), [(0, []), (1_200, ["另有 1,200 项更新正在编入索引"])])
def test_it_says_how_far_the_index_is_behind(client_of: ClientFactory, lag: int, said: list[str]) -> None:
    notices = page_at(client_of(Behind(lag)), "/").find_all("p", class_="notice")
    assert [notice.text.partition("，")[0] for notice in notices] == said


def test_without_articles_it_says_what_to_do(client_of: ClientFactory) -> None:
    page = page_at(client_of(Building(0)), "/")
    assert "还没有文章" in page.text
    assert "policy-search ingest" in page.text
    assert not page.find_all("div", class_="examples")


def test_while_the_first_index_is_built_it_says_how_much_has_come_in(client_of: ClientFactory) -> None:
    client = client_of(Building(25))
    page = page_at(client, "/", 503)
    assert "索引正在建立" in page.text
    assert "已收到 25 项更新" in page.text
    assert len(page.find_all("form", role="search")) == 1
    assert int(client.get("/").headers["retry-after"]) > 0

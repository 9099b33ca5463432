"""Copies of a text as one hit: the parameter, and what API, page and command line say of it."""

from dataclasses import replace
from datetime import UTC, datetime
from io import StringIO

import pytest
from rich.console import Console
from starlette.testclient import TestClient

from index.regions.tree import Regions
from search.request import Collapse, SearchRequest
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article
from tests.web.conftest import ClientFactory
from tests.web.known_regions import REGIONS
from tests.web.markup import parse_page
from web.commands.search import show_result
from web.parameters.requests import read_search
from web.serving.found_page import SHOWN_COPIES

COPIES = tuple(f"copy-{number:02}" for number in range(12))
OTHERS = tuple(f"other-{number}" for number in range(14))


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    """Twelve copies of one text, and fourteen texts without copies."""
    library = library_of(dict.fromkeys(COPIES, 1))
    published = datetime(2024, 3, 5, tzinfo=UTC)
    library.build(
        replace(make_article(name, "科技创新", title="科技"), published=published)
        for name in (*COPIES, *OTHERS)
    )
    return library


@pytest.fixture
def client(library: ArticleLibrary, client_of: ClientFactory) -> TestClient:
    return client_of(library.service())


@pytest.mark.parametrize("collapse", list(Collapse))
def test_the_parameter_is_read_and_left_out_where_it_is_the_default(collapse: Collapse) -> None:
    read = read_search([("q", "a"), ("collapse", collapse.value)], REGIONS)
    assert read.request.collapse is collapse
    default = collapse is Collapse.DUPLICATES
    assert read.pairs == (("q", "a"),) if default else (("q", "a"), ("collapse", "none"))
    assert read_search([], REGIONS).request.collapse is Collapse.DUPLICATES


def test_the_api_counts_articles_and_hits(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "科技", "per_page": 100}).json()
    assert (answer["total"], answer["total_exact"], answer["clusters"]) == (26, True, 15)
    assert len(answer["results"]) == 15
    [folded] = [hit for hit in answer["results"] if hit["copies"]]
    assert (folded["id"], folded["copies"], folded["earliest"]) == ("copy-00", 11, "copy-00")
    assert {hit["earliest"] for hit in answer["results"] if not hit["copies"]} == {None}


def test_each_copy_is_a_hit_on_demand(client: TestClient) -> None:
    answer = client.get("/api/v1/search", params={"q": "科技", "per_page": 100, "collapse": "none"}).json()
    assert (answer["total"], answer["clusters"], len(answer["results"])) == (26, 26, 26)
    assert [hit["copies"] for hit in answer["results"][:12]] == [11] * 12


@pytest.mark.parametrize(("collapse", "last"), [("duplicates", 2), ("none", 3)])
def test_links_lead_to_the_pages_that_there_are(collapse: str, last: int, client: TestClient) -> None:
    query = {"q": "科技", "collapse": collapse}
    ids: list[str] = []
    for number in range(1, last + 1):
        answer = client.get("/api/v1/search", params={**query, "page": number})
        ids += [hit["id"] for hit in answer.json()["results"]]
        assert ('rel="next"' in answer.headers["Link"]) is (number < last)
        page = parse_page(client.get("/search", params={**query, "page": number}).text)
        assert ("下一页" in page.links()) is (number < last)
        assert str(last + 1) not in page.links()
    assert len(ids) == len(set(ids)) == (15 if last == 2 else 26)


def test_the_page_tells_both_numbers_and_leads_to_the_copies(client: TestClient) -> None:
    page = parse_page(client.get("/search", params={"q": "科技"}).text)
    assert "15 条结果，连转载共 26 篇" in page.find("h2", class_="count").text
    [folded] = page.find_all("details", class_="copies")
    assert folded.find("summary").text == "另有 11 篇转载"
    assert "括号中为篇数，含转载" in page.find("form", class_="filters-form").text
    *copies, every = folded.find_all("li")
    shown = [copy.find("a").attributes["href"] for copy in copies]
    assert shown == [f"/articles/{name}" for name in COPIES[1 : SHOWN_COPIES + 1]]
    assert every.links() == {"全部转载与相似度": "/articles/copy-00#copies"}
    article = parse_page(client.get(every.find("a").attributes["href"].partition("#")[0]).text)
    assert article.find("section", id="copies").text.count("相似度") == 11


def test_the_list_of_copies_keeps_the_search(client: TestClient) -> None:
    query = {"q": "科技", "match": "any"}
    article = parse_page(client.get("/articles/copy-00", params=query).text)
    links = article.find("section", id="copies").find_all("a")
    kept = "?q=科技&match=any"
    assert {link.attributes["href"] for link in links} == {f"/articles/{name}{kept}" for name in COPIES[1:]}


def test_the_page_unfolds_and_folds_again(client: TestClient) -> None:
    folded = parse_page(client.get("/search", params={"q": "科技", "sort": "newest"}).text)
    unfolded = parse_page(client.get(folded.links()["逐篇列出转载"]).text)
    assert unfolded.find("h2", class_="count").text.startswith("26 条结果")
    assert unfolded.links()["合并转载"] == "/search?q=科技&sort=newest"
    assert "逐篇列出转载" not in unfolded.links()


def test_a_page_without_copies_says_nothing_of_them(
    library_of: LibraryFactory, client_of: ClientFactory
) -> None:
    library = library_of()
    library.build([make_article("a", "科技")])
    client = client_of(library.service())
    for query in ({"q": "科技"}, {"q": "航天", "collapse": "none"}):
        assert "转载" not in parse_page(client.get("/search", params=query).text).text


def test_a_page_behind_the_last_hit_counts_hits(client: TestClient) -> None:
    page = parse_page(client.get("/search", params={"q": "科技", "page": 3}).text)
    assert "这一页没有结果，共有 15 条。" in page.text


@pytest.mark.parametrize(
    ("collapse", "head"),
    [
        (Collapse.DUPLICATES, "Results: 15 (26 articles with reposts), in 9 ms, 1 to 10 shown"),
        (Collapse.NONE, "26 results, in 9 ms, 1 to 10 shown"),
    ],
)
def test_the_command_line_tells_them_too(collapse: Collapse, head: str, library: ArticleLibrary) -> None:
    printed = StringIO()
    result = library.service().search(SearchRequest(q="科技", collapse=collapse))
    show_result(replace(result, took_ms=9.0), Console(file=printed, width=200), Regions.load())
    lines = printed.getvalue().splitlines()
    assert lines[0] == head
    assert "5 March 2024 · 11 reposts · copy-00" in lines[3]

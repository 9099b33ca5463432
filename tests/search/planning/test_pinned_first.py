"""Pinned articles stand before all other hits, on every page and in one list with them."""

from datetime import UTC, datetime

import pytest

from search.request import Filters, Match, SearchRequest, Sort
from search.results import SearchResult
from search.rules.pinned import read_pins
from search.rules.query_rules import QueryRules
from search.service import SearchService
from tests.both_engines import LibraryFactory
from tests.engines import make_article, no_rules

PINS = "一号文件 => far, gone, a03\n没有的词 => far\n"
COUNT = 23


@pytest.fixture(scope="module")
def service(library_of: LibraryFactory) -> SearchService:
    """`far` does not hold the words of the query, and no article is called `gone`."""
    library = library_of()
    articles = [make_article(f"a{number:02}", "一号文件" * (number % 3 + 1)) for number in range(COUNT)]
    library.build([*articles, make_article("far", "乡村振兴", source="浙江日报")])
    folding = library.analyzer.folding
    return library.service(
        QueryRules(no_rules(folding).expander, read_pins(PINS.encode(), "pinned.txt", folding))
    )


def ids(result: SearchResult) -> list[str]:
    return [hit.article.id for hit in result.hits]


def test_pinned_articles_are_on_top_and_nowhere_else(service: SearchService) -> None:
    result = service.search(SearchRequest(q="一號文件", limit=100))
    assert ids(result)[:2] == ["far", "a03"]
    assert sorted(ids(result)) == sorted([*(f"a{number:02}" for number in range(COUNT)), "far"])
    assert [hit.article.id for hit in result.hits if hit.pinned] == ["far", "a03"]
    assert result.total == COUNT + 1


def test_the_others_keep_their_order(service: SearchService) -> None:
    plain = ids(service.search(SearchRequest(q="一号文件。", limit=100)))
    pinned = ids(service.search(SearchRequest(q="一号文件", limit=100)))
    assert pinned[2:] == [name for name in plain if name != "a03"]


@pytest.mark.parametrize("limit", [1, 2, 3, 7, 24])
def test_pages_are_pieces_of_one_list(limit: int, service: SearchService) -> None:
    whole = ids(service.search(SearchRequest(q="一号文件", limit=100)))
    pages = [
        service.search(SearchRequest(q="一号文件", offset=offset, limit=limit))
        for offset in range(0, COUNT + limit, limit)
    ]
    assert [name for page in pages for name in ids(page)] == whole
    assert {page.total for page in pages} == {COUNT + 1}


def test_a_pinned_article_has_the_score_of_the_query(service: SearchService) -> None:
    far, third, *_ = service.search(SearchRequest(q="一号文件")).hits
    plain = service.search(SearchRequest(q="一号文件。", limit=100)).hits
    assert far.score == 0
    assert third.score == next(hit.score for hit in plain if hit.article.id == "a03")


@pytest.mark.parametrize(
    ("request_", "on_top"),
    [
        pytest.param(SearchRequest(q="一号文件", sort=Sort.NEWEST), [], id="another order"),
        pytest.param(SearchRequest(q="一号文件 乡村", match=Match.ANY), [], id="another query"),
        pytest.param(
            SearchRequest(q="一号文件", filters=Filters(source=("浙江日报",))), ["far"], id="a filter"
        ),
        pytest.param(
            SearchRequest(q="一号文件", filters=Filters(exclude_source=("浙江日报",))),
            ["a03"],
            id="the other way round",
        ),
        pytest.param(
            SearchRequest(q="一号文件", filters=Filters(published_after=datetime(2024, 1, 1, tzinfo=UTC))),
            [],
            id="a filter that leaves nothing",
        ),
        pytest.param(SearchRequest(q="没有的词", match=Match.ALL), ["far"], id="where nothing else is found"),
        pytest.param(SearchRequest(q="一号文件", limit=0), [], id="no hits wanted"),
    ],
)
def test_pins_count_for(request_: SearchRequest, on_top: list[str], service: SearchService) -> None:
    result = service.search(request_)
    assert [hit.article.id for hit in result.hits if hit.pinned] == on_top
    assert ids(result)[: len(on_top)] == on_top

"""Counting says what a search says."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from search.deadline import Deadline
from search.errors import IndexUnavailable, QueryTooLong, SearchTimeout
from search.request import MAX_QUERY, Filters, Match, SearchRequest, Sort, Wording
from search.service import SearchService
from tests.both_engines import LibraryFactory
from tests.engines import make_article

TITLES = (
    "浙江省科学技术厅支持科技创新",
    "科技与创新",
    "创新驱动的科技政策",
    "湖北科技",
    "企业减税100亿元",
    "企业减税一百亿元",
)
QUERIES = (
    "",
    "科技",
    "科技创新",
    "科技创新 企业",
    "科技厅",
    "科技 -创新",
    "科技 OR 减税",
    '"科技创新"',
    "科技*",
    "title:科技",
    "100亿元",
    "没有的词语",
    "如何看待浙江省的科技创新与企业减税政策",
    '"科技',
)


@pytest.fixture(scope="module")
def service(library_of: LibraryFactory) -> SearchService:
    library = library_of()
    library.build(
        [
            replace(
                make_article(f"a{number}", "正文。", title=title, source="甲报" if number % 2 else "乙报"),
                published=datetime(2020 + number, 1, 1, tzinfo=UTC),
            )
            for number, title in enumerate(TITLES)
        ]
    )
    return library.service()


@pytest.mark.parametrize("match", Match)
@pytest.mark.parametrize("q", QUERIES)
def test_a_count_is_what_a_search_finds_in_full(service: SearchService, q: str, match: Match) -> None:
    for wording in Wording:
        for filters in (
            Filters(),
            Filters(source=("甲报",)),
            Filters(published_before=datetime(2023, 1, 1, tzinfo=UTC)),
        ):
            request = SearchRequest(q=q, match=match, wording=wording, filters=filters, limit=1)
            assert service.count(request, Deadline.never()) == service.search(request).in_full


@pytest.mark.parametrize("sort", Sort)
def test_the_order_changes_no_count(service: SearchService, sort: Sort) -> None:
    assert service.count(SearchRequest(q="科技创新", sort=sort, offset=5), Deadline.never()) == 3


def test_what_a_count_raises(service: SearchService, library_of: LibraryFactory) -> None:
    with pytest.raises(QueryTooLong):
        service.count(SearchRequest(q="科" * (MAX_QUERY + 1)), Deadline.never())
    with pytest.raises(SearchTimeout):
        service.count(SearchRequest(q="科技"), Deadline.after(-1))
    with pytest.raises(IndexUnavailable):
        library_of().service().count(SearchRequest(q="科技"), Deadline.never())

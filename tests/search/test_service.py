"""The one door: paging, orders, filters, limits, and articles that change while a search runs."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, Part, RegionTag, Relation
from search.errors import ArticleDeleted, ArticleNotFound, IndexUnavailable, QueryTooLong, ResultWindow
from search.request import MAX_WINDOW, Filters, SearchRequest, Sort
from search.results import NoticeKind, ReadPart
from search.service import SearchService
from tests.engines import Library, make_article

MORNING = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)


def dated(article_id: str, body: str, days: int | None, *, source: str | None = None) -> Article:
    """An article so many days after the first one; None for an undated one."""
    published = None if days is None else MORNING + timedelta(days=days)
    return replace(make_article(article_id, body, source=source), published=published)


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    return Library(tmp_path, analyzer)


def ids(service: SearchService, request: SearchRequest) -> list[str]:
    return [hit.article.id for hit in service.search(request).hits]


def all_pages(service: SearchService, request: SearchRequest) -> list[str]:
    """The ids of page after page, up to the first empty one; every page must give the same total."""
    seen: list[str] = []
    totals = set()
    offset = 0
    while True:
        page = service.search(replace(request, offset=offset))
        totals.add(page.total)
        if not page.hits:
            break
        assert len(page.hits) <= request.limit
        seen += [hit.article.id for hit in page.hits]
        offset += request.limit
    assert totals == {len(seen)}
    return seen


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("limit", [1, 3, 7, 50])
def test_pages_repeat_no_hit_and_lose_none(sort: Sort, limit: int, library: Library) -> None:
    """Most articles are alike, so that scores and dates are equal."""
    library.build(dated(f"a{number}", "科技" * (1 + number % 2), number % 3 or None) for number in range(23))
    service = library.service()
    walked = all_pages(service, SearchRequest(q="科技", sort=sort, limit=limit))
    assert walked == ids(service, SearchRequest(q="科技", sort=sort, limit=100))
    assert sorted(walked) == sorted(library.stored)


def test_equal_hits_are_in_the_order_of_their_ids(library: Library) -> None:
    library.build(dated(name, "科技", 0) for name in ("b", "B", "a10", "a9", "a:1"))
    service = library.service()
    for sort in Sort:
        assert ids(service, SearchRequest(q="科技", sort=sort)) == ["B", "a10", "a9", "a:1", "b"]


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        pytest.param(Sort.NEWEST, ["new", "old", "none-a", "none-b"], id="newest"),
        pytest.param(Sort.OLDEST, ["old", "new", "none-a", "none-b"], id="oldest"),
    ],
)
def test_undated_articles_are_last_in_both_orders_of_time(
    sort: Sort, order: list[str], library: Library
) -> None:
    library.build(
        [
            dated("none-b", "科技", None),
            dated("old", "科技", 0),
            dated("new", "科技", 9),
            dated("none-a", "科技", None),
        ]
    )
    assert ids(library.service(), SearchRequest(q="科技", sort=sort)) == order


@pytest.mark.parametrize(
    ("q", "asked", "used"),
    [
        pytest.param("科技", None, Sort.RELEVANCE, id="relevance with a query"),
        pytest.param("", None, Sort.NEWEST, id="newest without one"),
        pytest.param(" \u3000", None, Sort.NEWEST, id="white space is none"),
        pytest.param("科技", Sort.OLDEST, Sort.OLDEST, id="as asked"),
        pytest.param("", Sort.RELEVANCE, Sort.RELEVANCE, id="as asked without a query"),
    ],
)
def test_order_is(q: str, asked: Sort | None, used: Sort, library: Library) -> None:
    library.build([dated("a", "科技", 0), dated("b", "科技", 1)])
    result = library.service().search(SearchRequest(q=q, sort=asked))
    assert result.sort is used
    expected = ["b", "a"] if used is Sort.NEWEST else ["a", "b"]
    assert [hit.article.id for hit in result.hits] == expected


def test_an_empty_query_finds_all_articles_without_a_score(library: Library) -> None:
    library.build([make_article("a", "科技"), make_article("b")])
    result = library.service().search(SearchRequest())
    assert [(hit.article.id, hit.score, hit.highlights) for hit in result.hits] == [
        ("a", 0, {}),
        ("b", 0, {}),
    ]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(), ["a", "b", "c", "d"], id="none"),
        pytest.param(Filters(source=("湖北科技网",)), ["a"], id="source in the other script"),
        pytest.param(Filters(source=("Ｇov 网", "湖北科技網")), ["a", "b"], id="one of two"),
        pytest.param(Filters(source=("湖北",)), [], id="not a part of the name"),
        pytest.param(Filters(source=("无此来源",)), [], id="unknown source"),
        pytest.param(Filters(exclude_source=("湖北科技网",)), ["b", "c", "d"], id="all but one"),
        pytest.param(Filters(source=("gov网", "湖北科技网"), exclude_source=("湖北科技网",)), [], id="both"),
        pytest.param(Filters(published_after=MORNING + timedelta(days=1)), ["b", "c"], id="after, inclusive"),
        pytest.param(Filters(published_before=MORNING + timedelta(days=1)), ["a"], id="before, exclusive"),
        pytest.param(
            Filters(
                published_after=MORNING + timedelta(days=1), published_before=MORNING + timedelta(days=2)
            ),
            ["b"],
            id="between",
        ),
        pytest.param(
            Filters(source=("gov 网",), published_before=MORNING + timedelta(days=1)),
            [],
            id="all have to match",
        ),
    ],
)
@pytest.mark.parametrize("q", ["科技", ""], ids=["query", "no query"])
def test_filters_keep(q: str, filters: Filters, expected: list[str], library: Library) -> None:
    library.build(
        [
            dated("a", "科技", 0, source="湖北科技網"),
            dated("b", "科技", 1, source="GOV 网"),
            dated("c", "科技", 2),
            dated("d", "科技", None, source=""),
        ]
    )
    result = library.service().search(SearchRequest(q=q, filters=filters))
    assert sorted(hit.article.id for hit in result.hits) == expected
    assert result.total == len(expected)


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        pytest.param(Filters(region=("420000",)), ["district", "ezhou", "province"], id="a province"),
        pytest.param(Filters(region=("420700",)), ["district", "ezhou"], id="a city"),
        pytest.param(Filters(region=("420704",)), ["district"], id="a district"),
        pytest.param(Filters(region=("420704", "430000")), ["district", "hunan"], id="one of two"),
        pytest.param(Filters(region=("440000",)), [], id="a region that nothing is about"),
        pytest.param(Filters(exclude_region=("420700",)), ["hunan", "none", "province"], id="all but a city"),
        pytest.param(
            Filters(region=("420000",), exclude_region=("420704",)), ["ezhou", "province"], id="both"
        ),
    ],
)
def test_a_filter_on_a_region_keeps_all_below_it(
    filters: Filters, expected: list[str], library: Library
) -> None:
    codes = {"province": "420000", "ezhou": "420700", "district": "420704", "hunan": "430100"}
    library.build(
        [
            make_article("none", "科技"),
            *(
                replace(make_article(name, "科技"), regions=(RegionTag(code, Relation.ABOUT, 1.0),))
                for name, code in codes.items()
            ),
        ]
    )
    assert sorted(ids(library.service(), SearchRequest(q="科技", filters=filters))) == expected


def test_filters_do_not_change_scores(library: Library) -> None:
    library.build([dated("a", "科技发展", 0, source="甲"), dated("b", "科技", 1, source="乙")])
    service = library.service()
    [alone] = service.search(SearchRequest(q="科技", filters=Filters(source=("乙",)))).hits
    both = service.search(SearchRequest(q="科技")).hits
    assert alone.score == next(hit.score for hit in both if hit.article.id == "b")


# Limits


def test_the_last_page_of_the_window_is_given_and_the_next_refused(library: Library) -> None:
    library.build([make_article("a", "科技")])
    service = library.service()
    assert service.search(SearchRequest(q="科技", offset=MAX_WINDOW - 10, limit=10)).total == 1
    with pytest.raises(ResultWindow, match="10000"):
        service.search(SearchRequest(q="科技", offset=MAX_WINDOW - 9, limit=10))


def test_a_page_behind_the_last_hit_is_empty(library: Library) -> None:
    library.build([make_article("a", "科技")])
    result = library.service().search(SearchRequest(q="科技", offset=10, limit=10))
    assert (result.total, result.hits, result.offset, result.limit) == (1, (), 10, 10)


def test_a_query_too_long_is_refused_for_searches_and_articles(library: Library) -> None:
    library.build([make_article("a", "科技")])
    with pytest.raises(QueryTooLong):
        library.service().search(SearchRequest(q="科" * 513))
    with pytest.raises(QueryTooLong):
        library.service().article("a", "科" * 513)


# What an answer says


def test_an_answer_says_how_the_query_was_read(library: Library) -> None:
    library.build([make_article("a", "科技中心")])
    result = library.service().search(SearchRequest(q="（科技 -改革", limit=5, snippets=1, snippet_length=2))
    assert (result.q, result.repaired, result.limit) == ("（科技 -改革", "科技 -改革", 5)
    assert result.read_as == (ReadPart("word", "科技", (1, 2)), ReadPart("not", "改革", (4, 3)))
    assert [notice.kind for notice in result.notices] == [NoticeKind.UNBALANCED_BRACKET]
    assert result.took_ms > 0
    [hit] = result.hits
    assert hit.highlights == {Part.BODY: ((0, 2),)}
    assert [snippet.text for snippet in hit.snippets] == ["科技"]
    assert hit.score > 0
    assert not hit.highlights_truncated


def test_more_marks_than_are_given_are_announced(library: Library) -> None:
    library.build([make_article("a", "局，" * 1001)])
    [hit] = library.service().search(SearchRequest(q="局")).hits
    assert hit.highlights_truncated
    assert library.service().article("a", "局").highlights_truncated


def test_generation_rises_with_each_commit_and_rebuild(library: Library) -> None:
    library.build([make_article("a", "科技")])
    service = library.service()
    seen = [service.search(SearchRequest()).generation]
    library.change([make_article("b", "科技")], [])
    seen.append(service.search(SearchRequest()).generation)
    library.build([make_article("a", "科技")])
    seen.append(service.search(SearchRequest()).generation)
    numbers = [tuple(map(int, generation.split("."))) for generation in seen]
    assert numbers == sorted(set(numbers))
    assert [folder for folder, _ in numbers] == [1, 1, 2]


# Articles


def test_an_article_is_given_with_its_marks_and_what_came_in(library: Library) -> None:
    library.build([make_article("a", "科技中心", title="科技")])
    view = library.service().article("a", "科技 -改革")
    assert view.article == library.stored["a"]
    assert view.original == library.original("a")
    assert view.highlights == {Part.TITLE: ((0, 2),), Part.BODY: ((0, 2),)}
    assert [part.kind for part in view.read_as] == ["word", "not"]


def test_an_article_without_a_query_has_no_marks(library: Library) -> None:
    library.build([make_article("a", "科技中心")])
    assert library.service().article("a").highlights == {}


def test_marks_of_an_article_are_those_of_its_hit(library: Library) -> None:
    library.build([make_article("a", "发展，改革")])
    service = library.service()
    [hit] = service.search(SearchRequest(q="改革发展")).hits
    assert service.article("a", "改革发展").highlights == hit.highlights


def test_an_unknown_article_is_not_found(library: Library) -> None:
    library.build([make_article("a")])
    with pytest.raises(ArticleNotFound, match="b"):
        library.service().article("b")


def test_a_deleted_article_is_known_to_be_deleted(library: Library) -> None:
    library.build([make_article("a"), make_article("b")])
    library.change([], ["a"])
    with pytest.raises(ArticleDeleted, match="a"):
        library.service().article("a")


def test_an_article_deleted_after_the_index_was_read_is_left_out(
    library: Library, caplog: pytest.LogCaptureFixture
) -> None:
    """The index is behind: it still counts the article, whose text nobody has any more."""
    library.build([make_article("a", "科技"), make_article("b", "科技")])
    del library.stored["a"]
    caplog.set_level("INFO")
    result = library.service().search(SearchRequest(q="科技"))
    assert ([hit.article.id for hit in result.hits], result.total) == (["b"], 2)
    assert "1 hits were deleted" in caplog.text


# Readiness


def test_ready_with_an_index(library: Library) -> None:
    library.build([make_article("a"), make_article("b")])
    readiness = library.service().readiness()
    assert (readiness.ready, readiness.generation, readiness.sequence, readiness.lag) == (True, "1.1", 2, 0)
    assert readiness.reasons == ()


def test_lag_counts_what_is_not_indexed_yet(library: Library) -> None:
    library.build([make_article("a")])
    library.sequence += 3
    assert library.service().readiness().lag == 3


def test_not_ready_without_an_index_and_the_reason_is_given(library: Library) -> None:
    library.sequence = 4
    readiness = library.service().readiness()
    assert (readiness.ready, readiness.generation, readiness.sequence, readiness.lag) == (False, None, 0, 4)
    assert readiness.reasons == ("no index has been built yet",)
    with pytest.raises(IndexUnavailable):
        library.service().search(SearchRequest())


def test_stats_are_those_of_the_stored_articles(library: Library) -> None:
    library.build([make_article("a"), dated("b", "", 0)])
    assert library.service().stats() == library.stats()

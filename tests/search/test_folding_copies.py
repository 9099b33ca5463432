"""Copies of a text are one hit, and everything that counts, pages and orders hits agrees with that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.reposts.cluster import CopyCount
from search.errors import ResultWindow
from search.request import MAX_WINDOW, Collapse, Filters, Match, SearchRequest, Sort
from search.results import Matched, SearchResult
from search.rules.pinned import read_pins
from search.rules.query_rules import QueryRules
from search.service import SearchService
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article, no_rules

WORDS = ("科技", "创新", "养老", "服务", "补贴", "湖北省", "林业")
SOURCES = ("甲报", "乙报", None)
DAY = datetime(2024, 3, 1, tzinfo=UTC)
ARTICLES = 60
PINNED = "科技服务"
PINS = f"{PINNED} => a07, gone, a03, a41, a55\n"
"""a07 and a41 are copies of one text; no article is called `gone`."""

REQUESTS = (
    pytest.param(SearchRequest(q="科技"), id="one word"),
    pytest.param(SearchRequest(q="科技 OR 养老"), id="either"),
    pytest.param(SearchRequest(q="湖北省养老服务补贴"), id="a long run in part"),
    pytest.param(SearchRequest(q="林业 航天"), id="in part where nothing has all"),
    pytest.param(SearchRequest(q="养老 林业", match=Match.ANY), id="any"),
    pytest.param(SearchRequest(q="航天"), id="nothing"),
    pytest.param(SearchRequest(), id="everything"),
    pytest.param(SearchRequest(sort=Sort.RELEVANCE), id="everything by id"),
    pytest.param(SearchRequest(q="科技", sort=Sort.NEWEST), id="newest first"),
    pytest.param(SearchRequest(q="科技", sort=Sort.OLDEST), id="oldest first"),
    pytest.param(SearchRequest(q="科技", filters=Filters(source=("甲报",))), id="a filter"),
    pytest.param(
        SearchRequest(q="服务", filters=Filters(published_after=DAY + timedelta(days=3))), id="a date"
    ),
    pytest.param(SearchRequest(q=PINNED), id="pinned"),
    pytest.param(SearchRequest(q=PINNED, filters=Filters(source=("甲报",))), id="pinned, with a filter"),
    pytest.param(SearchRequest(q=PINNED, match=Match.EXACT), id="pinned, and not found"),
)


@dataclass(frozen=True, slots=True)
class Shelf:
    """A library with its service, and the cluster of each article; its own id where it has no copies."""

    library: ArticleLibrary
    service: SearchService

    def cluster(self, article_id: str) -> int | str:
        return self.library.clusters.get(article_id, article_id)


def article(random: Random, number: int) -> Article:
    body = "，".join(random.choices(WORDS, k=random.randint(1, 8)))
    made = make_article(f"a{number:02}", body, source=random.choice(SOURCES))
    published = None if random.random() < 0.2 else DAY + timedelta(days=random.randrange(6))
    return replace(made, published=published)


@pytest.fixture(scope="module")
def shelf(library_of: LibraryFactory, analyzer: Analyzer) -> Shelf:
    """Copies differ in what they hold, so that they match, score and date apart from one another."""
    random = Random(6)
    clusters = {f"a{number:02}": random.randrange(9) for number in range(ARTICLES) if number % 3}
    library = library_of(clusters | {"a07": 100, "a41": 100, "a14": 100, "a55": 101, "a20": 101})
    library.build(article(random, number) for number in range(ARTICLES))
    folding = analyzer.folding
    pinned = read_pins(PINS.encode(), "pinned.txt", folding)
    return Shelf(library, library.service(QueryRules(no_rules(folding).expander, pinned)))


def ids(result: SearchResult) -> list[str]:
    return [hit.article.id for hit in result.hits]


def folded(whole: SearchResult, shelf: Shelf) -> list[str]:
    """All hits, one by one, folded by hand: pinned ones, then the first of each cluster that has none yet."""
    kept = [hit.article.id for hit in whole.hits if hit.pinned]
    seen = {shelf.cluster(name) for name in kept}
    for hit in whole.hits:
        cluster = shelf.cluster(hit.article.id)
        if not hit.pinned and cluster not in seen:
            kept.append(hit.article.id)
            seen.add(cluster)
    return kept


def walked(shelf: Shelf, request: SearchRequest, limit: int) -> tuple[list[str], set[tuple[int, int]]]:
    """The ids of page after page, up to the first empty one, and what the pages say of all hits."""
    seen: list[str] = []
    counts: set[tuple[int, int]] = set()
    while True:
        page = shelf.service.search(replace(request, offset=len(seen), limit=limit))
        counts.add((page.total, page.clusters))
        if not page.hits:
            return seen, counts
        assert len(page.hits) <= limit
        seen += ids(page)


@pytest.mark.parametrize("limit", [1, 4, 100])
@pytest.mark.parametrize("request_", REQUESTS)
def test_pages_of_clusters_are_the_articles_folded_by_hand(
    request_: SearchRequest, limit: int, shelf: Shelf
) -> None:
    whole = shelf.service.search(replace(request_, collapse=Collapse.NONE, limit=100))
    assert whole.clusters == whole.total == len(whole.hits)
    expected = folded(whole, shelf)
    seen, counts = walked(shelf, request_, limit)
    assert seen == expected
    assert counts == {(whole.total, len(expected))}


def test_the_requests_fold_something_and_leave_something(shelf: Shelf) -> None:
    """Without this the test before it could say nothing."""
    result = shelf.service.search(SearchRequest(q="科技"))
    assert 1 < result.clusters < result.total
    pinned = shelf.service.search(SearchRequest(q=PINNED, limit=100))
    assert [hit.article.id for hit in pinned.hits if hit.pinned] == ["a07", "a03", "a41", "a55"]
    assert {hit.matched for hit in pinned.hits if hit.pinned} > {Matched.NONE}
    assert not {"a14", "a20"} & set(ids(pinned))


def test_no_cluster_comes_twice_but_by_pins(shelf: Shelf) -> None:
    seen, _ = walked(shelf, SearchRequest(), 7)
    clusters = [shelf.cluster(name) for name in seen]
    assert len(clusters) == len(set(clusters))
    assert set(clusters) == {shelf.cluster(name) for name in shelf.library.stored}


@pytest.mark.parametrize("collapse", list(Collapse))
def test_a_hit_says_how_many_copies_there_are_whether_or_not_they_match(
    collapse: Collapse, shelf: Shelf
) -> None:
    hits = shelf.service.search(SearchRequest(q="林业", collapse=collapse, limit=100)).hits
    assert {hit.copies is None for hit in hits} == {True, False}
    for hit in hits:
        name = hit.article.id
        copies = sorted(
            other for other in shelf.library.stored if shelf.cluster(other) == shelf.cluster(name)
        )
        assert hit.copies == (CopyCount(len(copies) - 1, copies[0]) if len(copies) > 1 else None)


@pytest.mark.parametrize(
    ("sort", "first"),
    [
        pytest.param(Sort.RELEVANCE, "often", id="the one that scores most"),
        pytest.param(Sort.NEWEST, "new", id="the newest one"),
        pytest.param(Sort.OLDEST, "old", id="the oldest one"),
    ],
)
def test_the_copy_that_stands_for_the_others_is(sort: Sort, first: str, library_of: LibraryFactory) -> None:
    library = library_of(dict.fromkeys(("old", "often", "new", "silent"), 1))
    library.build(
        dated(
            ("old", "科技，经济", 1),
            ("often", "科技，科技", 2),
            ("new", "经济，科技", 3),
            ("silent", "经济", 9),
        )
    )
    [hit] = library.service().search(SearchRequest(q="科技", sort=sort)).hits
    assert (hit.article.id, hit.copies) == (first, CopyCount(3, "new"))


def dated(*rows: tuple[str, str, int]) -> Iterable[Article]:
    for name, body, days in rows:
        yield replace(make_article(name, body), published=DAY + timedelta(days=days))


def test_a_full_copy_stands_for_one_that_has_a_part(library_of: LibraryFactory) -> None:
    bodies: Sequence[tuple[str, str, int]] = (
        ("part", "湖北省，养老，湖北省，养老，服务", 1),
        ("full", "湖北省，养老，服务，补贴" + "，经济" * 40, 1),
    )
    library = library_of({"part": 1, "full": 1})
    library.build(dated(*bodies))
    result = library.service().search(SearchRequest(q="湖北省养老服务补贴"))
    assert (ids(result), result.total, result.clusters) == (["full"], 2, 1)
    assert result.relaxed is not None
    assert (result.relaxed.strict_total, result.hits[0].matched) == (1, Matched.ALL)


def test_the_window_counts_hits(shelf: Shelf) -> None:
    for collapse in Collapse:
        request = SearchRequest(q="科技", collapse=collapse, offset=MAX_WINDOW - 1, limit=1)
        assert shelf.service.search(request).hits == ()
        with pytest.raises(ResultWindow):
            shelf.service.search(replace(request, limit=2))

"""Walks through all hits: by cursors over several requests, and in one go."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from search import recent_states
from search.errors import InvalidCursor, SnapshotGone
from search.expansion.expander import Expander
from search.ranking import Ranking
from search.request import FIRST_CURSOR, MAX_WINDOW, Collapse, FacetRequest, Filters, SearchRequest, Sort
from search.results import SearchResult
from search.rules.pinned import read_pins
from search.rules.query_rules import QueryRules
from search.service import SearchService
from tests.engines import Library, make_article

ARTICLES = 120
MORNING = datetime(2024, 3, 5, 1, 0, tzinfo=UTC)
SCIENCE = SearchRequest(q="科技", limit=7, snippets=0)


def an_article(number: int) -> Article:
    """Scores, dates and copies are equal for many."""
    published = None if number % 5 == 0 else MORNING + timedelta(days=number % 4)
    return replace(make_article(f"a{number:05}", "科技" * (1 + number % 3)), published=published)


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    articles = [an_article(number) for number in range(ARTICLES)]
    clusters = {article.id: number // 3 for number, article in enumerate(articles) if number % 4}
    library = Library(tmp_path, analyzer, clusters=clusters)
    library.build(articles)
    return library


def pages(service: SearchService, request: SearchRequest) -> Iterator[SearchResult]:
    """One request after the other, each with the cursor of the one before."""
    cursor: str | None = FIRST_CURSOR
    while cursor is not None:
        page = service.search(replace(request, cursor=cursor))
        yield page
        cursor = page.next_cursor


def ids(found: Iterator[SearchResult]) -> list[str]:
    return [hit.article.id for page in found for hit in page.hits]


def all_at_once(service: SearchService, request: SearchRequest) -> list[str]:
    return [hit.article.id for hit in service.search(replace(request, limit=MAX_WINDOW)).hits]


REQUESTS = [
    pytest.param(replace(SCIENCE, sort=sort, collapse=collapse, q=q), id=f"{q} {sort.value} {collapse.value}")
    for sort in (Sort.RELEVANCE, Sort.NEWEST, Sort.ADDED)
    for collapse in Collapse
    for q in ("科技", "")
]


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_walk_gives_each_hit_once_while_articles_come_and_go(
    request_: SearchRequest, library: Library
) -> None:
    service, random = library.service(), Random(3)
    expected = all_at_once(service, request_)
    before = dict(library.stored)
    seen, generations = [], set()
    for number, page in enumerate(pages(service, request_)):
        seen += [hit.article.id for hit in page.hits]
        generations.add(page.generation)
        assert page.offset == number * request_.limit
        library.change([an_article(1000 + number)], random.sample(sorted(library.stored), 3))
        # What was deleted is still in the state that is walked through; the articles are read as they are.
        library.stored = before | library.stored
    assert seen == expected
    assert len(generations) == 1
    assert all_at_once(service, request_) != expected, "others see what was done meanwhile"


def test_control_numbered_pages_lose_and_repeat_hits(library: Library) -> None:
    """What a walk would be without a state of its own."""
    service = library.service()
    request = replace(SCIENCE, sort=Sort.ADDED)
    expected, seen = all_at_once(service, request), []
    for offset in range(0, ARTICLES, request.limit):
        seen += [hit.article.id for hit in service.search(replace(request, offset=offset)).hits]
        library.change([make_article(f"A{offset:05}", "科技")], [expected[0]] if offset == 0 else [])
    assert len(seen) > len(set(seen))
    assert seen != expected


@pytest.mark.parametrize("request_", REQUESTS)
def test_a_walk_in_one_go_is_the_same(request_: SearchRequest, library: Library) -> None:
    service = library.service()
    expected = all_at_once(service, request_)
    walk = service.walk(replace(request_, facets=(FacetRequest(field="year"),)))
    first = next(walk)
    library.change([an_article(1000)], [])
    others = list(walk)
    assert ids(iter([first, *others])) == expected
    assert first.facets
    assert not any(page.facets for page in others)
    assert ids(service.walk(replace(request_, offset=9))) == all_at_once(service, request_)[9:]


def test_pages_without_a_cursor_have_none(library: Library) -> None:
    assert library.service().search(SCIENCE).next_cursor is None


def test_the_last_page_has_no_cursor_and_no_page_is_empty(library: Library) -> None:
    service = library.service()
    for limit in (1, 39, 40, 1_000):
        found = list(pages(service, replace(SCIENCE, limit=limit)))
        assert all(page.hits for page in found)
        assert len(found) == -(-found[0].clusters // limit)
    assert service.search(replace(SCIENCE, limit=0, cursor=FIRST_CURSOR)).next_cursor is None
    assert service.search(replace(SCIENCE, q="没有", cursor=FIRST_CURSOR)).next_cursor is None


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"q": "改革"}, id="query"),
        pytest.param({"filters": Filters(year=("2024",))}, id="filters"),
        pytest.param({"sort": Sort.OLDEST}, id="order"),
        pytest.param({"collapse": Collapse.NONE}, id="copies"),
    ],
)
def test_a_cursor_is_only_for_its_search(other: dict[str, object], library: Library) -> None:
    service = library.service()
    cursor = service.search(replace(SCIENCE, cursor=FIRST_CURSOR)).next_cursor
    with pytest.raises(InvalidCursor, match="of another search"):
        service.search(replace(SCIENCE, cursor=cursor, **other))  # type: ignore[arg-type]
    assert service.search(replace(SCIENCE, cursor=cursor, limit=2, snippets=1)).offset == SCIENCE.limit


def test_a_cursor_whose_state_is_gone_has_expired(library: Library) -> None:
    cursor = library.service().search(replace(SCIENCE, cursor=FIRST_CURSOR)).next_cursor
    library.change([an_article(1000)], [])
    other_process = library.service()
    with pytest.raises(SnapshotGone, match="start again"):
        other_process.search(replace(SCIENCE, cursor=cursor))


@pytest.mark.parametrize("held_seconds", [60.0, 0.0])
def test_a_walk_goes_on_in_another_process_that_had_its_state(
    held_seconds: float, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though nobody asked that process for a page of it, and a commit came in between."""
    monkeypatch.setattr(recent_states, "HANDOVER_SECONDS", held_seconds)
    one, other = library.service(), library.service()
    assert one.readiness().ready
    assert other.readiness().ready
    expected = all_at_once(one, SCIENCE)
    first = one.search(replace(SCIENCE, cursor=FIRST_CURSOR))
    library.change([an_article(1000)], [])
    assert other.readiness().ready
    request = replace(SCIENCE, cursor=first.next_cursor)
    if held_seconds:
        assert [hit.article.id for hit in other.search(request).hits] == expected[7:14]
    else:
        with pytest.raises(SnapshotGone):
            other.search(request)


def test_a_walk_ends_where_what_is_pinned_on_top_has_changed(library: Library) -> None:
    folding = library.analyzer.folding
    rules = [
        QueryRules(Expander(folding, ()), read_pins(text.encode(), "pinned.txt", folding))
        for text in ("科技 => a00003", "科技 => a00004")
    ]
    engine = library.engine()
    one, same, other = (library.service(rule, engine=engine) for rule in (rules[0], rules[0], rules[1]))
    first = one.search(replace(SCIENCE, cursor=FIRST_CURSOR))
    assert same.search(replace(SCIENCE, cursor=first.next_cursor)).hits
    with pytest.raises(SnapshotGone, match="changed meanwhile"):
        other.search(replace(SCIENCE, cursor=first.next_cursor))


def test_what_was_new_stays_new_for_a_whole_walk(library: Library) -> None:
    now = (MORNING + timedelta(days=4)).timestamp()
    clock = iter(now + 40 * 86_400 * number for number in range(1_000))
    service = library.service(
        ranking=Ranking(recency_days=1.0, recency_weight=5.0), clock=lambda: next(clock)
    )
    first = service.search(replace(SCIENCE, limit=1_000, cursor=FIRST_CURSOR))
    later = service.search(replace(SCIENCE, limit=1_000))
    expected = [hit.score for hit in first.hits]
    assert expected != [hit.score for hit in later.hits]
    clock = iter(now + 40 * 86_400 * number for number in range(1_000))
    assert [hit.score for page in pages(service, SCIENCE) for hit in page.hits] == expected


@pytest.mark.slow
def test_a_walk_over_ten_thousand_hits(tmp_path: Path, analyzer: Analyzer) -> None:
    library = Library(tmp_path, analyzer)
    library.build(an_article(number) for number in range(13_000))
    service = library.service()
    seen: list[str] = []
    for number, page in enumerate(pages(service, replace(SCIENCE, limit=100, collapse=Collapse.NONE))):
        seen += [hit.article.id for hit in page.hits]
        if number % 20 == 0:
            library.change([an_article(20_000 + number)], [])
    assert len(seen) == len(set(seen)) == 13_000 > MAX_WINDOW
    scores = [1 + int(name[1:]) % 3 for name in seen]
    assert all(one >= other for one, other in pairwise(scores))

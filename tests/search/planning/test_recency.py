"""New articles score a little more where that is set: how much, for which searches, and nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analysis.analyzer import Analyzer
from index.article import Article
from search.language.parser import parse
from search.plan import Maybe, Recent, Word
from search.planning.match_modes import Attempts
from search.planning.recency import DAY, recency_curve, with_recency
from search.ranking import Ranking
from search.request import Explaining, Match, Recency, SearchRequest, Sort
from search.results import SearchResult
from search.score_parts import ScoreKind
from search.service import SearchService
from tests.both_engines import LibraryFactory
from tests.engines import ArticleLibrary, make_article

TODAY = datetime(2024, 3, 5, tzinfo=UTC)
NOON = TODAY.timestamp() + DAY / 2
YEAR = 365
ON = Ranking(recency_days=YEAR)
AGES = {"today": 0, "future": -400, "year": YEAR, "two-years": 2 * YEAR, "undated": None}
CURVE = Recent("published", int(TODAY.timestamp()), YEAR * DAY, ON.recency_weight)


def shelf() -> Iterator[Article]:
    for name, days in AGES.items():
        article = make_article(name, "科技创新")
        yield replace(article, published=None if days is None else TODAY - timedelta(days=days))
    yield replace(
        make_article("better", "科技创新", title="科技创新"), published=TODAY - timedelta(days=9 * YEAR)
    )


@pytest.fixture(scope="module")
def library(library_of: LibraryFactory) -> ArticleLibrary:
    library = library_of()
    library.build(shelf())
    return library


@pytest.fixture
def service(library: ArticleLibrary) -> SearchService:
    return library.service(ranking=ON, clock=lambda: NOON)


def ids(result: SearchResult) -> list[str]:
    return [hit.article.id for hit in result.hits]


def test_newer_ones_of_equal_articles_stand_first_and_better_ones_before_all(service: SearchService) -> None:
    result = service.search(SearchRequest(q="科技创新"))
    assert ids(result) == ["better", "future", "today", "year", "two-years", "undated"]


def test_a_half_life_halves_what_being_new_adds(library: ArticleLibrary, service: SearchService) -> None:
    request = SearchRequest(q="科技创新", explaining=Explaining.SCORES)
    plain = {hit.article.id: hit.score for hit in library.service().search(request).hits}
    for hit in service.search(request).hits:
        added = {
            "today": ON.recency_weight,
            "future": ON.recency_weight,
            "year": ON.recency_weight / 2,
            "two-years": ON.recency_weight / 4,
            "better": ON.recency_weight / 2**9,
            "undated": 0.0,
        }[hit.article.id]
        assert hit.score == pytest.approx(plain[hit.article.id] + added)
        parts = [part.score for part in hit.score_parts or () if part.kind is ScoreKind.RECENCY]
        assert parts == ([pytest.approx(added)] if added else [])


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(SearchRequest(q="科技创新", recency=Recency.OFF), id="not asked for"),
        pytest.param(SearchRequest(q="“科技创新”"), id="quoted"),
        pytest.param(SearchRequest(q="科技 “创新”"), id="quoted in part"),
        pytest.param(SearchRequest(q='"科技 创新"~9'), id="near"),
        pytest.param(SearchRequest(q="科技创新", match=Match.EXACT), id="exact"),
        pytest.param(SearchRequest(q="科技创新", sort=Sort.OLDEST), id="another order"),
        pytest.param(SearchRequest(sort=Sort.RELEVANCE), id="everything"),
        pytest.param(SearchRequest(q="year:2020..2030"), id="nothing but a field"),
        pytest.param(SearchRequest(q="-经济"), id="nothing but an exclusion"),
    ],
)
def test_it_is_off_for(request_: SearchRequest, library: ArticleLibrary, service: SearchService) -> None:
    plain, found = library.service().search(request_), service.search(request_)
    assert found.hits
    assert [(hit.article.id, hit.score) for hit in found.hits] == [
        (hit.article.id, hit.score) for hit in plain.hits
    ]


@pytest.mark.parametrize("q", ["科技创新", "科技创新发展规划", "创新 航天", "科技 OR 航天", "科技*"])
def test_it_finds_what_is_found_without_it(q: str, library: ArticleLibrary, service: SearchService) -> None:
    for match in Match:
        request = SearchRequest(q=q, match=match, limit=100)
        plain, found = library.service().search(request), service.search(request)
        assert sorted(ids(found)) == sorted(ids(plain))
        assert (found.total, found.relaxed) == (plain.total, plain.relaxed)
        assert [hit.matched for hit in found.hits] == [hit.matched for hit in plain.hits]


def test_it_is_off_by_default() -> None:
    assert Ranking().recency_days == 0


@pytest.mark.parametrize("days", [-1, 0.5])
def test_a_half_life_is_a_day_or_more(days: float) -> None:
    with pytest.raises(ValueError, match="recency_days"):
        Ranking(recency_days=days)


@given(now=st.floats(0, 86_399.9))
def test_an_answer_stays_the_same_for_a_day(now: float, analyzer: Analyzer) -> None:
    query = parse("科技", analyzer.folding).query
    moment = TODAY.timestamp() + now
    assert recency_curve(SearchRequest(q="科技"), query, Sort.RELEVANCE, ON, moment) == CURVE
    after = recency_curve(SearchRequest(q="科技"), query, Sort.RELEVANCE, ON, moment + DAY)
    assert after == replace(CURVE, now=CURVE.now + DAY)


def test_every_attempt_is_scored_by_it_and_the_lift_stays() -> None:
    full, some, less = Word("full"), Word("some"), Word("less")
    asked = Attempts(full, some, less, 9.0)
    scored = Attempts(Maybe(full, CURVE), Maybe(some, CURVE), Maybe(less, CURVE), 9.0)
    assert with_recency(asked, CURVE) == scored
    assert with_recency(Attempts(full), CURVE) == Attempts(Maybe(full, CURVE))
    assert with_recency(asked, None) is asked

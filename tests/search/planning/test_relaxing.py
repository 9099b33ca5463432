"""Searches in full and in part: how many, what is said of them, and which words a page lacks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article, Part
from search.deadline import Deadline
from search.engine import Explanation, Matches, ScoredId, Snapshot, WordCounts
from search.errors import SearchTimeout
from search.language.query import Run
from search.plan import ByScore, Constant, Every, Facet, Maybe, Node, Plan, Word
from search.planning.match_modes import Attempts
from search.planning.relaxing import Found, dropped_words, search_in_steps
from search.request import Match, SearchRequest, Sort
from search.results import Dropped, Matched, Relaxed, SearchResult
from search.service import SearchService
from search.whoosh.snapshot import WhooshSnapshot
from tests.engines import Library, make_article

LIFT = 9.0
FULL, SOME, FALLBACK = Word("full"), Word("partial"), Word("fallback")
PARTIAL = Maybe(SOME, Constant(FULL, LIFT))
NO_HITS = Matches(0, ())
PLAN = Plan(
    query=Every(),
    filters=(Word("f"),),
    order=ByScore(),
    offset=20,
    limit=10,
    facets=(Facet("source", (), 3),),
)


@dataclass
class Counting:
    """A snapshot with so many articles for each query; it keeps the plans."""

    totals: dict[Node, int]
    score: float = 1.0
    plans: list[Plan] = field(default_factory=list)
    generation: str = "1.1"
    committed: datetime | None = None
    sequence: int = 1

    def search(self, plan: Plan, _deadline: Deadline) -> Matches:
        self.plans.append(plan)
        return Matches(self.totals[plan.query], (ScoredId(repr(plan.query), self.score),))

    def explain(self, query: Node, article_id: str, deadline: Deadline) -> Explanation | None:
        raise NotImplementedError

    def explain_each(
        self, query: Node, ids: Iterable[str], deadline: Deadline
    ) -> Iterator[tuple[str, Explanation | None]]:
        raise NotImplementedError

    def scores(self, query: Node, ids: Iterable[str], deadline: Deadline) -> dict[str, float]:
        raise NotImplementedError

    def words_with(self, prefix: str) -> int:
        raise NotImplementedError

    def count_words(self, words: Iterable[str]) -> WordCounts:
        raise NotImplementedError

    def words(self) -> Iterable[tuple[str, int]]:
        raise NotImplementedError


@pytest.mark.parametrize(
    ("attempts", "totals", "asked", "shown", "strict_total"),
    [
        pytest.param(Attempts(FULL), (3, 0, 0), [FULL], FULL, None, id="all that is asked for"),
        pytest.param(Attempts(FULL), (0, 0, 0), [FULL], FULL, None, id="nothing"),
        pytest.param(
            Attempts(FULL, fallback=FALLBACK), (3, 0, 9), [FULL], FULL, None, id="the fallback is not needed"
        ),
        pytest.param(
            Attempts(FULL, fallback=FALLBACK), (0, 0, 9), [FULL, FALLBACK], FALLBACK, 0, id="it is needed"
        ),
        pytest.param(
            Attempts(FULL, fallback=FALLBACK), (0, 0, 0), [FULL, FALLBACK], FALLBACK, None, id="in vain"
        ),
        pytest.param(
            Attempts(FULL, SOME, FALLBACK, LIFT), (3, 7, 9), [PARTIAL, FULL], PARTIAL, 3, id="some in full"
        ),
        pytest.param(
            Attempts(FULL, SOME, FALLBACK, LIFT), (7, 7, 9), [PARTIAL, FULL], PARTIAL, None, id="all in full"
        ),
        pytest.param(
            Attempts(FULL, SOME, FALLBACK, LIFT), (0, 7, 9), [PARTIAL, FULL], PARTIAL, 0, id="none in full"
        ),
        pytest.param(
            Attempts(FULL, SOME, FALLBACK, LIFT), (0, 0, 9), [PARTIAL, FALLBACK], FALLBACK, 0, id="less still"
        ),
        pytest.param(
            Attempts(FULL, SOME, lift=LIFT), (0, 0, 0), [PARTIAL], PARTIAL, None, id="nothing in part"
        ),
    ],
)
def test_the_engine_is_asked(
    attempts: Attempts,
    totals: tuple[int, int, int],
    asked: list[Node],
    shown: Node,
    strict_total: int | None,
) -> None:
    snapshot = Counting(dict(zip((FULL, PARTIAL, FALLBACK), totals, strict=True)))
    found = search_in_steps(snapshot, PLAN, attempts, Deadline.never())
    assert [plan.query for plan in snapshot.plans] == asked
    assert len(asked) <= 2
    assert found.matches.hits == (ScoredId(repr(shown), 1.0),)
    assert found.strict_total == strict_total
    assert found.ranked == (FULL if attempts.fallback is None and not found.matches.total else shown)
    assert (found.scored, found.lift) == ((SOME, LIFT) if found.ranked == PARTIAL else (found.ranked, 0.0))
    pages = [plan for plan in snapshot.plans if plan.query == shown]
    assert pages == [replace(PLAN, query=shown)]


@pytest.mark.parametrize(
    ("found", "score", "matched", "shown"),
    [
        pytest.param(Found(NO_HITS, FULL, FULL), 2.5, Matched.ALL, 2.5, id="all that was asked for"),
        pytest.param(Found(NO_HITS, FALLBACK, FALLBACK, 0), 2.5, Matched.PART, 2.5, id="nothing has all"),
        pytest.param(
            Found(NO_HITS, PARTIAL, SOME, 3, LIFT), LIFT + 2.5, Matched.ALL, 2.5, id="one of those with all"
        ),
        pytest.param(
            Found(NO_HITS, PARTIAL, SOME, 3, LIFT), 8.5, Matched.PART, 8.5, id="one of those with a part"
        ),
        pytest.param(
            Found(NO_HITS, PARTIAL, SOME, None, LIFT), LIFT, Matched.ALL, 0.0, id="all of them have all"
        ),
    ],
)
def test_what_lifts_a_hit_is_no_part_of_its_score(
    found: Found, score: float, matched: Matched, shown: float
) -> None:
    assert (found.matched(score), found.shown(score)) == (matched, shown)


def test_what_is_only_counted_costs_no_page() -> None:
    snapshot = Counting({FULL: 3, PARTIAL: 7})
    search_in_steps(snapshot, PLAN, Attempts(FULL, SOME, lift=LIFT), Deadline.never())
    assert snapshot.plans[1] == replace(PLAN, query=FULL, limit=0, facets=())


@pytest.mark.parametrize(
    ("offset", "score", "searches", "strict_total"),
    [
        pytest.param(0, LIFT - 0.5, 1, 0, id="the first hit of all has a part"),
        pytest.param(0, LIFT, 2, 3, id="the first hit of all has all"),
        pytest.param(20, LIFT - 0.5, 2, 3, id="the first of a later page says nothing"),
    ],
)
def test_full_hits_are_counted_where_the_page_does_not_say_that_there_are_none(
    offset: int, score: float, searches: int, strict_total: int
) -> None:
    snapshot = Counting({FULL: 3, PARTIAL: 7}, score)
    plan = replace(PLAN, offset=offset)
    found = search_in_steps(snapshot, plan, Attempts(FULL, SOME, lift=LIFT), Deadline.never())
    assert (len(snapshot.plans), found.strict_total) == (searches, strict_total)


# Over an index

LONG = "湖北省养老服务补贴"
FIRST, LAST = datetime(2024, 1, 1, tzinfo=UTC), datetime(2024, 12, 1, tzinfo=UTC)


def shelf() -> Iterable[Article]:
    return (
        replace(make_article("full", "补贴：湖北省的养老和服务", source="甲报"), published=FIRST),
        replace(make_article("half", "养老服务", source="乙报"), published=LAST),
        replace(make_article("one", "服务", title="经济"), published=LAST),
        replace(make_article("none", "林业", source="甲报"), published=LAST),
    )


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    library = Library(tmp_path, analyzer)
    library.build(shelf())
    return library


@pytest.fixture
def service(library: Library) -> SearchService:
    return library.service()


def ids(result: SearchResult) -> list[str]:
    return [hit.article.id for hit in result.hits]


@pytest.mark.parametrize(
    ("q", "found", "relaxed"),
    [
        pytest.param(LONG, ["full", "half", "one"], Relaxed(1, ()), id="a long run in part, full first"),
        pytest.param("养老服务", ["full", "half"], None, id="a short run in full"),
        pytest.param(
            "服务林业",
            ["none", "one", "half", "full"],
            Relaxed(0, ()),
            id="a short run in part where nothing has all of it",
        ),
        pytest.param(
            "  养老　林业 航天",
            ["none", "half", "full"],
            Relaxed(0, (Dropped("航天", (8, 2)),)),
            id="over all runs; what no hit has, with its place",
        ),
        pytest.param(
            "经济航天深海雷达",
            ["one"],
            Relaxed(0, tuple(Dropped("航天深海雷达"[at : at + 2], (2 + at, 2)) for at in (0, 2, 4))),
            id="one word of four",
        ),
        pytest.param(
            "服務 航天",
            ["one", "half", "full"],
            Relaxed(0, (Dropped("航天", (3, 2)),)),
            id="in the other script",
        ),
        pytest.param("航天 雷达", [], None, id="nothing at all"),
        pytest.param('"养老服务补贴" 服务', [], None, id="a phrase is never dropped"),
        pytest.param(
            '"养老服务" 航天 服务',
            ["half"],
            Relaxed(0, (Dropped("航天", (7, 2)),)),
            id="words beside a phrase are",
        ),
        pytest.param(
            "服务 航天 -养老", ["one"], Relaxed(0, (Dropped("航天", (3, 2)),)), id="nor an exclusion"
        ),
        pytest.param(
            f"{LONG} -养老",
            ["one"],
            Relaxed(0, (Dropped("湖北省", (0, 3)), Dropped("养老", (3, 2)), Dropped("补贴", (7, 2)))),
            id="nor one beside a long run",
        ),
        pytest.param(
            "服务 航天 source:甲报", ["full"], Relaxed(0, (Dropped("航天", (3, 2)),)), id="nor a field"
        ),
        pytest.param("服务 航天 source:丙报", [], None, id="even where nothing is left"),
        pytest.param(
            "服务 航天 date:2024-01", ["full"], Relaxed(0, (Dropped("航天", (3, 2)),)), id="nor a date"
        ),
        pytest.param(
            "标题：服务 标题：经济",
            ["one"],
            Relaxed(0, ()),
            id="words in the title stay there",
        ),
        pytest.param(
            "服务 标题：航天雷达",
            ["one", "half", "full"],
            Relaxed(0, (Dropped("航天", (6, 2)), Dropped("雷达", (8, 2)))),
            id="words behind the name of a field have their own places",
        ),
    ],
)
def test_smart_finds(q: str, found: list[str], relaxed: Relaxed | None, service: SearchService) -> None:
    result = service.search(SearchRequest(q=q))
    assert sorted(ids(result)) == sorted(found)
    assert (result.total, result.relaxed) == (len(found), relaxed)
    for word in () if result.relaxed is None else result.relaxed.dropped or ():
        start, length = word.span
        assert q[start : start + length] == word.text


def test_a_word_of_a_run_that_is_not_in_the_query_as_it_was_read_has_the_place_of_the_run(
    library: Library, analyzer: Analyzer
) -> None:
    run = Run("航天雷达", span=(3, 6))
    snapshot = library.engine().snapshot()
    dropped = dropped_words(
        run, "服务 航天··雷达", ["one"], analyzer, snapshot=snapshot, deadline=Deadline.never()
    )
    assert dropped == (Dropped("航天", (3, 6)), Dropped("雷达", (3, 6)))


def test_hits_are_answered_though_no_time_is_left_to_say_what_they_lack(
    service: SearchService, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def late(_snapshot: Snapshot, _query: Node, _article_id: str, _deadline: Deadline) -> None:
        raise SearchTimeout("too late")

    caplog.set_level("INFO")
    request = SearchRequest(q="服务 航天")
    in_time = service.search(request)
    monkeypatch.setattr(WhooshSnapshot, "explain", late)
    result = service.search(request)
    assert ids(result) == ids(in_time)
    assert result.relaxed == Relaxed(0, None)
    assert "no time was left" in caplog.text


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_by_date_only_full_matches_come_first(sort: Sort, service: SearchService) -> None:
    result = service.search(SearchRequest(q=LONG, sort=sort))
    assert (ids(result), result.relaxed) == (["full"], None)
    result = service.search(SearchRequest(q=f"{LONG} 航天", sort=sort))
    newest = ["half", "one", "full"]
    assert ids(result) == (newest if sort is Sort.NEWEST else ["full", "half", "one"])
    assert result.relaxed == Relaxed(0, (Dropped("航天", (10, 2)),))


@pytest.mark.parametrize("limit", [1, 2])
def test_pages_go_on_in_part_and_name_what_each_of_them_lacks(limit: int, service: SearchService) -> None:
    walked: list[str] = []
    for offset in range(0, 3, limit):
        page = service.search(SearchRequest(q=LONG, offset=offset, limit=limit))
        assert page.total == 3
        assert page.relaxed is not None
        assert page.relaxed.strict_total == 1
        walked += ids(page)
    assert walked == ids(service.search(SearchRequest(q=LONG))) == ["full", "half", "one"]
    last = service.search(SearchRequest(q=LONG, offset=2, limit=1))
    assert last.relaxed == Relaxed(
        1, (Dropped("湖北省", (0, 3)), Dropped("养老", (3, 2)), Dropped("补贴", (7, 2)))
    )


@pytest.mark.parametrize("q", [LONG, "服务 航天"])
@pytest.mark.parametrize(
    ("offset", "limit"),
    [
        pytest.param(50, 10, id="behind the last hit"),
        pytest.param(0, 0, id="of no hits"),
    ],
)
def test_of_a_page_without_hits_nothing_is_said_of_words(
    q: str, offset: int, limit: int, service: SearchService
) -> None:
    result = service.search(SearchRequest(q=q, offset=offset, limit=limit))
    assert result.hits == ()
    assert result.relaxed is not None
    assert result.relaxed.dropped is None


@pytest.mark.parametrize(
    ("match", "q", "found"),
    [
        pytest.param(Match.ALL, LONG, ["full"], id="all"),
        pytest.param(Match.ALL, "服务 航天", [], id="all, or nothing"),
        pytest.param(Match.ANY, "林业 航天 -养老", ["none"], id="any, but what is excluded"),
        pytest.param(Match.ANY, LONG, ["full", "half", "one"], id="any word"),
        pytest.param(Match.EXACT, "养老服务", ["half"], id="exactly"),
        pytest.param(Match.EXACT, "养老 服务", ["half"], id="white space is looked through"),
        pytest.param(Match.EXACT, "养老 OR 服务", [], id="operators are text"),
        pytest.param(Match.EXACT, "", ["full", "half", "none", "one"], id="nothing is everything"),
    ],
)
def test_other_ways_to_match_relax_nothing(
    match: Match, q: str, found: list[str], service: SearchService
) -> None:
    result = service.search(SearchRequest(q=q, match=match))
    assert (sorted(ids(result)), result.relaxed) == (found, None)


def test_hits_in_part_are_marked_by_the_words_that_they_have(service: SearchService) -> None:
    marked = {
        hit.article.id: [hit.article.body[start : start + length] for start, length in spans]
        for hit in service.search(SearchRequest(q=LONG)).hits
        for spans in (hit.highlights[Part.BODY],)
    }
    assert marked == {
        "full": ["补贴", "湖北省", "养老", "服务"],
        "half": ["养老", "服务"],
        "one": ["服务"],
    }
    assert service.article("one", LONG).highlights == {Part.BODY: ((0, 2),)}
    assert service.search(SearchRequest(q=LONG, match=Match.ANY)).hits[-1].highlights

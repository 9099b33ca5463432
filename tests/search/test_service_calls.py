"""What a search asks of the engine and of the articles."""

import time
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.text.repair import Repairer
from search.deadline import SEARCH_SECONDS, Deadline
from search.engine import Explanation, Matches, ScoredId, WordCounts
from search.plan import ByDate, Direction, Grouping, Node, Plan
from search.ranking import Ranking
from search.request import SearchRequest, Sort
from search.service import SearchService
from tests.engines import Library, make_article, no_rules, regions_of


class Recorder:
    """An engine with one hit that keeps the plans it was asked."""

    generation = "1.1"
    committed = None
    sequence = 1

    def __init__(self) -> None:
        self.plans: list[Plan] = []

    def snapshot(self) -> "Recorder":
        return self

    def pin(self, generation: str) -> "Recorder":
        raise NotImplementedError

    def passed_over(self) -> tuple[str, ...]:
        return ()

    def search(self, plan: Plan, deadline: Deadline) -> Matches:
        assert 0 < deadline.moment - time.monotonic() <= SEARCH_SECONDS
        self.plans.append(plan)
        return Matches(total=1, hits=(ScoredId("a", 1.5),), clusters=1)

    def explain(self, query: Node, article_id: str, deadline: Deadline) -> Explanation | None:
        raise NotImplementedError

    def explain_each(
        self, _query: Node, ids: Iterable[str], _deadline: Deadline
    ) -> Iterator[tuple[str, Explanation | None]]:
        assert not list(ids)
        return iter(())

    def scores(self, query: Node, ids: Iterable[str], deadline: Deadline) -> dict[str, float]:
        raise NotImplementedError

    def words_with(self, prefix: str) -> int:
        raise NotImplementedError

    def count_words(self, words: Iterable[str]) -> WordCounts:
        raise NotImplementedError

    def words(self) -> Iterable[tuple[str, int]]:
        raise NotImplementedError

    def close(self) -> None:
        self.plans.clear()


@dataclass(slots=True)
class Shelf(Library):
    """A library that remembers which articles were asked for together."""

    asked: list[list[str]] = field(default_factory=list)

    def articles(self, ids: Iterable[str]) -> Mapping[str, Article]:
        self.asked.append(list(ids))
        return {name: self.stored[name] for name in self.asked[-1]}


def test_a_search_asks_the_engine_once_and_reads_all_articles_at_once(
    tmp_path: Path, analyzer: Analyzer
) -> None:
    engine, shelf = Recorder(), Shelf(tmp_path, analyzer, {"a": make_article("a", "科技")})
    folding = analyzer.folding
    service = SearchService(
        engine,
        shelf,
        analyzer,
        Ranking(),
        Repairer.load(folding),
        regions=regions_of(folding),
        rules=no_rules(folding),
    )
    result = service.search(SearchRequest(q="科技", sort=Sort.OLDEST, offset=20, limit=7))
    [plan] = engine.plans
    assert (plan.order, plan.offset, plan.limit) == (ByDate("published", Direction.OLDEST_FIRST), 20, 7)
    assert (plan.filters, plan.facets, plan.grouping) == ((), (), Grouping.CLUSTERS)
    assert shelf.asked == [["a"]]
    [hit] = result.hits
    assert hit.score == 1.5

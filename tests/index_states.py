"""Articles to fill an index with, and all that it answers, so that two states of it can be compared."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from random import Random

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Article
from index.documents import to_document
from index.writer import IndexStore, IndexWriter
from search.deadline import Deadline
from search.engine import SearchEngine, Snapshot
from search.language.parser import parse
from search.plan import ByScore, Plan
from search.planning.planner import plan_query
from search.ranking import Ranking
from tests.engines import make_article

ADDED = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
"""When the articles are said to have been stored."""

WORDS = ("科技创新", "产业集群", "营商环境", "乡村振兴", "武汉", "葛店", "光电子", "走廊", "数字经济", "鄂州")

QUERIES = ("", *WORDS, "创", "武汉 走廊", "产业 OR 葛店", '"数字经济"', "科技 -武汉")

Answers = Mapping[str, tuple[tuple[str, float], ...]]
"""For each query the ids of all matching articles with their scores, best first."""


def some_articles(names: Iterable[str], seed: int = 0) -> list[Article]:
    """Articles with these ids; another seed gives other texts."""
    return [_article(name, Random(f"{seed} {name}")) for name in names]


def _article(name: str, random: Random) -> Article:
    body = "，".join(random.choices(WORDS, k=random.randint(2, 12)))
    return make_article(name, body, title=random.choice(WORDS))


def put_all(writer: IndexWriter, articles: Iterable[Article], analyzer: Analyzer) -> None:
    """Put the articles; they are not committed."""
    for article in articles:
        writer.put(to_document(article, analyzer, ADDED, None), writer.sequence + 1)


@contextmanager
def live_writer(store: IndexStore) -> Iterator[IndexWriter]:
    """A writer on the live generation, closed at the end."""
    with closing(store.live()) as writer:
        yield writer


def answers(engine: SearchEngine, analyzer: Analyzer) -> Answers:
    """What the newest state answers to QUERIES."""
    return answers_of(engine.snapshot(), analyzer)


def answers_of(snapshot: Snapshot, analyzer: Analyzer) -> Answers:
    """What a snapshot answers to QUERIES."""
    return {q: _answer(snapshot, analyzer, q) for q in QUERIES}


def ids(snapshot: Snapshot, analyzer: Analyzer, q: str = "") -> set[str]:
    """The matching articles; all of them without a query."""
    return {name for name, _ in _answer(snapshot, analyzer, q)}


def _answer(snapshot: Snapshot, analyzer: Analyzer, q: str) -> tuple[tuple[str, float], ...]:
    ranking = Ranking()
    query = plan_query(parse(q, analyzer.folding).query, analyzer, ranking)
    plan = Plan(query=query, filters=(), order=ByScore(), offset=0, limit=100_000)
    matches = snapshot.search(plan, Deadline.never())
    assert matches.total == len(matches.hits)
    return tuple((hit.id, hit.score) for hit in matches.hits)


def assert_same(one: Answers, other: Answers) -> None:
    """The same articles in the same order, and the same scores but for the rounding of a sum."""
    for q in QUERIES:
        assert [name for name, _ in one[q]] == [name for name, _ in other[q]], q
        scores = [score for _, score in other[q]]
        assert [score for _, score in one[q]] == pytest.approx(scores, rel=1e-9, abs=1e-9), q

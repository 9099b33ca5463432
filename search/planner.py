"""From a query and its filters to the plan that an engine runs."""

from datetime import UTC, datetime, timedelta

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.documents import PUBLISHED
from search.plan import (
    And,
    ByDate,
    ByScore,
    Characters,
    Constant,
    DateRange,
    Direction,
    Every,
    Keyword,
    Maybe,
    Node,
    Not,
    Or,
    Order,
    Word,
)
from search.query import And as QueryAnd
from search.query import Everything, Phrase, Query, Run
from search.query import Not as QueryNot
from search.query import Or as QueryOr
from search.ranking import Ranking
from search.request import Filters, Sort


def plan_query(query: Query, analyzer: Analyzer, ranking: Ranking) -> Node:
    """The scored plan of a query tree."""
    match query:
        case Everything():
            return Every()
        case Run() | Phrase():
            matching = _matching(query, analyzer)
            return Maybe(Constant(matching, 0.0), _score(query, analyzer, ranking))
        case QueryAnd(children):
            return And(tuple(plan_query(child, analyzer, ranking) for child in children))
        case QueryOr(children):
            return Or(tuple(plan_query(child, analyzer, ranking) for child in children))
        case QueryNot(child):
            return Not(plan_query(child, analyzer, ranking))


def plan_filters(filters: Filters, analyzer: Analyzer) -> tuple[Node, ...]:
    """The unscored plan of the filters; all of them have to match."""
    nodes: list[Node] = []
    if filters.source:
        nodes.append(Keyword("source", tuple(map(analyzer.keyword, filters.source))))
    if filters.exclude_source:
        nodes.append(Not(Keyword("source", tuple(map(analyzer.keyword, filters.exclude_source)))))
    if filters.region:
        nodes.append(Keyword("region", filters.region))
    if filters.exclude_region:
        nodes.append(Not(Keyword("region", filters.exclude_region)))
    if filters.published_after is not None or filters.published_before is not None:
        low, high = _seconds(filters.published_after), _seconds(filters.published_before)
        nodes.append(DateRange(PUBLISHED, low, high))
    return tuple(nodes)


def order_of(sort: Sort) -> Order:
    """The engine's order for a caller's sort."""
    match sort:
        case Sort.RELEVANCE:
            return ByScore()
        case Sort.NEWEST:
            return ByDate(PUBLISHED, Direction.NEWEST_FIRST)
        case Sort.OLDEST:
            return ByDate(PUBLISHED, Direction.OLDEST_FIRST)


def _matching(leaf: Run | Phrase, analyzer: Analyzer) -> Node:
    characters = Characters(analyzer.characters(leaf.text))
    if isinstance(leaf, Phrase) or len(characters.text) == 1:
        return characters
    words = analyzer.query_words(leaf.text)
    if words == (characters.text,):
        return characters
    return Or((characters, And(tuple(map(Word, words)))))


def _score(leaf: Run | Phrase, analyzer: Analyzer, ranking: Ranking) -> Node:
    text = analyzer.characters(leaf.text)
    return Or(
        (
            *map(Word, analyzer.scored_words(leaf.text)),
            Constant(Characters(text), ranking.run_bonus),
            Constant(Characters(text, (Part.TITLE,)), ranking.title_run_bonus),
        )
    )


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def _seconds(moment: datetime | None) -> int | None:
    """Seconds since 1970, rounded up: stored times are whole seconds, so no bound changes its meaning."""
    return None if moment is None else -((_EPOCH - moment) // timedelta(seconds=1))

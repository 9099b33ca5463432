"""Query and request as one plan that every engine can run."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.query import And as QueryAnd
from search.query import Everything, Phrase, Query, Run
from search.query import Not as QueryNot
from search.query import Or as QueryOr
from search.ranking import Ranking
from search.request import Filters, Sort


@dataclass(frozen=True, slots=True)
class Every:
    """All articles; scores 0."""


@dataclass(frozen=True, slots=True)
class Word:
    """Articles that hold this as a word; scores BM25."""

    text: str


@dataclass(frozen=True, slots=True)
class Characters:
    """Articles where these folded characters stand in this order inside one of the parts; scores 0."""

    text: str
    parts: tuple[Part, ...] = tuple(Part)


@dataclass(frozen=True, slots=True)
class Keyword:
    """Articles with one of these exact values; scores 0."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Published:
    """Articles published at or after `low` and before `high` (seconds since 1970 UTC); scores 0."""

    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match all; scores the sum. Empty: all articles."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match at least one; scores the sum of those that match. Empty: none."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Articles that do not match; scores 0."""

    node: "Node"


@dataclass(frozen=True, slots=True)
class Maybe:
    """Articles that match `node`; where `extra` matches too, its score is added."""

    node: "Node"
    extra: "Node"


@dataclass(frozen=True, slots=True)
class Constant:
    """Articles that match `node`, each with this score."""

    node: "Node"
    score: float


Node = Every | Word | Characters | Keyword | Published | And | Or | Not | Maybe | Constant


class Order(Enum):
    """Score descending, or time with undated last; ties by id ascending."""

    SCORE = "score"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an engine runs: scored `query`, unscored `filters`, order and the page of hits wanted."""

    query: Node
    filters: tuple[Node, ...]
    order: Order
    offset: int
    limit: int


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
        nodes.append(Published(_seconds(filters.published_after), _seconds(filters.published_before)))
    return tuple(nodes)


def order_of(sort: Sort) -> Order:
    """The engine's order for a caller's sort."""
    return {Sort.RELEVANCE: Order.SCORE, Sort.NEWEST: Order.NEWEST, Sort.OLDEST: Order.OLDEST}[sort]


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

"""What an engine runs: a query as a tree of nodes with fixed meanings, filters, order, page and counts.

Every node says which articles match and what each of them scores. Characters are folded and have no white
space or controls in them; a place is where they stand in one part of an article.
"""

from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from index.article import Part

ALL_PARTS = tuple(Part)


class Anchor(Enum):
    """Where in a part characters have to stand: anywhere, at its start, or as all of it."""

    ANYWHERE = "anywhere"
    START = "start"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Every:
    """All articles; scores 0."""


@dataclass(frozen=True, slots=True)
class Word:
    """Articles that hold this as a word; scores BM25."""

    text: str


@dataclass(frozen=True, slots=True)
class Prefix:
    """Articles that hold a word that begins with this; scores 0. Empty: articles that hold any word."""

    text: str


@dataclass(frozen=True, slots=True)
class Characters:
    """Articles where these characters stand in this order inside one of the parts; scores 0. Empty: none."""

    text: str
    parts: tuple[Part, ...] = ALL_PARTS
    anchor: Anchor = Anchor.ANYWHERE


@dataclass(frozen=True, slots=True)
class Pairs:
    """Articles where at least `count` (1 or more) of the different pairs of neighbouring characters of the
    text stand inside the parts; scores `weight` times the sum of BM25 over those that do. The frequency of a
    pair is how often it stands in the parts, the length how many characters these have. Spaces part the text:
    no pair has one. Text without pairs: none."""

    text: str
    count: int = 1
    weight: float = 1.0
    parts: tuple[Part, ...] = ALL_PARTS

    @property
    def pairs(self) -> tuple[str, ...]:
        """Those of the text, each once."""
        return tuple(dict.fromkeys(pair for pair in map("".join, pairwise(self.text)) if " " not in pair))


@dataclass(frozen=True, slots=True)
class Near:
    """Articles where both stand inside one of the parts, in any order, not overlapping, with at most `gap`
    characters between them; scores 0. One of them empty: none."""

    first: str
    second: str
    gap: int
    parts: tuple[Part, ...] = ALL_PARTS


@dataclass(frozen=True, slots=True)
class Keyword:
    """Articles with one of these exact values; scores 0."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """Articles without any value of a keyword field; scores 0."""

    field: str


@dataclass(frozen=True, slots=True)
class DateRange:
    """Articles whose date `field` (of `index.documents.DATE_FIELDS`) is at or after `low` and before `high`,
    in seconds since 1970 UTC; None leaves that end open. Articles without that date never match. Scores 0."""

    field: str
    low: int | None
    high: int | None


@dataclass(frozen=True, slots=True)
class Recent:
    """Articles that have the date `field` (of `index.documents.DATE_FIELDS`); scores `weight` at the moment
    `now`, half of it one `half_life` before, a quarter two before. What is dated later counts as `now`. All
    in seconds, `now` since 1970 UTC, and `half_life` above 0."""

    field: str
    now: int
    half_life: int
    weight: float


@dataclass(frozen=True, slots=True)
class And:
    """Articles that match all; scores the sum. Empty: all articles."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Articles that match at least one; scores the sum of those that match. Empty: none."""

    nodes: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Articles that match at least `count` (1 or more) of the nodes, equal nodes counting each; scores the
    sum of those that match."""

    count: int
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


Node = (
    Every
    | Word
    | Prefix
    | Characters
    | Pairs
    | Near
    | Keyword
    | Missing
    | DateRange
    | Recent
    | And
    | Or
    | AtLeast
    | Not
    | Maybe
    | Constant
)


@dataclass(frozen=True, slots=True)
class ByScore:
    """The best first; ties by id ascending."""


class Direction(Enum):
    NEWEST_FIRST = "newest-first"
    OLDEST_FIRST = "oldest-first"


@dataclass(frozen=True, slots=True)
class ByDate:
    """By the date `field`, articles without it last; ties by id ascending."""

    field: str
    direction: Direction


Order = ByScore | ByDate


class Grouping(Enum):
    """What a hit is: an article, or a cluster of copies, shown by its first article in the order asked for.

    An article that is in no cluster is one of its own.
    """

    ARTICLES = "articles"
    CLUSTERS = "clusters"


class FacetOrder(Enum):
    """Which values of a facet come first: the commonest, ties by value ascending; or the smallest values."""

    COMMONEST = "commonest"
    BY_VALUE = "by-value"


@dataclass(frozen=True, slots=True)
class Facet:
    """Count the values of a keyword field among the articles that match the query and these `filters`: as a
    rule those of the plan, without its own.

    Wanted are the first `limit` of those values that begin with `prefix` and have a count above 0, in this
    order; and the `named` ones, whatever they begin with and however rare they are.
    """

    field: str
    filters: tuple[Node, ...]
    limit: int
    named: tuple[str, ...] = ()
    prefix: str = ""
    order: FacetOrder = FacetOrder.COMMONEST


class Interval(Enum):
    """A period of the calendar in China's time (+08:00)."""

    YEAR = "year"
    MONTH = "month"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Histogram:
    """Count the articles that match the plan by the period that their date `field` lies in."""

    field: str
    interval: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The scored `query`, unscored `filters` that all have to match, the order, and the page of hits wanted.

    `offset` and `limit` count hits, so clusters where these are what a hit is.
    """

    query: Node
    filters: tuple[Node, ...]
    order: Order
    offset: int
    limit: int
    grouping: Grouping = Grouping.ARTICLES
    facets: tuple[Facet, ...] = ()
    histograms: tuple[Histogram, ...] = ()

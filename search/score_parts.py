"""What the score of a hit is made of, in terms of the query: the leaves of an engine's explanation."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum

from index.article import Part
from search.deadline import Deadline
from search.engine import Explanation, Snapshot
from search.errors import SearchTimeout
from search.plan import (
    ALL_PARTS,
    And,
    Characters,
    Constant,
    Keyword,
    Near,
    Node,
    Or,
    Pairs,
    Recent,
    Word,
)

_log = logging.getLogger(__name__)


class ScoreKind(Enum):
    """What of a query adds to a score."""

    WORD = "word"
    PAIR = "pair"
    """Two neighbouring characters."""
    IN_ONE_PIECE = "in-one-piece"
    """A text that stands as it was typed."""
    OTHER_WAY = "other-way"
    """A text that stands in another way to write it, and not as it was typed."""
    NEAR = "near"
    VALUE = "value"
    """The exact value of a field."""
    RECENCY = "recency"
    """How new it is; there is no text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorePart:
    """One number that a score is made of. `parts` are those of the article that count, `facts` the numbers
    that it is reckoned from (see `search.engine.Explanation`)."""

    kind: ScoreKind
    text: str
    score: float
    parts: tuple[Part, ...] = ALL_PARTS
    facts: Mapping[str, float] = field(default_factory=dict)


def score_parts(explanation: Explanation) -> tuple[ScorePart, ...]:
    """The parts that are not 0, in their order; their sum is the score, but for what is rounded off where
    they are added in one row and not by the branches of the query."""
    return tuple(_leaves(explanation))


def parts_of_hits(
    scored: Node, ids: Iterable[str], snapshot: Snapshot, deadline: Deadline
) -> Mapping[str, tuple[ScorePart, ...]]:
    """The parts of the score that the node gives each article; none of one that it does not match. Articles
    for which no time is left are not in it: the hits are worth more."""
    parts: dict[str, tuple[ScorePart, ...]] = {}
    try:
        for article_id, explanation in snapshot.explain_each(scored, ids, deadline):
            parts[article_id] = () if explanation is None else score_parts(explanation)
    except SearchTimeout:
        _log.info("no time was left to explain the scores of all hits")
    return parts


def _leaves(explanation: Explanation) -> Iterator[ScorePart]:
    for part in explanation.parts:
        yield from _leaves(part)
    if not explanation.parts and explanation.score:
        yield _part(explanation.node, explanation)


def _part(node: Node, explanation: Explanation) -> ScorePart:
    kind, text, parts = _meaning(node)
    return ScorePart(
        kind=kind, text=text, score=explanation.score, parts=parts, facts=explanation.facts or {}
    )


def _meaning(node: Node) -> tuple[ScoreKind, str, tuple[Part, ...]]:
    """Kind, text and parts of a node that scores by itself, or of the condition of a constant score."""
    match node:
        case Word(text):
            return ScoreKind.WORD, text, ALL_PARTS
        case Pairs(text, parts=parts):
            return ScoreKind.PAIR, text, parts
        case Constant(condition):
            return _meaning(condition)
        case Characters(text, parts):
            return ScoreKind.IN_ONE_PIECE, text, parts
        case Near(first, second, _, parts):
            return ScoreKind.NEAR, f"{first} {second}", parts
        case Keyword(_, values):
            return ScoreKind.VALUE, values[0], ALL_PARTS
        case Recent():
            return ScoreKind.RECENCY, "", ALL_PARTS
        case Or((first, *_)):
            return _meaning(first)
        case And((others, *_)):
            _, text, parts = _meaning(others)
            return ScoreKind.OTHER_WAY, text, parts
    raise TypeError(f"{type(node).__name__} scores nothing by itself")

"""What a search can ask of the stage that ranks by meaning, and what the answer says of it."""

from dataclasses import dataclass
from enum import Enum


class SemanticMode(Enum):
    """What meaning may do to the hits of a search by relevance."""

    OFF = "off"

    RERANK = "rerank"
    """Change the order of the first ones."""

    HYBRID = "hybrid"
    """The same, and bring in articles that the words of the query do not find."""


class SemanticState(Enum):
    """What became of it."""

    APPLIED = "applied"

    LATE = "late"
    """There was no time for it: the hits are those of the words, in their order."""

    NO_VECTORS = "no-vectors"
    """No article has its vectors yet, or they or that of the query cannot be had, which the log tells: the
    same."""

    NOT_FOR_QUERY = "not-for-query"
    """The query asks for characters as they stand, or for fields alone, or for another order than that by
    relevance: the same."""

    NOT_FOR_PAGE = "not-for-page"
    """The page has no hits that meaning could put in order, so it was not asked: they stand further down, as
    the words have them; or there are none; or none are wanted."""


@dataclass(frozen=True, slots=True)
class SemanticAnswer:
    """`brought_in` counts the articles that only meaning found: they are hits, and no total counts them."""

    mode: SemanticMode
    state: SemanticState
    brought_in: int = 0

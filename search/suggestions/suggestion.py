"""What is suggested. Spans are (start, length) in code points."""

from dataclasses import dataclass
from enum import Enum

from search.results import Span

MAX_TYPED = 64
"""Code points of what suggestions are asked for (API contract)."""
MAX_SUGGESTIONS = 10
"""Suggestions of one answer (API contract)."""


class SuggestionKind(Enum):
    """What a suggested text is: how it is searched for, and what its count counts."""

    REGION = "region"
    TOPIC = "topic"
    AGENCY = "agency"
    SOURCE = "source"
    WORD = "word"
    TITLE = "title"


class Matched(Enum):
    """How what was typed leads to a text."""

    CHARACTERS = "characters"
    PINYIN = "pinyin"
    """By its syllables, the last of which may be incomplete."""
    INITIALS = "initials"
    """By the first letters of its syllables, some of which may be typed out."""


class Reason(Enum):
    """Why a query is offered in place of another."""

    MOJIBAKE = "mojibake"
    """It is what was meant before it was read in the wrong encoding."""
    PINYIN = "pinyin"
    """It is what the Latin letters are the pinyin of."""
    SAME_SOUND = "same_sound"
    """It sounds the same in other characters."""
    ONE_CHARACTER = "one_character"
    """One character is another, is missing or is one too many, or two have changed places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A text that goes on from what was typed; `highlights` mark in it what was typed.

    `value` is what a filter of this kind takes: the code of a region, else the text. `count` is above 0: the
    articles that hold the word, have this very title, or are found by the filter.
    """

    text: str
    kind: SuggestionKind
    value: str
    count: int
    matched: Matched
    highlights: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """Another query, with what it finds under the same filters (above 0). `highlights` mark what is new.

    `gain` is by how much it is likelier than what was typed, in binary logarithms; infinite where it is sure.
    """

    q: str
    count: int
    reason: Reason
    highlights: tuple[Span, ...]
    gain: float


@dataclass(frozen=True, slots=True)
class PartCount:
    """What a part of a query finds alone, under the same filters; `span` is where it stands in the query, and
    `q` is the query that asks for it and for nothing else."""

    text: str
    span: Span
    q: str
    count: int


@dataclass(frozen=True, slots=True)
class FilterCount:
    """What is found without the filter of this name (a field of `search.request.Filters`)."""

    name: str
    count: int


@dataclass(frozen=True, slots=True)
class NoHitsHelp:
    """Why a request finds nothing: each part of its query alone, and the whole without each filter."""

    parts: tuple[PartCount, ...]
    filters: tuple[FilterCount, ...]

"""Another way to write a run, and what it changes in it."""

from dataclasses import dataclass
from enum import Enum

from search.language.query import Span


class AlternativeKind(Enum):
    """Why a part of a run can be written otherwise."""

    ABBREVIATION = "abbreviation"
    """The shorter of the two has the characters of the longer one, in their order, and not all of them."""

    SYNONYM = "synonym"
    """Two names of one thing."""

    ONE_WAY = "one-way"
    """Who asks for the one is served by the other too, but not the other way round."""

    NUMERAL = "numeral"
    """A number, date or unit in another notation."""


@dataclass(frozen=True, slots=True)
class Change:
    """`part`, as it was typed, stands at `span` (start, length) of the run and is written `text` instead.

    `by` names the rule: file and line of a synonym (`agencies.txt:12`), the notation of a numeral (`date`).
    """

    kind: AlternativeKind
    part: str
    span: Span
    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Alternative:
    """A whole run: the one that was typed, with one or more changes, in the order of the run."""

    text: str
    changes: tuple[Change, ...]

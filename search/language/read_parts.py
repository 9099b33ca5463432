"""How a query was understood, part by part, as data."""

from dataclasses import replace

from search.language.fields import field_of_part
from search.language.query import (
    EVERYWHERE,
    And,
    DateRange,
    DocumentNumber,
    Everything,
    Leaf,
    Near,
    Not,
    Or,
    Phrase,
    Prefix,
    Query,
    Run,
    Value,
)
from search.results import ReadPart


def read_parts(query: Query, negated_from: int | None = None) -> tuple[ReadPart, ...]:
    """The parts of a query, in order; `negated_from` is where the NOT begins that it stands under."""
    match query:
        case Everything():
            return ()
        case And(children) | Or(children):
            return tuple(part for child in children for part in read_parts(child, negated_from))
        case Not(child, at=at):
            return read_parts(child, at if negated_from is None else None)
        case _:
            part = read_part(query)
            return (part if negated_from is None else _negated(part, negated_from),)


def read_part(leaf: Leaf) -> ReadPart:
    """A leaf as it was understood, whether or not it stands under a NOT."""
    kind, text = _read_as(leaf)
    gap = leaf.gap if isinstance(leaf, Near) else None
    return ReadPart(kind, text, leaf.span, _field(leaf), gap)


def _negated(part: ReadPart, begin: int) -> ReadPart:
    return replace(part, kind="not", span=(begin, sum(part.span) - begin))


def _read_as(leaf: Leaf) -> tuple[str, str]:
    match leaf:
        case Run(text):
            return "word", text
        case Phrase(text):
            return "phrase", text
        case Prefix(text):
            return "prefix", text
        case Near(first, second):
            return "near", f"{first} {second}"
        case DocumentNumber(text):
            return "number", text
        case Value(text=text):
            return "value", text
        case DateRange(text=text):
            return "dates", text


def _field(leaf: Leaf) -> str | None:
    match leaf:
        case Value(field) | DateRange(field):
            return field
        case _:
            return None if leaf.parts == EVERYWHERE else field_of_part(leaf.parts[0]).name

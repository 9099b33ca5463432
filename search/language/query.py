"""What is asked, as a tree: free of any engine, and of how it was typed."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from index.article import Part

Span = tuple[int, int]
"""Start and length in code points of the query as typed; spans never count in equality."""

EVERYWHERE: Final = tuple(Part)


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class OtherRun:
    """Another way to write a whole run. `changed`: the texts in it that were not typed. `weight`: of what an
    article scores by it, from 0 to 1, where what was typed has 1."""

    text: str
    changed: tuple[str, ...]
    weight: float


@dataclass(frozen=True, slots=True)
class Run:
    """Unquoted text without white space: found in one of the parts as it stands, or by all its words; and so
    is each of the `others`."""

    text: str
    parts: tuple[Part, ...] = EVERYWHERE
    others: tuple[OtherRun, ...] = ()
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text: found in one of the parts as it stands, marks included, white space looked through."""

    text: str
    parts: tuple[Part, ...] = EVERYWHERE
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Prefix:
    """A stem of two or more characters: found by the words that begin with it."""

    text: str
    parts: tuple[Part, ...] = EVERYWHERE
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class Near:
    """Two texts that stand in one part, in any order, not overlapping, with at most `gap` characters between
    them that are not white space."""

    first: str
    second: str
    gap: int
    parts: tuple[Part, ...] = EVERYWHERE
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class DocumentNumber:
    """The number of a document, found in whatever brackets a text sets its year.

    `text` is as typed, `number` as `index.describe.document_number` writes it: 鄂政发〔2024〕12号.
    """

    text: str
    number: str
    parts: tuple[Part, ...] = EVERYWHERE
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)


TextLeaf = Run | Phrase | Prefix | Near | DocumentNumber
"""What is looked for in the texts of articles, and marked there."""


@dataclass(frozen=True, slots=True)
class Value:
    """One of the exact `values` of a field (its name in `search.language.fields`); `text` is as typed.

    The values of a region are its name, until it is looked up. `instead` is what is asked where the field has
    no such value.
    """

    field: str
    text: str
    values: tuple[str, ...]
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)
    instead: TextLeaf = dataclasses.field(default=Run(""), compare=False, kw_only=True)


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date field (its name in `search.language.fields`) at or after `low` and before `high`, both aware.

    None leaves an end open, but never both. `text` is as typed, without white space.
    """

    field: str
    text: str
    low: datetime | None
    high: datetime | None
    span: Span = dataclasses.field(default=(0, 0), compare=False, kw_only=True)


Leaf = TextLeaf | Value | DateRange


@dataclass(frozen=True, slots=True)
class And:
    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """`at` is where the operator stands in the query as typed."""

    child: "Query"
    at: int = dataclasses.field(default=0, compare=False, kw_only=True)


Query = Everything | Leaf | And | Or | Not


def wanted(query: Query) -> tuple[TextLeaf, ...]:
    """The texts that an article should have, in order: under no NOT, or under a NOT of a NOT."""
    match query:
        case And(children) | Or(children):
            return tuple(leaf for child in children for leaf in wanted(child))
        case Not(Not(child)):
            return wanted(child)
        case Everything() | Not() | Value() | DateRange():
            return ()
        case _:
            return (query,)


def within(query: Query, parts: tuple[Part, ...]) -> Query:
    """The same tree, looked for in these parts where it asks for no field of its own; at least one part."""
    chosen = tuple(part for part in Part if part in parts)

    def restricted(leaf: Leaf) -> Leaf:
        if isinstance(leaf, Value | DateRange) or leaf.parts != EVERYWHERE:
            return leaf
        return replace(leaf, parts=chosen)

    return with_leaves(query, restricted)


def with_leaves(query: Query, change: Callable[[Leaf], Leaf]) -> Query:
    """The same tree with other leaves."""
    match query:
        case Everything():
            return query
        case And(children):
            return And(tuple(with_leaves(child, change) for child in children))
        case Or(children):
            return Or(tuple(with_leaves(child, change) for child in children))
        case Not(child, at=at):
            return Not(with_leaves(child, change), at=at)
        case _:
            return change(query)

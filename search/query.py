"""What is asked, as a tree: free of any engine, and of how it was typed."""

from dataclasses import dataclass, field

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Everything:
    """All articles."""


@dataclass(frozen=True, slots=True)
class Run:
    """Unquoted text without white space: found as it stands, or by all its words.

    `span` (start, length) in code points of the query as typed; it does not count in equality.
    """

    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class Phrase:
    """Quoted text: found as it stands, marks included, white space looked through."""

    text: str
    span: Span = field(default=(0, 0), compare=False)


@dataclass(frozen=True, slots=True)
class And:
    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Or:
    children: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Not:
    child: "Query"


Query = Everything | Run | Phrase | And | Or | Not


def wanted(query: Query) -> tuple[Run | Phrase, ...]:
    """The runs and phrases that an article should have, in order: under no NOT, or under a NOT of a NOT."""
    match query:
        case Run() | Phrase():
            return (query,)
        case And(children) | Or(children):
            return tuple(leaf for child in children for leaf in wanted(child))
        case Not(Not(child)):
            return wanted(child)
        case Everything() | Not():
            return ()

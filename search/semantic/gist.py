"""Which text of a query has a meaning to search by."""

from dataclasses import dataclass
from types import UnionType

from search.language.query import EVERYWHERE, And, Everything, Leaf, Not, Or, Phrase, Query, Run


@dataclass(frozen=True, slots=True)
class Gist:
    """`text` is what was typed without the language of queries. `is_all`: the query says nothing else, so
    that there is no condition that an article without its words could break."""

    text: str
    is_all: bool


def gist_of(query: Query, q: str) -> Gist | None:
    """The texts of a query that may stand anywhere in an article, in order, what is in quotes among them.

    Where the query is nothing but these, it is `q` as it was typed: a question mark says something too.

    None where all of them are in quotes, or there is none: who asks only for characters as they stand (a
    quoted text, a stem, the number of a document), or for texts in one part, knows what they look like.
    """
    texts = [leaf for leaf in _leaves(query) if isinstance(leaf, Run | Phrase) and leaf.parts == EVERYWHERE]
    if not any(isinstance(leaf, Run) for leaf in texts):
        return None
    typed = q.split() if _is_all_of(query, Run | Phrase) else [leaf.text for leaf in texts]
    return Gist(" ".join(typed), is_all=_is_all_of(query, Run))


def _leaves(query: Query) -> list[Leaf]:
    """All that are not under a NOT, in order."""
    match query:
        case And(children) | Or(children):
            return [leaf for child in children for leaf in _leaves(child)]
        case Everything() | Not():
            return []
        case leaf:
            return [leaf]


def _is_all_of(query: Query, kinds: type[Run] | UnionType) -> bool:
    """Whether a query is nothing but texts of these kinds that may stand anywhere, side by side."""
    match query:
        case And(children):
            return all(_is_all_of(child, kinds) for child in children)
        case Run() | Phrase():
            return isinstance(query, kinds) and query.parts == EVERYWHERE
        case _:
            return False

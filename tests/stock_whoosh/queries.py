"""Plan trees as queries of stock Whoosh, node by node."""

from collections.abc import Iterable
from itertools import combinations
from typing import Any

from whoosh import query as whoosh
from whoosh.query.spans import SpanNear2

from index.article import Part
from search.plan import (
    Anchor,
    And,
    AtLeast,
    Characters,
    Constant,
    DateRange,
    Every,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Pairs,
    Prefix,
    Recent,
    Word,
)
from tests.stock_whoosh.index import END, START, WORDS


def translate(node: Node) -> Any:
    """The query that says the same, by those classes of Whoosh that answer it rightly.

    Where the obvious class does not, `tests.stock_whoosh.differences` says why.
    """
    match node:
        case And(nodes):
            return whoosh.And([translate(child) for child in nodes]) if nodes else whoosh.Every()
        case Or(nodes):
            return either(map(translate, nodes))
        case AtLeast(count, nodes):
            return either(
                whoosh.And([translate(child) for child in chosen]) for chosen in combinations(nodes, count)
            )
        case Not(child):
            return whoosh.AndNot(whoosh.Every(), translate(child))
        case Maybe(child, extra):
            return whoosh.AndMaybe(translate(child), translate(extra))
        case Constant(child, score):
            return whoosh.ConstantScoreQuery(translate(child), score)
        case _:
            return leaf(node)


def leaf(node: Node) -> Any:
    """The query of a node that has no nodes in it."""
    match node:
        case Every():
            return whoosh.Every()
        case Word(text):
            return whoosh.Term(WORDS, text)
        case Prefix(text):
            return whoosh.Prefix(WORDS, text)
        case Keyword(field, values):
            return either(whoosh.Term(field, value) for value in values)
        case Missing(field):
            return whoosh.AndNot(whoosh.Every(), whoosh.Every(field))
        case DateRange(field, low, high):
            return whoosh.NumericRange(field, low, high, endexcl=True)
        case Recent(field):
            return whoosh.NumericRange(field, None, None)
        case Characters(text, parts, anchor):
            return either(characters(text, part, anchor) for part in parts)
        case Pairs(_, count, _, parts):
            standing = [leaf(Characters(pair, parts)) for pair in node.pairs]
            return either(whoosh.And(list(chosen)) for chosen in combinations(standing, count))
        case Near(first, second, gap, parts):
            return either(near(first, second, gap, part) for part in parts)
    raise TypeError(f"no leaf: {node}")


def either(queries: Iterable[Any]) -> Any:
    """Any of the queries; none of none."""
    found = list(queries)
    if not found:
        return whoosh.NullQuery
    union = whoosh.Or(found)
    union.matcher_type = whoosh.Or.DEFAULT_MATCHER
    return union


def characters(text: str, part: Part, anchor: Anchor) -> Any:
    """Characters at neighbouring positions of a part."""
    if not text:
        return whoosh.NullQuery
    match anchor:
        case Anchor.ANYWHERE:
            return whoosh.Phrase(part.value, list(text))
        case Anchor.START:
            return whoosh.Phrase(part.value, [START, *text])
        case Anchor.WHOLE:
            return whoosh.Phrase(part.value, [START, *text, END])


def near(first: str, second: str, gap: int, part: Part) -> Any:
    """Two stretches of characters in any order, parted by at most so many others."""
    one, other = (characters(text, part, Anchor.ANYWHERE) for text in (first, second))
    return either(SpanNear2(pair, slop=gap + 1) for pair in ([one, other], [other, one]))

"""Every kind of question that stock Whoosh answers otherwise than a plan means, with the least that shows it.

`docs/differences.md` lists the same by the same names.
"""

from dataclasses import dataclass
from typing import Any, Final

from whoosh import query as whoosh
from whoosh.query.spans import SpanNear, SpanNear2

from index.article import Part
from index.documents import IndexDocument
from search.plan import And, AtLeast, Characters, Constant, Every, Keyword, Near, Node, Not, Or, Word
from tests.stock_whoosh.index import WORDS


def _document(name: str, words: str, body: str, source: str) -> IndexDocument:
    return IndexDocument(
        id=name,
        characters={Part.BODY: body},
        words={word: words.split().count(word) for word in words.split()},
        keywords={"source": (source,)},
        dates={},
        cluster=None,
    )


SHELF: Final = (
    _document("a", "x y", "甲乙丙丁", "b"),
    _document("b", "x", "乙甲", "d"),
    _document("c", "y z", "丙", "a"),
    _document("d", "z", "丁", "e"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """`query` is what Whoosh offers for `node`; `answer` the ids that it gives over SHELF, or what it raises.

    `scored` is the answer of a scored search where that is another one.
    """

    name: str
    node: Node
    query: Any
    answer: str | type[Exception]
    scored: str | None = None
    deleted: tuple[str, ...] = ()


def _word(text: str) -> Any:
    return whoosh.Term(WORDS, text)


def _phrase(text: str) -> Any:
    return whoosh.Phrase(Part.BODY.value, list(text))


DIFFERENCES: Final = (
    Difference(
        name="Not finds a deleted document",
        node=Not(Word("x")),
        query=whoosh.Not(_word("x")),
        deleted=("c",),
        answer="cd",
    ),
    Difference(
        name="And with Every finds everything",
        node=And((Every(), Word("x"))),
        query=whoosh.And([whoosh.Every(), _word("x")]).normalize(),
        answer="abcd",
    ),
    Difference(
        name="And with a clause that matches nothing leaves it out",
        node=And((Or(()), Word("x"))),
        query=whoosh.And([whoosh.NullQuery, _word("x")]).normalize(),
        answer="ab",
    ),
    Difference(
        name="Not of a clause that matches nothing finds nothing",
        node=Not(Or(())),
        query=whoosh.Not(whoosh.NullQuery).normalize(),
        answer="",
    ),
    Difference(
        name="And of two ranges takes the wider one",
        node=And((Keyword("source", ("a", "b", "d")), Keyword("source", ("b",)))),
        query=whoosh.And(
            [whoosh.TermRange("source", "a", "d"), whoosh.TermRange("source", "b", "c")]
        ).normalize(),
        answer="abc",
    ),
    Difference(
        name="And of no clauses finds nothing",
        node=And(()),
        query=whoosh.And([]),
        answer="",
    ),
    Difference(
        name="Or of three loses what scores below 0",
        node=Or((Constant(Word("x"), -1.0), Word("q"), Word("r"))),
        query=whoosh.Or([whoosh.ConstantScoreQuery(_word("x"), -1.0), _word("q"), _word("r")]),
        answer="ab",
        scored="a",
    ),
    Difference(
        name="At least so many of the clauses is not counted",
        node=AtLeast(2, (Word("x"), Word("y"), Word("z"))),
        query=whoosh.Or([_word("x"), _word("y"), _word("z")], minmatch=2),
        answer="abcd",
    ),
    Difference(
        name="Nearness inside an Or raises",
        node=Or((Near("甲", "乙", 0), Word("x"))),
        query=whoosh.Or([SpanNear(_phrase("甲"), _phrase("乙"), ordered=False), _word("x")]),
        answer=NotImplementedError,
    ),
    Difference(
        name="Nearness in any order misses a longer run in front",
        node=Near("丁", "甲乙丙", 0),
        query=SpanNear2([_phrase("丁"), _phrase("甲乙丙")], ordered=False),
        answer="",
    ),
    Difference(
        name="A phrase of nothing raises",
        node=Characters(""),
        query=_phrase(""),
        answer=ValueError,
    ),
)

SCORE_DIFFERENCES: Final = ("A constant of 0 scores 1", "The length of a field is kept in one byte")

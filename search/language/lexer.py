"""The text of a query cut into runs, phrases and operators, what is unbalanced put aside."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Final

from index.text.characters import is_skipped
from search.language.fields import FIELD, LONGEST_NAME

Span = tuple[int, int]

OPENING = frozenset("(（")
CLOSING = frozenset(")）")
MINUS = frozenset("-－")
QUOTES = {'"': '"＂', "＂": '"＂', "“": "”", "「": "」", "《": "》"}
"""Each opening quote with what closes it."""


class Kind(Enum):
    TEXT = "text"
    PHRASE = "phrase"
    NEAR = "near"
    """A phrase with ~ and a number behind it."""
    FIELD = "field"
    """The name of a field with its colon, and at once behind it a text, a phrase or an opening bracket."""
    OPEN = "open"
    CLOSE = "close"
    AND = "and"
    OR = "or"
    NOT = "not"


KEYWORDS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}

_GAP: Final = re.compile("[~～](?P<gap>[0-9０-９]+)")
_FIELD_AT_END: Final = re.compile(rf"{FIELD.pattern}\Z", FIELD.flags)
_BEFORE_OPERAND: Final = frozenset({None, Kind.OPEN, Kind.AND, Kind.OR, Kind.NOT})
"""What stands before a place where an operator can begin; None for white space and the start of the query."""


@dataclass(frozen=True, slots=True)
class Token:
    """`text` as it is read: without quotes and strays. `span` (start, length) in the query holds them too.

    `offsets[i]` is where `text[i]` stands in the query. `gap` is the number behind the phrase of a NEAR.
    """

    kind: Kind
    text: str
    span: Span
    offsets: tuple[int, ...]
    gap: int = 0


@dataclass(frozen=True, slots=True)
class Lexed:
    """The tokens of a query in order, every bracket with its partner.

    `strays`: where quotes that are never closed and brackets without a partner stand; `repaired`: the query
    without them, which has the same tokens; None if there are none.
    """

    tokens: tuple[Token, ...]
    strays: tuple[int, ...]
    repaired: str | None


def lex(q: str) -> Lexed:
    """The tokens of a query. Any text at all has tokens: nothing here fails.

    Strays part words, as white space does; only between a minus or a field's name and its operand they are
    nothing. Control characters are looked through. A minus, a bracket or a field's name is an operator only
    where a word could begin; inside a word a bracket that is closed in the same word is text
    (悦科（湖北）数据中心), and so is a hyphen.
    """
    strays = _strays(q)
    reading = _reading(q, frozenset(strays))
    return Lexed(
        tokens=tuple(_tokens(q, reading)),
        strays=strays,
        repaired=_repaired(q, strays, reading) if strays else None,
    )


@dataclass(frozen=True, slots=True)
class _Reading:
    """The query as it is read: without control characters and strays; `offsets` lead back to the query.

    `nothing`: where the strays that stand for nothing are, with the white space behind them; the other
    strays became white space.
    """

    text: str
    offsets: tuple[int, ...]
    nothing: frozenset[int]


def _strays(q: str) -> tuple[int, ...]:
    opened: list[int] = []
    strays: list[int] = []
    at = 0
    while at < len(q):
        end = _quote_end(q, at)
        if end is not None:
            at = end
        elif q[at] in OPENING:
            opened.append(at)
        elif q[at] in CLOSING and opened:
            opened.pop()
        elif q[at] in CLOSING or q[at] in QUOTES:
            strays.append(at)
        at += 1
    return tuple(sorted(strays + opened))


def _reading(q: str, strays: frozenset[int]) -> _Reading:
    text = ""
    offsets: list[int] = []
    nothing: set[int] = set()
    for at, char in enumerate(q):
        glued = at in strays and _ends_in_operator(text)
        if glued or (char.isspace() and at - 1 in nothing):
            nothing.add(at)
        elif char.isspace() or not is_skipped(char):
            text += " " if at in strays else char
            offsets.append(at)
    return _Reading(text, tuple(offsets), frozenset(nothing))


def _repaired(q: str, strays: tuple[int, ...], reading: _Reading) -> str:
    text, low = "", 0
    for at in strays:
        text = (text + q[low:at].strip()).rstrip() + ("" if at in reading.nothing else " ")
        low = at + 1
    return (text + q[low:].strip()).strip()


def _ends_in_operator(text: str) -> bool:
    """True if the text ends in a minus that negates what follows, or in the name of a field."""
    field = _FIELD_AT_END.search(text, max(0, len(text) - LONGEST_NAME - 1))
    written = text if field is None else text[: field.start()]
    before = written.rstrip("".join(MINUS))
    return before != text and (not before or before[-1].isspace() or before[-1] in OPENING)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Where a token ends; of a phrase, where its closing quote stands, and the number behind it."""

    kind: Kind
    end: int
    closing: int | None = None
    gap: int = 0


def _tokens(q: str, reading: _Reading) -> Iterator[Token]:
    text = reading.text
    at = 0
    last: Kind | None = None
    while at < len(text):
        if text[at].isspace():
            at, last = at + 1, None
            continue
        cut = _cut(text, at, last)
        yield _token(q, reading, at, cut)
        at, last = cut.end, cut.kind


def _cut(text: str, at: int, last: Kind | None) -> _Cut:
    """The token that begins here, behind one of the kind `last`."""
    char = text[at]
    fresh = last in _BEFORE_OPERAND
    closing = _quote_end(text, at)
    if closing is not None:
        gap = _GAP.match(text, closing + 1)
        if gap is None:
            return _Cut(Kind.PHRASE, closing + 1, closing)
        return _Cut(Kind.NEAR, gap.end(), closing, int(gap["gap"]))
    if char in OPENING and (fresh or last is Kind.FIELD or _bracket_end(text, at) is None):
        return _Cut(Kind.OPEN, at + 1)
    if char in CLOSING:
        return _Cut(Kind.CLOSE, at + 1)
    if fresh and char in MINUS and _begins_operand(text, at + 1):
        return _Cut(Kind.NOT, at + 1)
    if fresh and (field := FIELD.match(text, at)) and _begins_operand(text, field.end()):
        return _Cut(Kind.FIELD, field.end())
    end = _text_end(text, at)
    keyword = KEYWORDS.get(text[at:end]) if fresh or last is Kind.CLOSE else None
    return _Cut(keyword or Kind.TEXT, end)


def _token(q: str, reading: _Reading, start: int, cut: _Cut) -> Token:
    low, high = reading.offsets[start], reading.offsets[cut.end - 1] + 1
    inside = range(low, high) if cut.closing is None else range(low + 1, reading.offsets[cut.closing])
    # Control characters were only looked through: they are text.
    offsets = tuple(at for at in inside if at not in reading.nothing)
    return Token(cut.kind, "".join(q[at] for at in offsets), (low, high - low), offsets, cut.gap)


def _quote_end(q: str, at: int) -> int | None:
    """Where the quote that opens at `at` is closed; None if none opens or it is never closed."""
    closers = QUOTES.get(q[at])
    if closers is None:
        return None
    return min((end for closer in closers if (end := q.find(closer, at + 1)) >= 0), default=None)


def _bracket_end(q: str, at: int) -> int | None:
    """Where the bracket at `at` is closed within the same word."""
    depth = 0
    for end in range(at, len(q)):
        if q[end].isspace() or _quote_end(q, end) is not None:
            return None
        depth += (q[end] in OPENING) - (q[end] in CLOSING)
        if depth == 0:
            return end
    return None


def _begins_operand(q: str, at: int) -> bool:
    """True if something to negate follows at once: not white space, not a closing bracket."""
    return at < len(q) and not q[at].isspace() and q[at] not in CLOSING


def _text_end(q: str, at: int) -> int:
    end = at
    while end < len(q):
        if q[end].isspace() or q[end] in CLOSING or (end > at and _quote_end(q, end) is not None):
            break
        if q[end] in OPENING:
            closed = _bracket_end(q, end)
            if closed is None or q[at:end] in KEYWORDS:
                break
            end = closed
        end += 1
    return max(end, at + 1)

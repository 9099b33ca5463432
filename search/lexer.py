"""The text of a query cut into runs, phrases and operators."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from index.text.characters import is_skipped

Span = tuple[int, int]

OPENING = frozenset("(（")
CLOSING = frozenset(")）")
MINUS = frozenset("-－")
QUOTES = {'"': '"＂', "＂": '"＂', "“": "”", "「": "」", "《": "》"}
"""Each opening quote with what closes it."""


class Kind(Enum):
    TEXT = "text"
    PHRASE = "phrase"
    OPEN = "open"
    CLOSE = "close"
    AND = "and"
    OR = "or"
    NOT = "not"
    STRAY_QUOTE = "stray-quote"
    """Reported beside the text that it is part of."""


KEYWORDS = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}


@dataclass(frozen=True, slots=True)
class Token:
    """`text` without quotes; `span` (start, length) with them, in code points of the query."""

    kind: Kind
    text: str
    span: Span


def lex(q: str) -> Iterator[Token]:
    """The tokens of a query, in order. Any text at all has tokens: nothing here fails.

    A minus or a bracket is an operator only where a word could begin; inside a word a bracket that is
    closed in the same word is text (悦科（湖北）数据中心), and so are a hyphen and a quote never closed.
    """
    at = 0
    fresh = True
    closed = False
    while at < len(q):
        char = q[at]
        after_bracket, closed = closed, False
        if char.isspace():
            at, fresh = at + 1, True
        elif (end := _quote_end(q, at)) is not None:
            yield Token(Kind.PHRASE, q[at + 1 : end], (at, end + 1 - at))
            at, fresh = end + 1, False
        elif char in OPENING and (fresh or _bracket_end(q, at) is None):
            yield Token(Kind.OPEN, char, (at, 1))
            at, fresh = at + 1, True
        elif char in CLOSING:
            yield Token(Kind.CLOSE, char, (at, 1))
            at, fresh, closed = at + 1, False, True
        elif char in MINUS and fresh and _begins_operand(q, at + 1):
            yield Token(Kind.NOT, char, (at, 1))
            at += 1
        else:
            end = _text_end(q, at)
            text = q[at:end]
            keyword = KEYWORDS.get(text) if fresh or after_bracket else None
            if keyword is None:
                yield from (Token(Kind.STRAY_QUOTE, q[i], (i, 1)) for i in range(at, end) if q[i] in QUOTES)
            yield Token(keyword or Kind.TEXT, text, (at, end - at))
            at, fresh = end, keyword is not None


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
    while at < len(q) and is_skipped(q[at]) and not q[at].isspace():
        at += 1
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

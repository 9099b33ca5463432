"""Single tokens of a query as leaves of its tree, and what of them was read differently."""

import re
from dataclasses import dataclass
from typing import Final

from index.article import Part
from index.text.characters import compact, is_punctuation, is_skipped
from index.text.folding import Folding
from search.language.document_numbers import number_of
from search.language.field_values import read_stretch, stored_values
from search.language.fields import FIELD, DateField, Field, TextField, ValueField
from search.language.lexer import CLOSING, Kind, Token
from search.language.query import (
    EVERYWHERE,
    DateRange,
    DocumentNumber,
    Leaf,
    Near,
    Phrase,
    Prefix,
    Run,
    Span,
    TextLeaf,
    Value,
)
from search.request import MAX_GAP, MIN_STEM
from search.results import Notice, NoticeKind

SENTENCE_MARKS: Final = frozenset(",.;:!?…、。·—'\"‘’“”()[]{}<>〈〉《》「」『』【】〔〕")
"""Marks (folded) that belong to the sentence around a run, not to the run: 湾区。 is 湾区, 6% stays 6%."""

SENTENCE_ENDS: Final = frozenset(",.;!?…、。")
"""Marks (folded) that are no part of a value behind the name of a field, unless it is quoted."""

WILDCARD: Final = "*"

_NAMED: Final = re.compile("(?P<name>[A-Za-z_]+)[:：](?!//)")
"""What looks like a field: letters right before a colon. 10:30 and http://… do not."""

_Text = tuple[TextLeaf | None, tuple[Notice, ...]]


@dataclass(frozen=True, slots=True)
class ReadLeaf:
    """The leaf that a token is; None where it says nothing."""

    leaf: Leaf | None
    notices: tuple[Notice, ...] = ()


@dataclass(frozen=True, slots=True)
class LeafReader:
    """Reads the tokens of one query: texts, phrases, and operators without operands, which are text."""

    q: str
    folding: Folding

    def read(self, token: Token, field: Field | None, begin: int | None) -> ReadLeaf:
        """What a token asks for. Behind the name of a field, `begin` is where that begins in the query."""
        match field:
            case ValueField():
                return self._value(token, field, begin)
            case DateField():
                return self._dates(token, field, begin)
            case TextField(part=part):
                return ReadLeaf(*self._text(token, (part,), begin))
            case None:
                return ReadLeaf(*self._text(token, EVERYWHERE, begin))

    def notice(self, kind: NoticeKind, span: Span) -> Notice:
        """A notice about this place in the query."""
        start, length = span
        return Notice(kind, self.q[start : start + length], span)

    def _text(self, token: Token, parts: tuple[Part, ...], begin: int | None) -> _Text:
        match token.kind:
            case Kind.PHRASE | Kind.NEAR if self._says_nothing(token.text):
                return None, (self.notice(NoticeKind.ONLY_PUNCTUATION, token.span),)
            case Kind.PHRASE:
                return Phrase(token.text, parts, span=_from(begin, token.span)), ()
            case Kind.NEAR:
                return self._near(token, parts, begin)
            case _:
                return self._run(token, parts, begin)

    def _near(self, token: Token, parts: tuple[Part, ...], begin: int | None) -> _Text:
        span = _from(begin, token.span)
        texts = token.text.split()
        if len(texts) == 2 and token.gap <= MAX_GAP and not any(map(self._says_nothing, texts)):
            first, second = texts
            return Near(first, second, token.gap, parts, span=span), ()
        return Phrase(token.text, parts, span=span), (self.notice(NoticeKind.NOT_NEAR, token.span),)

    def _run(self, token: Token, parts: tuple[Part, ...], begin: int | None) -> _Text:
        folded = self.folding.fold(token.text)
        outer = _within(folded, SENTENCE_MARKS)
        inner = _within(folded, SENTENCE_MARKS | {WILDCARD})
        text = token.text[inner.start : inner.stop]
        if self._says_nothing(text):
            return None, (self.notice(NoticeKind.ONLY_PUNCTUATION, token.span),)
        notices = self._named(token)
        opens = WILDCARD in folded[outer.start : inner.start]
        closes = WILDCARD in folded[inner.stop : outer.stop]
        whole = _place(token, outer if opens or closes else inner)
        span = _from(begin, whole)
        if closes and not opens and len(compact(text)) >= MIN_STEM:
            return Prefix(text, parts, span=span), notices
        if opens or closes:
            notices = (*notices, self.notice(NoticeKind.WILDCARD_TOO_BROAD, whole))
        number = number_of(folded[inner.start : inner.stop])
        leaf = (
            Run(text, parts, span=span) if number is None else DocumentNumber(text, number, parts, span=span)
        )
        return leaf, notices

    def _named(self, token: Token) -> tuple[Notice, ...]:
        """What is to be said of a text that begins like a field and is none."""
        field = FIELD.match(token.text)
        if field is not None:
            if self._goes_on(token, field.end()):
                return ()
            return (self.notice(NoticeKind.INVALID_VALUE, _place(token, range(field.end()))),)
        named = _NAMED.match(token.text)
        if named is None or not self._goes_on(token, named.end()):
            return ()
        return (self.notice(NoticeKind.UNKNOWN_FIELD, _place(token, range(named.end("name")))),)

    def _goes_on(self, token: Token, end: int) -> bool:
        """True if something stands right behind the first `end` characters of a token."""
        behind = self.q[sum(token.span) :][:1]
        return len(token.text) > end or not (behind == "" or behind.isspace() or behind in CLOSING)

    def _value(self, token: Token, field: ValueField, begin: int | None) -> ReadLeaf:
        quoted = token.kind in {Kind.PHRASE, Kind.NEAR}
        folded = self.folding.fold(token.text)
        kept = _within(folded, frozenset() if quoted else SENTENCE_ENDS)
        text = token.text[kept.start : kept.stop]
        if self._says_nothing(text):
            return ReadLeaf(None, (self.notice(NoticeKind.ONLY_PUNCTUATION, token.span),))
        values = stored_values(field, text, self.folding)
        instead, notices = self._text(token, EVERYWHERE, begin)
        if values is None or instead is None or (not quoted and WILDCARD in folded):
            return ReadLeaf(instead, (self._invalid(token, begin), *notices))
        span = _from(begin, token.span if quoted else _place(token, kept))
        value = Value(field.name, text, values, span=span, instead=instead)
        return ReadLeaf(value, self._not_near(token))

    def _dates(self, token: Token, field: DateField, begin: int | None) -> ReadLeaf:
        written = compact(self.folding.fold(token.text))
        text = written if read_stretch(written) else written.rstrip("".join(SENTENCE_ENDS))
        stretch = read_stretch(text)
        if stretch is None:
            instead, notices = self._text(token, EVERYWHERE, begin)
            return ReadLeaf(instead, (self._invalid(token, begin), *notices))
        span = _from(begin, token.span)
        dates = DateRange(field.name, text, stretch.low, stretch.high, span=span)
        return ReadLeaf(dates, self._not_near(token))

    def _invalid(self, token: Token, begin: int | None) -> Notice:
        return self.notice(NoticeKind.INVALID_VALUE, _from(begin, token.span))

    def _not_near(self, token: Token) -> tuple[Notice, ...]:
        """A value or a date is not two texts, whatever number is behind its quotes."""
        return (self.notice(NoticeKind.NOT_NEAR, token.span),) if token.kind is Kind.NEAR else ()

    def _says_nothing(self, text: str) -> bool:
        return all(
            is_punctuation(char) or char in SENTENCE_MARKS for char in compact(self.folding.fold(text))
        )


def _within(folded: str, marks: frozenset[str]) -> range:
    """The places between the marks, white space and controls at both ends; empty if there is nothing else."""
    kept = [at for at, char in enumerate(folded) if char not in marks and not is_skipped(char)]
    return range(kept[0], kept[-1] + 1) if kept else range(0)


def _place(token: Token, places: range) -> Span:
    """Where characters of a token's text stand in the query."""
    low, high = token.offsets[places.start], token.offsets[places.stop - 1] + 1
    return low, high - low


def _from(begin: int | None, span: Span) -> Span:
    """The span, from `begin` on."""
    return span if begin is None else (begin, sum(span) - begin)

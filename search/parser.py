"""A person's query to a query tree. Whatever is typed can be read; notices say what was read differently."""

from dataclasses import dataclass

from index.text.characters import compact, is_punctuation, is_skipped
from index.text.folding import Folding
from search.errors import QueryTooComplex, QueryTooLong
from search.lexer import QUOTES, Kind, Token, lex
from search.query import And, Everything, Not, Or, Phrase, Query, Run
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY
from search.results import Notice, NoticeKind, ReadPart

SENTENCE_MARKS = frozenset(",.;:!?…、。·—'\"‘’“”()[]{}<>〈〉《》「」『』【】〔〕")
"""Marks (folded) that belong to the sentence around a run, not to the run: 湾区。 is 湾区, 6% stays 6%."""


@dataclass(frozen=True, slots=True)
class ParseResult:
    """How a query was read. `repaired`: the query without its unbalanced quotes and brackets."""

    query: Query
    read_as: tuple[ReadPart, ...]
    notices: tuple[Notice, ...]
    repaired: str | None


def parse(q: str, folding: Folding) -> ParseResult:
    """Read a query. Raises QueryTooLong and QueryTooComplex, and nothing else, for any text.

    NOT binds tightest, then AND (written by putting terms side by side), then OR; brackets group.
    """
    if len(q) > MAX_QUERY:
        raise QueryTooLong(f"the query has {len(q)} characters; at most {MAX_QUERY} are allowed")
    lexed = lex(q)
    reader = _Reader(q, lexed.tokens, folding)
    query = reader.alternatives(depth=0, negated_from=None)
    notices = [*(_stray(q, at) for at in lexed.strays), *_control_characters(q), *reader.notices]
    return ParseResult(
        query=query if query is not None else Everything(),
        read_as=tuple(reader.read_as),
        notices=_coalesced(notices),
        repaired=lexed.repaired,
    )


def _stray(q: str, at: int) -> Notice:
    kind = NoticeKind.UNBALANCED_QUOTE if q[at] in QUOTES else NoticeKind.UNBALANCED_BRACKET
    return Notice(kind, q[at], (at, 1))


def _coalesced(notices: list[Notice]) -> tuple[Notice, ...]:
    """The notices in the order of the query, neighbours of one kind as one."""
    merged: list[Notice] = []
    for notice in sorted(notices, key=lambda notice: notice.span):
        last = merged[-1] if merged else None
        if last is not None and last.kind is notice.kind and sum(last.span) == notice.span[0]:
            merged[-1] = Notice(
                last.kind, last.text + notice.text, (last.span[0], last.span[1] + notice.span[1])
            )
        else:
            merged.append(notice)
    return tuple(merged)


def _control_characters(q: str) -> list[Notice]:
    return [
        Notice(NoticeKind.CONTROL_CHARACTER, char, (at, 1))
        for at, char in enumerate(q)
        if is_skipped(char) and not char.isspace()
    ]


class _Reader:
    """Recursive descent over balanced tokens; the depth is bounded by MAX_DEPTH."""

    def __init__(self, q: str, tokens: tuple[Token, ...], folding: Folding) -> None:
        self._q = q
        self._tokens = tokens
        self._at = 0
        self._folding = folding
        self._clauses = 0
        self.read_as: list[ReadPart] = []
        self.notices: list[Notice] = []

    def alternatives(self, depth: int, negated_from: int | None) -> Query | None:
        """Terms joined by OR, up to a closing bracket or the end; None if nothing is left of them."""
        if depth > MAX_DEPTH:
            raise QueryTooComplex(
                f"brackets and NOT may be at most {MAX_DEPTH} levels deep; simplify the query"
            )
        groups = [self._together(depth, negated_from)]
        while self._kind() is Kind.OR:
            self._at += 1
            groups.append(self._together(depth, negated_from))
        kept = tuple(group for group in groups if group is not None)
        return kept[0] if len(kept) == 1 else Or(kept) if kept else None

    def _together(self, depth: int, negated_from: int | None) -> Query | None:
        children: list[Query] = []
        begun = False
        while (kind := self._kind()) not in {None, Kind.CLOSE}:
            joins = begun and self._operand_follows()
            if kind is Kind.OR and joins:
                break
            if kind is Kind.AND and joins:
                self._at += 1
                continue
            begun = True
            child = self._operand(depth, negated_from)
            if child is not None:
                children.append(child)
        return children[0] if len(children) == 1 else And(tuple(children)) if children else None

    def _operand(self, depth: int, negated_from: int | None) -> Query | None:
        token = self._tokens[self._at]
        follows = self._operand_follows()
        self._at += 1
        match token.kind:
            case Kind.NOT if follows:
                inside = None if negated_from is not None else token.span[0]
                if self._kind() is not Kind.OPEN:
                    if depth >= MAX_DEPTH:
                        raise QueryTooComplex(f"at most {MAX_DEPTH} levels of NOT and brackets are allowed")
                    child = self._operand(depth + 1, inside)
                else:
                    child = self._group(depth, inside)
                return None if child is None else Not(child)
            case Kind.OPEN:
                self._at -= 1
                return self._group(depth, negated_from)
            case Kind.PHRASE:
                return self._phrase(token, negated_from)
            case Kind.TEXT:
                return self._run(token, negated_from)
            case _:
                self._note(NoticeKind.DANGLING_OPERATOR, token)
                return self._run(token, negated_from)

    def _group(self, depth: int, negated_from: int | None) -> Query | None:
        self._at += 1
        inner = self.alternatives(depth + 1, negated_from)
        self._at += 1
        return inner

    def _kind(self) -> Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _operand_follows(self) -> bool:
        """True if the token after the current one can be an operand of the current operator."""
        after = self._at + 1
        return after < len(self._tokens) and self._tokens[after].kind in {
            Kind.TEXT, Kind.PHRASE, Kind.OPEN, Kind.NOT,
        }  # fmt: skip

    def _phrase(self, token: Token, negated_from: int | None) -> Query | None:
        if self._says_nothing(token.text):
            self._note(NoticeKind.ONLY_PUNCTUATION, token)
            return None
        return self._leaf(Phrase(token.text, token.span), "phrase", negated_from)

    def _run(self, token: Token, negated_from: int | None) -> Query | None:
        folded = self._folding.fold(token.text)
        start, end = 0, len(folded)
        while start < end and (folded[start] in SENTENCE_MARKS or is_skipped(folded[start])):
            start += 1
        while end > start and (folded[end - 1] in SENTENCE_MARKS or is_skipped(folded[end - 1])):
            end -= 1
        text = token.text[start:end]
        if self._says_nothing(text):
            self._note(NoticeKind.ONLY_PUNCTUATION, token)
            return None
        low, high = token.offsets[start], token.offsets[end - 1] + 1
        return self._leaf(Run(text, (low, high - low)), "word", negated_from)

    def _note(self, kind: NoticeKind, token: Token) -> None:
        start, length = token.span
        self.notices.append(Notice(kind, self._q[start : start + length], token.span))

    def _says_nothing(self, text: str) -> bool:
        return all(is_punctuation(char) for char in compact(self._folding.fold(text)))

    def _leaf(self, leaf: Run | Phrase, kind: str, negated_from: int | None) -> Query:
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise QueryTooComplex(f"the query has more than {MAX_CLAUSES} terms; leave some out")
        start, length = leaf.span
        if negated_from is not None:
            kind, length, start = "not", start + length - negated_from, negated_from
        self.read_as.append(ReadPart(kind, leaf.text, (start, length)))
        return leaf

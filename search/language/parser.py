"""A person's query to a query tree. Whatever is typed can be read; notices say what was read differently."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from index.text.characters import compact, is_skipped
from index.text.folding import Folding
from search.errors import QueryTooComplex, QueryTooLong
from search.language.fields import BY_NAME, Field
from search.language.leaves import LeafReader
from search.language.lexer import QUOTES, Kind, Token, lex
from search.language.query import And, Everything, Not, Or, Query
from search.language.read_parts import read_parts
from search.request import MAX_CLAUSES, MAX_DEPTH, MAX_QUERY
from search.results import Notice, NoticeKind, ReadPart


@dataclass(frozen=True, slots=True)
class ParseResult:
    """How a query was read. `repaired`: the query without its unbalanced quotes and brackets."""

    query: Query
    notices: tuple[Notice, ...]
    repaired: str | None

    @property
    def read_as(self) -> tuple[ReadPart, ...]:
        """The parts of the query, in order."""
        return read_parts(self.query)


def parse(q: str, folding: Folding) -> ParseResult:
    """Read a query. Raises QueryTooLong and QueryTooComplex, and nothing else, for any text.

    The grammar, in which NOT binds tightest and OR least; what does not fit it is text:

        query = group { "OR" group }
        group = term { [ "AND" ] term }
        term  = ( "-" | "NOT" ) term | [ field ":" ] ( text | phrase [ "~" n ] | "(" query ")" )
    """
    _check_length(q)
    lexed = lex(q)
    reader = _Reader(lexed.tokens, LeafReader(q, folding))
    query = reader.alternatives(0, _Scope())
    notices = [*(_stray(q, at) for at in lexed.strays), *_control_characters(q), *reader.notices]
    return ParseResult(
        query=query if query is not None else Everything(),
        notices=in_order(notices),
        repaired=lexed.repaired,
    )


def parse_exact(q: str, folding: Folding) -> ParseResult:
    """All of it as one phrase, without operators. Raises QueryTooLong."""
    _check_length(q)
    phrase = Token(Kind.PHRASE, q, (0, len(q)), tuple(range(len(q))))
    read = LeafReader(q, folding).read(phrase, None, None)
    notices = (*_control_characters(q), *read.notices) if q.strip() else ()
    return ParseResult(read.leaf or Everything(), in_order(notices), None)


def in_order(notices: Iterable[Notice]) -> tuple[Notice, ...]:
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


def _check_length(q: str) -> None:
    if len(q) > MAX_QUERY:
        raise QueryTooLong(f"the query has {len(q)} characters; at most {MAX_QUERY} are allowed")


def _stray(q: str, at: int) -> Notice:
    kind = NoticeKind.UNBALANCED_QUOTE if q[at] in QUOTES else NoticeKind.UNBALANCED_BRACKET
    return Notice(kind, q[at], (at, 1))


def _control_characters(q: str) -> list[Notice]:
    return [
        Notice(NoticeKind.CONTROL_CHARACTER, char, (at, 1))
        for at, char in enumerate(q)
        if is_skipped(char) and not char.isspace()
    ]


_OPERANDS: Final = frozenset({Kind.TEXT, Kind.PHRASE, Kind.NEAR, Kind.FIELD, Kind.OPEN, Kind.NOT})


@dataclass(frozen=True, slots=True)
class _Scope:
    """The field that a term is about, and where its name begins in the query; None for no field."""

    field: Field | None = None
    begin: int | None = None


class _Reader:
    """Recursive descent over balanced tokens; the depth is bounded by MAX_DEPTH."""

    def __init__(self, tokens: tuple[Token, ...], leaves: LeafReader) -> None:
        self._tokens = tokens
        self._leaves = leaves
        self._at = 0
        self._clauses = 0
        self.notices: list[Notice] = []

    def alternatives(self, depth: int, scope: _Scope) -> Query | None:
        """Terms joined by OR, up to a closing bracket or the end; None if nothing is left of them."""
        if depth > MAX_DEPTH:
            raise QueryTooComplex(
                f"brackets and NOT may be at most {MAX_DEPTH} levels deep; simplify the query"
            )
        groups = [self._together(depth, scope)]
        while self._kind() is Kind.OR:
            self._at += 1
            groups.append(self._together(depth, scope))
        kept = tuple(group for group in groups if group is not None)
        return kept[0] if len(kept) == 1 else Or(kept) if kept else None

    def _together(self, depth: int, scope: _Scope) -> Query | None:
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
            child = self._operand(depth, scope)
            if child is not None:
                children.append(child)
        return children[0] if len(children) == 1 else And(tuple(children)) if children else None

    def _operand(self, depth: int, scope: _Scope) -> Query | None:
        token = self._tokens[self._at]
        if token.kind is Kind.OPEN:
            return self._group(depth, scope)
        follows = self._operand_follows()
        self._at += 1
        match token.kind:
            case Kind.NOT if follows:
                return self._negated(token, depth, scope)
            case Kind.FIELD:
                return self._operand(depth, _Scope(_field(token), token.span[0]))
            case Kind.TEXT | Kind.PHRASE | Kind.NEAR:
                return self._leaf(token, scope)
            case _:
                self.notices.append(self._leaves.notice(NoticeKind.DANGLING_OPERATOR, token.span))
                return self._leaf(token, scope)

    def _negated(self, token: Token, depth: int, scope: _Scope) -> Query | None:
        if self._kind() is not Kind.OPEN:
            if depth >= MAX_DEPTH:
                raise QueryTooComplex(f"at most {MAX_DEPTH} levels of NOT and brackets are allowed")
            depth += 1
        child = self._operand(depth, scope)
        return None if child is None else Not(child, at=token.span[0])

    def _group(self, depth: int, scope: _Scope) -> Query | None:
        self._at += 1
        inner = self.alternatives(depth + 1, scope)
        self._at += 1
        return inner

    def _kind(self) -> Kind | None:
        return self._tokens[self._at].kind if self._at < len(self._tokens) else None

    def _operand_follows(self) -> bool:
        """True if the token after the current one can be an operand of the current operator."""
        after = self._at + 1
        return after < len(self._tokens) and self._tokens[after].kind in _OPERANDS

    def _leaf(self, token: Token, scope: _Scope) -> Query | None:
        read = self._leaves.read(token, scope.field, scope.begin)
        self.notices += read.notices
        if read.leaf is None:
            return None
        self._clauses += 1
        if self._clauses > MAX_CLAUSES:
            raise QueryTooComplex(f"the query has more than {MAX_CLAUSES} terms; leave some out")
        return read.leaf


def _field(token: Token) -> Field:
    return BY_NAME[compact(token.text)[:-1].lower()]

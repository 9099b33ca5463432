"""A query as it is typed: the way back from parsing, and where in it a run stands."""

from types import UnionType

from search.language.lexer import CLOSING, OPENING, QUOTES, Kind, lex
from search.language.query import And, Everything, Not, Or, Query, Run
from search.language.read_parts import read_part
from search.results import ReadPart


def query_text(query: Query) -> str:
    """A query that is read as this tree, for a tree that some query was read as.

    Raises ValueError where there is none: for a phrase with closing quotes of every kind, a run of two words.
    """
    match query:
        case Everything():
            return ""
        case And(children):
            return " ".join(_within(child, And | Or) for child in children)
        case Or(children):
            return " OR ".join(_within(child, Or) for child in children)
        case Not(child):
            return f"-{_within(child, And | Or)}"
        case _:
            return part_text(read_part(query))


def part_text(part: ReadPart) -> str:
    """A query that asks for a part that is not negated, and for nothing else; raises ValueError as above."""
    match part.kind:
        case "word" | "number":
            written = _unquoted(part.text)
        case "prefix":
            written = f"{_unquoted(part.text)}*"
        case "near":
            written = f"{_quoted(part.text)}~{part.gap}"
        case "phrase" | "value" | "dates":
            written = _quoted(part.text)
        case _:
            raise ValueError(f"no query asks for what an article must not have: {part.text!r}")
    return written if part.field is None else f"{part.field}:{written}"


def place_of_run(run: Run, q: str) -> int | None:
    """Where the text of a run begins in the query that it was read from: its span begins with the name of a
    field, where there is one. None where controls, which it was read without, stand in it."""
    begin, length = run.span
    at = q.rfind(run.text, begin, begin + length)
    return None if at < 0 else at


def _within(query: Query, looser: type | UnionType) -> str:
    """The query as an operand, in brackets where its own operator does not bind more tightly."""
    return f"({query_text(query)})" if isinstance(query, looser) else query_text(query)


def _quoted(text: str) -> str:
    for opening, closers in QUOTES.items():
        if not any(closer in text for closer in closers):
            return f"{opening}{text}{closers[0]}"
    raise ValueError(f"no quotes are left to put around {text!r}")


def _unquoted(text: str) -> str:
    """The text, with what reading leaves out again: brackets that its own lack, a mark before an operator."""
    balanced = _balanced(text)
    for written in (text, balanced, f".{balanced}"):
        lexed = lex(written)
        if not lexed.strays and [token.kind for token in lexed.tokens] == [Kind.TEXT]:
            return written
    raise ValueError(f"{text!r} is not one word of a query")


def _balanced(text: str) -> str:
    open_brackets = missing = 0
    for char in text:
        if char in OPENING:
            open_brackets += 1
        elif char in CLOSING and open_brackets:
            open_brackets -= 1
        elif char in CLOSING:
            missing += 1
    return "(" * missing + text + ")" * open_brackets

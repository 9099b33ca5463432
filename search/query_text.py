"""A part of a query as it is typed: the way back from parsing."""

from search.lexer import CLOSING, OPENING, QUOTES, Kind, lex
from search.query import Phrase, Run


def query_text(leaf: Run | Phrase) -> str:
    """A query that is read as this and nothing else, for a run or phrase that some query was read as.

    Raises ValueError where there is none: for a phrase with closing quotes of every kind, a run of two words.
    """
    return _quoted(leaf.text) if isinstance(leaf, Phrase) else _unquoted(leaf.text)


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

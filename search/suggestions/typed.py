"""The texts in a query as it was typed that may be misspelt, whatever the query language makes of them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from index.text.characters import is_punctuation
from search.language.lexer import KEYWORDS, MINUS

_WORD = re.compile(r"\S+")
_FIELD = re.compile(r"[^:：]*[:：]")


@dataclass(frozen=True, slots=True)
class TypedText:
    """A stretch without white space, marks around it, and a field's name before it; it stands at `start`."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def typed_texts(q: str) -> tuple[TypedText, ...]:
    """The texts that somebody wants to find: operators, and what is not wanted, are left out."""
    return tuple(_texts(q))


def _texts(q: str) -> Iterator[TypedText]:
    unwanted = False
    for match in _WORD.finditer(q):
        word = match[0]
        is_negated = unwanted or word[0] in MINUS
        unwanted = word == "NOT"
        if word in KEYWORDS or is_negated:
            continue
        start, end = match.span()
        if named := _FIELD.match(word):
            start += named.end()
        while start < end and is_punctuation(q[start]):
            start += 1
        while start < end and is_punctuation(q[end - 1]):
            end -= 1
        if start < end:
            yield TypedText(q[start:end], start)

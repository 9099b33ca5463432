"""The lines of a page, and stretches of them."""

import re
from dataclasses import dataclass

_LINE = re.compile("[^\n\r\x0b\x0c\x85\u2028\u2029]+")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the repaired page, half open, in code points."""

    start: int
    end: int

    def of(self, page: str) -> str:
        return page[self.start : self.end]


@dataclass(frozen=True, slots=True)
class Line:
    """A line without the white space around it: where it starts in the page, and its folded text."""

    start: int
    folded: str

    @property
    def span(self) -> Span:
        return self.part(0, len(self.folded))

    def part(self, start: int, end: int) -> Span:
        """The stretch of the page that these offsets of the line stand for."""
        return Span(self.start + start, self.start + end)

    def group(self, match: re.Match[str], name: str) -> Span:
        """The stretch of the page that a named group of a match in `folded` stands for."""
        return self.part(match.start(name), match.end(name))


def lines_of(folded: str) -> tuple[Line, ...]:
    """The lines of a folded page that hold more than white space."""
    return tuple(
        Line(match.start() + len(match[0]) - len(match[0].lstrip()), text)
        for match in _LINE.finditer(folded)
        if (text := match[0].strip())
    )


def trimmed(page: str, span: Span) -> Span:
    """The stretch without the white space at its ends."""
    text = span.of(page)
    start = span.start + len(text) - len(text.lstrip())
    return Span(start, start + len(text.strip()))

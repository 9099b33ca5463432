"""What a page or an office file is read to: lines of text, and what it says of itself beside them."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from index.readers.record import MAX_TEXT, too_long


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a parsed text, half open, in code points."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PageMeta:
    """What a document says of itself by its markup or its properties; the text of each is a stretch of it.

    `lines_end` is where the lines of the document end: what follows are statements of its head, one a line.
    `title` is proved by the markup; `fallback_title` is what to take where the lines show none. `article` is
    the part that holds the text, `frame` what belongs to the site and not to the article. `published` is a
    date in any form.
    """

    lines_end: int
    title: Stretch | None = None
    fallback_title: Stretch | None = None
    source: Stretch | None = None
    category: tuple[Stretch, ...] = ()
    keywords: tuple[Stretch, ...] = ()
    article: Stretch | None = None
    frame: tuple[Stretch, ...] = ()
    published: str | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True)
class ParsedPage:
    """`encoding` is the codec that the bytes were decoded by; empty where they are no text."""

    text: str
    meta: PageMeta
    encoding: str = ""


@dataclass(slots=True)
class TextWriter:
    """Joins lines to one text and knows where each of them stands."""

    _lines: list[str] = field(default_factory=list)
    _end: int = 0

    @property
    def end(self) -> int:
        """Where the text ends, without the line end behind its last line."""
        return max(0, self._end - 1)

    @property
    def text(self) -> str:
        return "\n".join(self._lines)

    def line(self, text: str) -> Stretch:
        """Where the text stands that is now the last line."""
        stretch = Stretch(self._end, self._end + len(text))
        self._lines.append(text)
        self._end = stretch.end + 1
        if stretch.end > MAX_TEXT:
            raise too_long("the document (or its beginning)", stretch.end, MAX_TEXT)
        return stretch

    def lines(self, texts: Iterable[str]) -> tuple[Stretch, ...]:
        return tuple(map(self.line, texts))

"""The lines and the head of a web page to one text, with what the markup proves of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.readers.documents.html_head import HeadFacts
from index.readers.documents.line_builder import PageLine
from index.readers.documents.parsed import PageMeta, ParsedPage, Stretch, TextWriter
from index.readers.documents.titles import find_title, without_site
from index.readers.refusal import Refusal, RefusedRecord

_RUNNING: Final = 30
"""Characters from which a line that ends like a sentence is running text (as in index.describe.kinds)."""

_LONG: Final = 120
"""Characters from which any line is."""

_SENTENCE_ENDS: Final = tuple("。！？；!?;…”」")

_MOST: Final = 0.8
"""Share of a page's running text that an element holds which is the article. Chosen by hand: what is left out
of it is a notice, or the beginnings of other articles."""


def page_of(lines: Sequence[PageLine], head: HeadFacts) -> ParsedPage:
    """Raises RefusedRecord where there are no lines."""
    if not lines:
        raise RefusedRecord(
            Refusal.EMPTY, "the page shows no text; it may be made by a script in the browser"
        )
    article = _article(lines)
    found = find_title(lines, head, _text_start(lines, article))
    if found is not None:
        lines = (*lines[: found.first], found.line, *lines[found.last + 1 :])
        article = _article(lines)
    writer = TextWriter()
    stretches = writer.lines(line.text for line in lines)
    lines_end = writer.end
    title = None if found is None else stretches[found.first]
    fallback = None
    if title is None and head.article_title:
        title = writer.line(head.article_title)
    elif title is None and head.page_titles:
        fallback = writer.line(without_site(head.page_titles[0], head.site))
    source = head.source or head.site
    meta = PageMeta(
        lines_end=lines_end,
        title=title,
        fallback_title=fallback,
        source=writer.line(source) if source else None,
        category=writer.lines(head.columns),
        keywords=writer.lines(head.keywords),
        article=None
        if article is None
        else Stretch(stretches[article.start].start, stretches[article.stop - 1].end),
        frame=_framed(lines, stretches),
        published=head.published,
        url=head.url,
    )
    return ParsedPage(writer.text, meta)


def _article(lines: Sequence[PageLine]) -> range | None:
    """The lines of the smallest element that says it is the article and holds nearly all running text."""
    held: dict[int, _Held] = {}
    running = 0
    for index, line in enumerate(lines):
        length = _running_length(line.text)
        running += 0 if line.place.framed else length
        for article in line.place.articles:
            held.setdefault(article, _Held(index)).add(index, length, len(line.text))
    fitting = [element for element in held.values() if element.running >= _MOST * running]
    best = min(fitting, key=lambda element: (element.length, -element.first), default=None)
    return None if best is None or not running else range(best.first, best.last + 1)


def _text_start(lines: Sequence[PageLine], article: range | None) -> int:
    """The first line of running text, in the article if it is known; the number of lines if there is none."""
    within = range(len(lines)) if article is None else article
    return next((index for index in within if _running_length(lines[index].text)), len(lines))


@dataclass(slots=True)
class _Held:
    """What an element holds: its first and last line, characters of running text and of all text."""

    first: int
    last: int = 0
    running: int = 0
    length: int = 0

    def add(self, index: int, running: int, length: int) -> None:
        self.last = index
        self.running += running
        self.length += length


def _running_length(text: str) -> int:
    is_running = len(text) >= _LONG or (len(text) >= _RUNNING and text.endswith(_SENTENCE_ENDS))
    return len(text) if is_running else 0


def _framed(lines: Sequence[PageLine], stretches: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """The stretches of lines of the frame, neighbours joined."""
    joined: list[Stretch] = []
    was_framed = False
    for line, stretch in zip(lines, stretches, strict=True):
        if line.place.framed:
            begins = joined.pop().start if was_framed else stretch.start
            joined.append(Stretch(begins, stretch.end))
        was_framed = line.place.framed
    return tuple(joined)

"""Where on a page its parts are looked for."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from index.describe.breadcrumb import breadcrumb
from index.describe.kinds import LEAD, is_paragraph
from index.describe.lines import Line, Span
from index.describe.meta import PageHints
from index.describe.stamp import stamp_of

_HEAD: Final = 15
"""Lines among which the head of a page is looked for (the team's notes on Chinese text, 5.2)."""

_TABLE: Final = 40
"""Lines among which the table of a document's information is looked for: 20 keys with their values below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Indexes of the lines of a page.

    `title_line` and `article` are what the markup proves, None where it does not; `framed` are the lines that
    it gives to the site. `head` ends before the first line of running text; `crumbs` and `table` are where
    breadcrumb and document information are looked for.
    """

    title_line: int | None
    article: range | None
    framed: frozenset[int]
    head: range
    crumbs: range
    table: range

    @property
    def below(self) -> range:
        """What follows an article whose end is known, as far as a head is looked for."""
        return range(0) if self.article is None else range(self.article.stop, self.article.stop + _HEAD)

    def is_outside(self, index: int) -> bool:
        """True for a line that the markup does not count to the article: of the frame, or below it."""
        return index in self.framed or (self.article is not None and index >= self.article.stop)


def layout_of(lines: Sequence[Line], hints: PageHints) -> Layout:
    """The layout of a page. Without hints, its head are the first lines; or those before the first running
    text, where only there a breadcrumb or a date stands."""
    title = _within(lines, hints.title)
    article = _within(lines, hints.article) or None
    title_line = title.start if title else None
    anchor = title_line if title_line is not None else article.start if article else None
    if anchor is None:
        head = _unmarked_head(lines)
        crumbs, table = head, range(head.start, _text_start(lines, range(head.start, head.start + _TABLE)))
    else:
        head = _marked_head(lines, title_line, article)
        crumbs, table = range(head.stop), range(max(0, anchor - _TABLE), head.stop)
    return Layout(
        title_line=title_line,
        article=article,
        framed=frozenset(index for span in hints.frame for index in _within(lines, span)),
        head=head,
        crumbs=crumbs,
        table=table,
    )


def _within(lines: Sequence[Line], span: Span | None) -> range:
    """The lines that begin in the stretch."""
    if span is None:
        return range(0)
    first, last = (bisect_left(lines, at, key=lambda line: line.start) for at in (span.start, span.end))
    return range(first, last)


def _unmarked_head(lines: Sequence[Line]) -> range:
    first = range(_text_start(lines, range(_HEAD)))
    if first.stop < _HEAD or _shows_head(lines[index] for index in first):
        return first
    end = _text_start(lines, range(len(lines)))
    nearest = range(max(0, end - _HEAD), end)
    return nearest if end < len(lines) and _shows_head(lines[index] for index in nearest) else first


def _marked_head(lines: Sequence[Line], title_line: int | None, article: range | None) -> range:
    """The lines around title and beginning of the article, up to its first running text."""
    first = title_line + 1 if title_line is not None else article.start if article else 0
    known = max(first, article.start) if article else first
    end = _text_start(lines, range(first, known + _HEAD))
    begin = first
    while begin > max(0, first - _HEAD) and not is_paragraph(lines[begin - 1]):
        begin -= 1
    return range(begin, end)


def _text_start(lines: Sequence[Line], within: range) -> int:
    """The first line of running text or lead among these; else the first line behind them."""
    for index in within:
        if index >= len(lines) or is_paragraph(lines[index]) or LEAD.match(lines[index].folded):
            return min(index, len(lines))
    return min(within.stop, len(lines))


def _shows_head(lines: Iterable[Line]) -> bool:
    return any(breadcrumb(line) is not None or stamp_of(line) is not None for line in lines)

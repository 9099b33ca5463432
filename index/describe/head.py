"""Finds title, breadcrumb and date at the head of a page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.describe.breadcrumb import breadcrumb
from index.describe.kinds import LEAD, ORIGIN, TAGS, TITLE, is_furniture, is_notice, is_paragraph, is_related
from index.describe.lines import Line, Span
from index.describe.stamp import Stamp, stamp_of

_HEAD = 15
"""Lines among which the head of a page is looked for (the team's notes on Chinese text, 5.2)."""

_TITLE_LENGTHS = range(6, 81)
"""Code points of a title that nothing but its place gives away."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Indexes of the lines that the head of a page is made of.

    `end` is the first line of running text, or where the search for the head ended.
    """

    end: int
    title_line: int | None
    title: Span | None
    crumb_line: int | None
    category: tuple[Span, ...]
    stamps: Mapping[int, Stamp]
    stamp: Stamp | None
    """The surest of the stamps."""

    @property
    def is_marked(self) -> bool:
        """True if something shows where the article begins: what stands above its title is not part of it."""
        return self.crumb_line is not None or self.stamp is not None


def find_head(lines: Sequence[Line]) -> Head:
    """The head of a page; without any mark of one, the title is the first line that looks like one."""
    end = _end(lines)
    found = ((index, breadcrumb(line)) for index, line in enumerate(lines[:end]))
    crumb_line, category = next(((index, spans) for index, spans in found if spans is not None), (None, ()))
    stamps = {
        index: stamp
        for index, line in enumerate(lines[:end])
        if index != crumb_line and (stamp := stamp_of(line)) is not None
    }
    stamp_line = min(stamps, key=lambda index: (stamps[index].rank, index), default=None)
    title_line = _title_line(lines[:end], crumb_line, stamps)
    title = None
    if title_line is not None:
        labelled = TITLE.fullmatch(lines[title_line].folded)
        title = lines[title_line].group(labelled, "title") if labelled else lines[title_line].span
    return Head(
        end=end,
        title_line=title_line,
        title=title,
        crumb_line=crumb_line,
        category=category,
        stamps=stamps,
        stamp=None if stamp_line is None else stamps[stamp_line],
    )


def _end(lines: Sequence[Line]) -> int:
    for index, line in enumerate(lines[:_HEAD]):
        if is_paragraph(line) or LEAD.match(line.folded):
            return index
    return min(len(lines), _HEAD)


def _title_line(head: Sequence[Line], crumb_line: int | None, stamps: Mapping[int, Stamp]) -> int | None:
    for index, line in enumerate(head):
        if TITLE.fullmatch(line.folded):
            return index
    candidates = [
        index
        for index, line in enumerate(head)
        if index != crumb_line and index not in stamps and not _is_no_title(line)
    ]
    if stamps:
        first_stamp = min(stamps)
        above = [index for index in candidates if index < first_stamp]
        below_crumb = [index for index in above if crumb_line is None or index > crumb_line]
        for nearest in (below_crumb, above):
            if nearest:
                return nearest[-1]
    if crumb_line is not None:
        return next((index for index in candidates if index > crumb_line), None)
    fitting = (index for index in candidates if len(head[index].folded) in _TITLE_LENGTHS)
    return next(fitting, candidates[0] if candidates else None)


def _is_no_title(line: Line) -> bool:
    text = line.folded
    subtitle = text[0] in "-—("
    known = is_furniture(line) or is_notice(line) or is_related(line)
    return subtitle or known or bool(TAGS.match(text) or ORIGIN.match(text))

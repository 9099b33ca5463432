"""Finds title, breadcrumb, date and document information at the head of a page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from index.describe.breadcrumb import breadcrumb
from index.describe.information import PUBLISHED, SIGNED, Pair, find_information
from index.describe.kinds import ORIGIN, TAGS, TITLE, is_furniture, is_notice, is_related
from index.describe.layout import Layout
from index.describe.lines import Line, Span
from index.describe.meta import PageHints
from index.describe.stamp import Rank, Stamp, stamp_of
from index.describe.times import CHINA, find_dates

_TITLE_LENGTHS = range(6, 81)
"""Code points of a title that nothing but its place gives away."""

_DATED = {PUBLISHED: Rank.LABELLED, SIGNED: Rank.OTHER_LABEL}
"""Keys of a document's information that say when it was published, or could have been."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """What the head of a page says, with the indexes of its lines.

    `stamp` is the surest of the stamps. `begins` is the first line that can belong to the article, and
    `is_marked` is true if something shows that: what stands above is no part of it.
    """

    title_line: int | None
    title: Span | None
    crumb_line: int | None
    category: tuple[Span, ...]
    stamps: Mapping[int, Stamp]
    stamp: Stamp | None
    published: datetime | None
    information: Mapping[int, tuple[Pair, ...]]
    begins: int
    is_marked: bool

    @property
    def stated(self) -> Mapping[str, Span]:
        """What the document's information says, by its keys; of a key that stands twice, the first."""
        stated: dict[str, Span] = {}
        for pair in (pair for row in self.information.values() for pair in row):
            if pair.value is not None:
                stated.setdefault(pair.key, pair.value)
        return stated


def find_head(lines: Sequence[Line], hints: PageHints, layout: Layout) -> Head:
    """The head of a page; without any mark of one, the title is the first line that looks like one."""
    crumb_line, category = _crumb(lines, layout)
    own = {layout.title_line, crumb_line}
    looked_at = [index for index in (*layout.table, *layout.below) if index < len(lines) and index not in own]
    information = find_information(lines, looked_at)
    finder = _Finder(lines, layout, crumb_line, information)
    stamps = finder.stamps()
    title_line, title = finder.title(hints, stamps)
    begins = title_line if title_line is not None else layout.article.start if layout.article else 0
    return Head(
        title_line=title_line,
        title=title,
        crumb_line=crumb_line,
        category=category,
        stamps=stamps,
        stamp=_surest(stamps),
        published=_published(stamps, hints.published),
        information=information,
        begins=begins,
        is_marked=bool(crumb_line is not None or stamps or layout.article or hints.title),
    )


def _crumb(lines: Sequence[Line], layout: Layout) -> tuple[int | None, tuple[Span, ...]]:
    """The nearest above a title that is known, else the first."""
    found = ((index, breadcrumb(lines[index])) for index in layout.crumbs if index != layout.title_line)
    crumbs = [(index, spans) for index, spans in found if spans is not None]
    above = [crumb for crumb in crumbs if layout.title_line is not None and crumb[0] < layout.title_line]
    return next(iter(above[::-1] or crumbs), (None, ()))


@dataclass(frozen=True, slots=True)
class _Finder:
    """Looks among the lines of the head that nothing else claims."""

    lines: Sequence[Line]
    layout: Layout
    crumb_line: int | None
    information: Mapping[int, tuple[Pair, ...]]

    def stamps(self) -> Mapping[int, Stamp]:
        """Those of the head, below a known title if there are some; else labelled ones below the article."""
        found = dict(self._stamps_among(self.layout.head))
        title = self.layout.title_line
        if title is not None:
            below = {index: stamp for index, stamp in found.items() if index > title}
            found = below or {index: stamp for index, stamp in found.items() if self._is_near(index, stamp)}
        if found:
            return found
        late = self._stamps_among(self.layout.below)
        return {index: stamp for index, stamp in late if stamp.rank is Rank.LABELLED}

    def _is_near(self, index: int, stamp: Stamp) -> bool:
        """False for today's date at the top of a site."""
        return stamp.rank is Rank.LABELLED or (self.crumb_line is not None and index > self.crumb_line)

    def _stamps_among(self, indexes: Iterable[int]) -> Iterator[tuple[int, Stamp]]:
        for index in indexes:
            if index >= len(self.lines) or index in (self.layout.title_line, self.crumb_line):
                continue
            if index in self.information:
                stamp = self._stated_stamp(index)
            else:
                stamp = None if index in self.layout.framed else stamp_of(self.lines[index])
            if stamp is not None:
                yield index, stamp

    def _stated_stamp(self, index: int) -> Stamp | None:
        """The surest date that a row of the document's information states."""
        line = self.lines[index]
        stated = (
            Stamp(_DATED[pair.key], date.moment, None)
            for pair in self.information[index]
            if pair.key in _DATED and pair.value is not None
            for date in find_dates(line.folded[pair.value.start - line.start : pair.value.end - line.start])
        )
        return min(stated, key=lambda stamp: stamp.rank, default=None)

    def title(self, hints: PageHints, stamps: Mapping[int, Stamp]) -> tuple[int | None, Span | None]:
        """The line of the title, and the title.

        In this order: what the markup proves, what a label says, what stands where a title stands, what the
        markup may mean, what looks like one.
        """
        if self.layout.title_line is None and hints.title is not None:
            return None, hints.title
        line = self.layout.title_line
        if line is None:
            line = next((i for i in self.layout.head if TITLE.fullmatch(self.lines[i].folded)), None)
        if line is None:
            for index, row in self.information.items():
                for pair in row:
                    if pair.key == "标题" and pair.value is not None:
                        return index, pair.value
        candidates = [index for index in self.layout.head if self._may_be_title(index, stamps)]
        if line is None:
            line = self._placed(candidates, stamps)
        if line is None and hints.fallback_title is not None:
            return None, hints.fallback_title
        if line is None:
            fitting = (index for index in candidates if len(self.lines[index].folded) in _TITLE_LENGTHS)
            line = next(fitting, candidates[0] if candidates else None)
        if line is None:
            return None, None
        labelled = TITLE.fullmatch(self.lines[line].folded)
        return line, self.lines[line].group(labelled, "title") if labelled else self.lines[line].span

    def _placed(self, candidates: Sequence[int], stamps: Mapping[int, Stamp]) -> int | None:
        """The nearest above the first stamp, or the next below the breadcrumb."""
        first_stamp = min(stamps, default=None)
        above = [index for index in candidates if first_stamp is not None and index < first_stamp]
        below_crumb = [index for index in above if self.crumb_line is None or index > self.crumb_line]
        for nearest in (below_crumb, above):
            if nearest:
                return nearest[-1]
        if self.crumb_line is None:
            return None
        return next((index for index in candidates if index > self.crumb_line), None)

    def _may_be_title(self, index: int, stamps: Mapping[int, Stamp]) -> bool:
        line = self.lines[index]
        claimed = index == self.crumb_line or index in stamps or index in self.information
        known = is_furniture(line) or is_notice(line) or is_related(line)
        is_subtitle = line.folded[0] in "-—("
        labelled = TAGS.match(line.folded) or ORIGIN.match(line.folded)
        return not (claimed or known or is_subtitle or labelled or index in self.layout.framed)


def _surest(stamps: Mapping[int, Stamp]) -> Stamp | None:
    best = min(stamps, key=lambda index: (stamps[index].rank, index), default=None)
    return None if best is None else stamps[best]


def _published(stamps: Mapping[int, Stamp], stated: datetime | None) -> datetime | None:
    """The moment of the surest stamp; what the markup states, where there is none but of another kind.

    Where that is a day without a time of day, and another of them names the same day with one, that is taken.
    """
    stamp = _surest(stamps)
    if stamp is None or (stamp.rank is Rank.OTHER_LABEL and stated is not None):
        moment = stated
    else:
        moment = stamp.published
    if moment is None or moment.timetz().replace(tzinfo=None) != time.min:
        return moment
    others = [*(stamp.published for stamp in stamps.values()), *filter(None, (stated,))]
    same_day = (
        other for other in others if other.astimezone(CHINA).date() == moment.astimezone(CHINA).date()
    )
    return max(same_day, key=lambda other: other.astimezone(CHINA).time() != time.min)

"""A page of news text to its parts: which stretch of it is title, lead, body, tags, notice, links."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto

from index.article import Part
from index.describe.head import Head, find_head
from index.describe.kinds import DOCUMENT_NUMBER, LEAD, ORIGIN, TAG, TAGS, is_furniture, is_notice, is_related
from index.describe.lines import Line, Span, lines_of

_LONGEST_ORIGIN = 50
"""Code points of a line that names an origin; a longer one is a sentence that begins with 来源."""

_LONGEST_TAGS = 200
"""Code points of a line of tags; a longer one is text, such as the abstract of a paper."""

_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """Stretches of the repaired page, in order: of a body its paragraphs, of a notice its lines.

    `source` is who published the page, `origin` who wrote the text, if the page names another under it.
    """

    spans: Mapping[Part, tuple[Span, ...]]
    source: Span | None
    origin: Span | None
    category: tuple[Span, ...]
    notice: tuple[Span, ...]
    related: tuple[Span, ...]
    published: datetime | None


def page_parts(folded: str) -> PageParts:
    """The parts of a page, told apart on its folded text (whose offsets are those of the page).

    No line of text is lost to a part that is not searched unless something marks it: above the title only
    where a breadcrumb or a date shows where the article begins, below the body only from a known heading on.
    """
    lines = lines_of(folded)
    return _Reading(find_head(lines), lines).parts()


class _Zone(Enum):
    ARTICLE = auto()
    NOTICE = auto()
    RELATED = auto()


@dataclass(slots=True)
class _Reading:
    """One pass over the lines."""

    head: Head
    lines: Sequence[Line]
    zone: _Zone = _Zone.ARTICLE
    lead: Span | None = None
    lead_follows: bool = False
    source: Span | None = None
    origin: Span | None = None
    body: list[Line] = field(default_factory=list)
    tags: list[Span] = field(default_factory=list)
    notice: list[Span] = field(default_factory=list)
    related: list[Span] = field(default_factory=list)

    def parts(self) -> PageParts:
        self.source = self.head.stamp.source if self.head.stamp else None
        for index, line in enumerate(self.lines):
            if index in (self.head.title_line, self.head.crumb_line):
                continue
            if (stamp := self.head.stamps.get(index)) is not None:
                self.source = self.source or stamp.source
            else:
                self._read(line, above_title=index < (self.head.title_line or 0))
        return PageParts(
            spans={
                Part.TITLE: () if self.head.title is None else (self.head.title,),
                Part.LEAD: () if self.lead is None else (self.lead,),
                Part.BODY: tuple(line.span for line in self._body_without_lead()),
                Part.TAGS: tuple(self.tags),
            },
            source=self.source,
            origin=self.origin,
            category=self.head.category,
            notice=tuple(self.notice),
            related=tuple(self.related),
            published=self.head.stamp.published if self.head.stamp else None,
        )

    def _read(self, line: Line, *, above_title: bool) -> None:
        text = line.folded
        if self.lead_follows:
            self.lead, self.lead_follows = line.span, False
        elif len(text) <= _LONGEST_TAGS and (tags := TAGS.match(text)):
            self.tags += (line.part(*tag.span()) for tag in TAG.finditer(text, tags.end()))
            if self.zone is _Zone.NOTICE:
                self.zone = _Zone.RELATED
        elif is_notice(line):
            self.notice.append(line.span)
            self._leave_article(_Zone.NOTICE)
        elif is_related(line):
            self.related.append(line.span)
            self._leave_article(_Zone.RELATED)
        elif self.zone is _Zone.NOTICE:
            self.notice.append(line.span)
        elif self.zone is _Zone.RELATED:
            self.related.append(line.span)
        else:
            self._read_article(line, above_title=above_title)

    def _read_article(self, line: Line, *, above_title: bool) -> None:
        text = line.folded
        if not self.body and self.lead is None and (label := LEAD.match(text)):
            if label.end() == len(text):
                self.lead_follows = True
            else:
                self.lead = line.part(label.end(), len(text))
        elif len(text) <= _LONGEST_ORIGIN and (named := ORIGIN.match(text)):
            if not self.body and self.source is None:
                self.source = line.group(named, "name")
            else:
                self.origin = self.origin or line.group(named, "name")
        elif not self._is_outside(line, above_title=above_title):
            self.body.append(line)

    def _is_outside(self, line: Line, *, above_title: bool) -> bool:
        if above_title and self.head.is_marked:
            return not DOCUMENT_NUMBER.search(line.folded)
        return is_furniture(line) or (not self.body and self._is_title(line))

    def _leave_article(self, zone: _Zone) -> None:
        """What stands before the first paragraph ends nothing."""
        if self.body:
            self.zone = zone

    def _is_title(self, line: Line) -> bool:
        """True for a line that only repeats the title."""
        title = self.head.title_line
        return title is not None and _WHITE.sub("", self.lines[title].folded) == _WHITE.sub("", line.folded)

    def _body_without_lead(self) -> list[Line]:
        """The body; a first paragraph that is the lead once more is left out."""
        if self.lead is None or not self.body:
            return self.body
        lead = next(line for line in self.lines if line.start <= self.lead.start < line.span.end)
        lead_text = lead.folded[self.lead.start - lead.start :]
        same = _WHITE.sub("", self.body[0].folded) == _WHITE.sub("", lead_text)
        return self.body[1:] if same else self.body

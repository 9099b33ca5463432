"""A page of news text to its parts: which stretch of it is title, lead, body, tags, notice, links."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum, auto
from typing import Final

from index.article import Part
from index.describe.head import Head, find_head
from index.describe.information import Pair
from index.describe.kinds import (
    DOCUMENT_NUMBER,
    LEAD,
    ORIGIN,
    OWN_SITE,
    SOURCE,
    TAG,
    TAGS,
    is_furniture,
    is_notice,
    is_paragraph,
    is_related,
)
from index.describe.layout import Layout, layout_of
from index.describe.lines import Line, Span, lines_of
from index.describe.meta import PageHints

_LONGEST_ORIGIN = 50
"""Code points of a line that names an origin; a longer one is a sentence that begins with 来源."""

_LONGEST_TAGS = 200
"""Code points of a line of tags; a longer one is text, such as the abstract of a paper."""

_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageParts:
    """Stretches of the repaired page, in order: of a body its paragraphs, of a notice its lines.

    `source` is who published the page, `origin` who wrote the text, if the page names another under it.
    `stated` are keys and values of the table that says what document it is (索引号, 发文机关 …).
    """

    spans: Mapping[Part, tuple[Span, ...]]
    source: Span | None
    origin: Span | None
    category: tuple[Span, ...]
    stated: Mapping[str, Span]
    notice: tuple[Span, ...]
    related: tuple[Span, ...]
    published: datetime | None


NO_HINTS: Final = PageHints()


def page_parts(folded: str, hints: PageHints = NO_HINTS) -> PageParts:
    """The parts of a page, told apart on its folded text (whose offsets are those of the page).

    What its lines say comes before what its markup says beside them. No line of text is lost to a part that
    is not searched unless something marks it: above the title only where a breadcrumb, a date or the markup
    shows where the article begins, below the body only from a known heading on, or short lines outside of
    the article that the markup shows.
    """
    lines = lines_of(folded if hints.lines_end is None else folded[: hints.lines_end])
    layout = layout_of(lines, hints)
    return _Reading(folded, hints, find_head(lines, hints, layout), layout, lines).parts()


class _Zone(Enum):
    ARTICLE = auto()
    NOTICE = auto()
    RELATED = auto()


@dataclass(slots=True)
class _Reading:
    """One pass over the lines."""

    folded: str
    hints: PageHints
    head: Head
    layout: Layout
    lines: Sequence[Line]
    zone: _Zone = _Zone.ARTICLE
    lead: Span | None = None
    lead_follows: bool = False
    source: Span | None = None
    origin: Span | None = None
    has_begun: bool = False
    body: list[Line] = field(default_factory=list)
    tags: list[Span] = field(default_factory=list)
    notice: list[Span] = field(default_factory=list)
    related: list[Span] = field(default_factory=list)

    def parts(self) -> PageParts:
        self.source = self.head.stamp.source if self.head.stamp else None
        for index, line in enumerate(self.lines):
            if index in (self.head.title_line, self.head.crumb_line):
                continue
            if (row := self.head.information.get(index)) is not None:
                self._read_row(row)
            elif (stamp := self.head.stamps.get(index)) is not None:
                self.source = self.source or stamp.source
            else:
                self._read(index, line)
        return PageParts(
            spans={
                Part.TITLE: () if self.head.title is None else (self.head.title,),
                Part.LEAD: () if self.lead is None else (self.lead,),
                Part.BODY: tuple(line.span for line in self._body_without_lead()),
                Part.TAGS: tuple(self.tags) or self.hints.keywords,
            },
            source=self._published_by(),
            origin=self.origin,
            category=self.head.category or self.hints.category,
            stated=self.head.stated,
            notice=tuple(self.notice),
            related=tuple(self.related),
            published=self.head.published,
        )

    def _published_by(self) -> Span | None:
        """What the page's own line says, the document's information, or the markup."""
        stated, claimed = self.head.stated, self.hints.source
        named = self.source or stated.get("来源") or stated.get("发布机构") or stated.get("发文机关")
        if named is not None or claimed is None:
            return named
        text = claimed.of(self.folded)
        if labelled := SOURCE.fullmatch(text):
            start, end = labelled.span("name")
            return Span(claimed.start + start, claimed.start + end)
        return None if OWN_SITE.fullmatch(text) else claimed

    def _read_row(self, row: Sequence[Pair]) -> None:
        """A row of the document's information is no text, but for the number that people search for."""
        for pair in row:
            if pair.value is not None and DOCUMENT_NUMBER.fullmatch(pair.value.of(self.folded)):
                text = pair.span.of(self.folded)
                self.body.append(Line(pair.span.start, text))

    def _read(self, index: int, line: Line) -> None:
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
            self._read_article(index, line)

    def _read_article(self, index: int, line: Line) -> None:
        text = line.folded
        if not self.has_begun and self.lead is None and (label := LEAD.match(text)):
            if label.end() == len(text):
                self.lead_follows = True
            else:
                self.lead = line.part(label.end(), len(text))
        elif len(text) <= _LONGEST_ORIGIN and (named := ORIGIN.match(text)):
            if not self.has_begun and self.source is None:
                self.source = line.group(named, "name")
            else:
                self.origin = self.origin or line.group(named, "name")
        elif index < self.head.begins and self.head.is_marked:
            if DOCUMENT_NUMBER.search(text):
                self.body.append(line)
        elif self.layout.is_outside(index) and (index in self.layout.framed or not is_paragraph(line)):
            if not is_furniture(line):
                self.related.append(line.span)
        elif not is_furniture(line) and (self.has_begun or not self._repeats_head(line)):
            self.has_begun = self.has_begun or not DOCUMENT_NUMBER.fullmatch(text)
            self.body.append(line)

    def _leave_article(self, zone: _Zone) -> None:
        """What stands before the first paragraph ends nothing."""
        if self.body:
            self.zone = zone

    def _repeats_head(self, line: Line) -> bool:
        """True for a line that only says the title once more, or the name of the site."""
        text = _WHITE.sub("", line.folded)
        said = (self.head.title, self.hints.source)
        return any(span is not None and _WHITE.sub("", span.of(self.folded)) == text for span in said)

    def _body_without_lead(self) -> list[Line]:
        """The body; a first paragraph that is the lead once more is left out."""
        if self.lead is None or not self.body:
            return self.body
        lead = next(line for line in self.lines if line.start <= self.lead.start < line.span.end)
        lead_text = lead.folded[self.lead.start - lead.start :]
        same = _WHITE.sub("", self.body[0].folded) == _WHITE.sub("", lead_text)
        return self.body[1:] if same else self.body

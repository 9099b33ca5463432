"""Rows to articles: repaired, taken apart, described, with an id and the log of what was repaired."""

from dataclasses import dataclass
from datetime import datetime
from typing import Self

from index.article import Article, Original, Part
from index.describe.identity import ID_FORM, derived_id, is_id
from index.describe.page import page_parts
from index.describe.parted import LINE_END, PartedText, without_repeats
from index.describe.record import repaired_record
from index.describe.scripts import script_of
from index.describe.times import parse_published
from index.readers.record import Record
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import PageRow, RecordRow
from index.stages import Stage, StageClock
from index.text.folding import Folding
from index.text.repair import Repairer


@dataclass(frozen=True, slots=True)
class Composed:
    """An article and what it was made of."""

    article: Article
    original: Original


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes articles of rows. Immutable and safe to share between threads."""

    folding: Folding
    repairer: Repairer

    @classmethod
    def load(cls) -> Self:
        """A composer with the tables that come with this program and its libraries."""
        folding = Folding.load()
        return cls(folding, Repairer.load(folding))

    def compose(self, row: PageRow | RecordRow, clock: StageClock) -> Composed:
        """The article of a row; raises RefusedRecord where the row cannot become one.

        `clock` is told what the stages take.
        """
        with clock.measure(Stage.DESCRIBE):
            article = (
                self._of_page(row.text, clock)
                if isinstance(row, PageRow)
                else self._of_record(row.record, clock)
            )
        return Composed(article, row.original)

    def _of_page(self, text: str, clock: StageClock) -> Article:
        with clock.measure(Stage.REPAIR):
            repaired = self.repairer.repair(text)
        page = repaired.text
        found = page_parts(self.folding.fold(page))
        spans = {**found.spans, Part.TAGS: without_repeats(page, found.spans[Part.TAGS])}
        parts = PartedText(repaired, spans, dict.fromkeys(Part, 0), unsearched_base=0)
        searchable = parts.searchable()
        if not searchable or searchable.isspace():
            raise RefusedRecord(Refusal.EMPTY, "the page holds nothing but its frame: no title and no text")
        title = parts.text(Part.TITLE)
        source = None if found.source is None else found.source.of(page)
        return Article(
            id=derived_id(
                url=None,
                source=source,
                published=found.published,
                title=title,
                original=(text,),
                folding=self.folding,
            ),
            title=title,
            lead=parts.text(Part.LEAD),
            body=parts.text(Part.BODY),
            tags=parts.stretches(Part.TAGS),
            url=None,
            source=source,
            origin=None if found.origin is None else found.origin.of(page),
            category=tuple(entry.of(page) for entry in found.category),
            notice=LINE_END.join(line.of(page) for line in found.notice),
            related=tuple(line.of(page) for line in found.related),
            published=found.published,
            script=script_of(searchable, self.folding),
            region_hint=None,
            repairs=parts.repairs(),
        )

    def _of_record(self, record: Record, clock: StageClock) -> Article:
        with clock.measure(Stage.REPAIR):
            repaired = repaired_record(record, self.repairer)
        parts, source = repaired.parts, repaired.source
        title = parts.text(Part.TITLE)
        url = _given(record.url)
        published = _published(record)
        return Article(
            id=_given_id(record)
            or derived_id(
                url=url,
                source=source,
                published=published,
                title=title,
                original=(record.title or "", record.lead or "", record.text or ""),
                folding=self.folding,
            ),
            title=title,
            lead=parts.text(Part.LEAD),
            body=parts.text(Part.BODY),
            tags=parts.stretches(Part.TAGS),
            url=url,
            source=source,
            origin=_given(record.written_by),
            category=tuple(filter(None, map(str.strip, record.category or ()))),
            notice=record.notice or "",
            related=record.related or (),
            published=published,
            script=script_of(parts.searchable(), self.folding),
            region_hint=_given(record.region),
            repairs=parts.repairs(),
        )


def _given(text: str | None) -> str | None:
    """The text without the white space around it; None where nothing is left."""
    return (text or "").strip() or None


def _given_id(record: Record) -> str | None:
    given = _given(record.id)
    if given is not None and not is_id(given):
        raise RefusedRecord(Refusal.BAD_VALUE, f"`id` {given!r} is none: an id is {ID_FORM}")
    return given


def _published(record: Record) -> datetime | None:
    given = _given(record.published)
    if given is None:
        return None
    try:
        return parse_published(given)
    except ValueError as error:
        raise RefusedRecord(Refusal.BAD_VALUE, f"`published`: {str(error)[:200]}") from error

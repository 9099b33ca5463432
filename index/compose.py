"""Rows to articles: parsed, repaired, taken apart, described, with an id and the log of what was repaired."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from index.article import Article, Original, Part
from index.describe.description import Describer, Subject
from index.describe.identity import ID_FORM, derived_id, is_id
from index.describe.meta import hints_of
from index.describe.page import NO_HINTS, PageParts, page_parts
from index.describe.parted import LINE_END, PartedText, without_repeats
from index.describe.record import repaired_record
from index.describe.scripts import script_of
from index.describe.times import find_dates, parse_published
from index.readers.documents.parse import parse_document
from index.readers.documents.parsed import PageMeta
from index.readers.encodings import decode
from index.readers.record import Record
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import DocumentRow, PageRow, RecordRow
from index.reposts.sketch import Sketch, Sketcher
from index.stages import Stage, StageClock
from index.text.edits import RepairedText
from index.text.folding import Folding
from index.text.repair import Repairer
from index.text.rules.invisible import without_invisible


@dataclass(frozen=True, slots=True)
class Composed:
    """An article, what it was made of, and the sketch by which its copies are found."""

    article: Article
    original: Original
    sketch: Sketch


@dataclass(frozen=True, slots=True)
class Composer:
    """Makes articles of rows. Immutable and safe to share between threads."""

    folding: Folding
    repairer: Repairer
    describer: Describer
    sketcher: Sketcher

    @classmethod
    def load(cls) -> Self:
        """A composer with the tables that come with this program and its libraries."""
        folding = Folding.load()
        return cls(folding, Repairer.load(folding), Describer.load(folding), Sketcher(folding))

    @classmethod
    def sparing(cls) -> Self:
        """One that mends nothing: texts are as they came, but for characters that nobody sees."""
        return replace(cls.load(), repairer=Repairer.sparing())

    def compose(self, row: PageRow | RecordRow | DocumentRow, clock: StageClock) -> Composed:
        """The article of a row; raises RefusedRecord where the row cannot become one.

        `clock` is told what the stages take.
        """
        original = row.original
        match row:
            case RecordRow(record=record):
                article = self._of_record(record, clock)
            case PageRow(text=text):
                article = self._of_page(text, None, clock)
            case DocumentRow():
                with clock.measure(Stage.PARSE):
                    parsed = parse_document(original, decode)
                original = replace(original, encoding=parsed.encoding)
                article = self._of_page(parsed.text, parsed.meta, clock)
        with clock.measure(Stage.COMPARE):
            sketch = self.sketcher.sketch(article)
        return Composed(article, original, sketch)

    def _of_page(self, text: str, meta: PageMeta | None, clock: StageClock) -> Article:
        with clock.measure(Stage.REPAIR):
            repaired = self.repairer.repair(text)
        with clock.measure(Stage.DESCRIBE):
            hints = NO_HINTS if meta is None else hints_of(meta, repaired)
            found = page_parts(self.folding.fold(repaired.text), hints)
            return self._of_parts(text, repaired, found, None if meta is None else meta.url)

    def _of_parts(self, text: str, repaired: RepairedText, found: PageParts, url: str | None) -> Article:
        page = repaired.text
        # The column that a page stands in is a word for it as a tag is: people search for it.
        tags = (*found.spans[Part.TAGS], *found.category[-1:])
        spans = {**found.spans, Part.TAGS: without_repeats(page, tags)}
        parts = PartedText(repaired, spans, dict.fromkeys(Part, 0), unsearched_base=0)
        title = parts.text(Part.TITLE)
        source = None if found.source is None else found.source.of(page)
        return self._article(
            parts,
            article_id=derived_id(
                url=url,
                source=source,
                published=found.published,
                title=title,
                original=(text,),
                folding=self.folding,
            ),
            url=url,
            source=source,
            origin=None if found.origin is None else found.origin.of(page),
            category=tuple(entry.of(page) for entry in found.category),
            notice=LINE_END.join(line.of(page) for line in found.notice),
            related=tuple(line.of(page) for line in found.related),
            published=found.published,
            stated={key: span.of(page) for key, span in found.stated.items()},
            hint=None,
        )

    def _of_record(self, record: Record, clock: StageClock) -> Article:
        with clock.measure(Stage.REPAIR):
            repaired = repaired_record(record, self.repairer)
        with clock.measure(Stage.DESCRIBE):
            url = _given(record.url)
            published = _published(record, self.folding)
            return self._article(
                repaired.parts,
                article_id=_given_id(record)
                or derived_id(
                    url=url,
                    source=repaired.source,
                    published=published,
                    title=repaired.parts.text(Part.TITLE),
                    original=(record.title or "", record.lead or "", record.text or ""),
                    folding=self.folding,
                ),
                url=url,
                source=repaired.source,
                origin=_given(without_invisible(record.written_by or "")),
                category=tuple(filter(None, map(str.strip, map(without_invisible, record.category or ())))),
                notice=without_invisible(record.notice or ""),
                related=tuple(map(without_invisible, record.related or ())),
                published=published,
                stated={},
                hint=_given(record.region),
            )

    def _article(
        self,
        parts: PartedText,
        *,
        article_id: str,
        url: str | None,
        source: str | None,
        origin: str | None,
        category: tuple[str, ...],
        notice: str,
        related: tuple[str, ...],
        published: datetime | None,
        stated: Mapping[str, str],
        hint: str | None,
    ) -> Article:
        searchable = parts.searchable()
        if not searchable or searchable.isspace():
            raise RefusedRecord(Refusal.EMPTY, "there is nothing but its frame: no title and no text")
        title, lead, body = (parts.text(part) for part in (Part.TITLE, Part.LEAD, Part.BODY))
        tags = parts.stretches(Part.TAGS)
        description = self.describer.describe(
            Subject(
                title=title,
                lead=lead,
                body=body,
                tags=tags,
                source=source,
                origin=origin,
                published=published,
                stated=stated,
                hint=hint,
            )
        )
        return Article(
            id=article_id,
            title=title,
            lead=lead,
            body=body,
            tags=tags,
            url=url,
            source=source,
            origin=origin,
            category=category,
            notice=notice,
            related=related,
            published=published,
            script=script_of(searchable, self.folding),
            region_hint=hint,
            repairs=parts.repairs(),
            document=description.document,
            regions=description.regions,
            topics=description.topics,
        )


def _given(text: str | None) -> str | None:
    """The text without the white space around it; None where nothing is left."""
    return (text or "").strip() or None


def _given_id(record: Record) -> str | None:
    given = _given(record.id)
    if given is not None and not is_id(given):
        raise RefusedRecord(Refusal.BAD_VALUE, f"`id` {given!r} is none: an id is {ID_FORM}")
    return given


def _published(record: Record, folding: Folding) -> datetime | None:
    """In the form of a record, or in any other that is a whole date and nothing else: 2024年3月5日."""
    given = _given(record.published)
    if given is None:
        return None
    try:
        return parse_published(given)
    except ValueError as error:
        for found in find_dates(folding.fold(given)):
            if (found.start, found.end) == (0, len(given)):
                return found.moment
        raise RefusedRecord(Refusal.BAD_VALUE, f"`published`: {str(error)[:200]}") from error

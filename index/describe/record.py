"""The texts of a record as one page: its damage is judged as a whole, and each text mended by itself."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from index.article import DATASET_TAG, TAG_SEPARATOR, Part
from index.describe.lines import Span, trimmed
from index.describe.parted import LINE_END, SEPARATORS, PartedText, without_repeats
from index.readers.record import Record
from index.text.repair import Repairer


@dataclass(frozen=True, slots=True)
class RepairedRecord:
    """The parts of a record, and who published it; None where the record does not say."""

    parts: PartedText
    source: str | None


def repaired_record(record: Record, repairer: Repairer) -> RepairedRecord:
    """The repaired texts of a record; white space around title and tags is left out, other is kept."""
    source = record.source or ""
    page = _Page([source], len(source))
    stretches: dict[Part, tuple[Span, ...]] = {
        Part.TITLE: page.add((record.title or "",), SEPARATORS[Part.TITLE]),
        Part.LEAD: page.add((record.lead or "",), SEPARATORS[Part.LEAD]),
        Part.BODY: page.add((record.text or "",), SEPARATORS[Part.BODY]),
        Part.TAGS: page.add(_tags(record) or ("",), SEPARATORS[Part.TAGS]),
    }
    repaired = repairer.repair("".join(page.pieces), page.borders)
    spans = {
        part: tuple(
            Span(repaired.repaired_offset(span.start), repaired.repaired_offset(span.end)) for span in found
        )
        for part, found in stretches.items()
    }
    for part in (Part.TITLE, Part.TAGS):
        kept = (trimmed(repaired.text, span) for span in spans[part])
        spans[part] = without_repeats(repaired.text, (span for span in kept if span.start < span.end))
    bases = {part: found[0].start for part, found in stretches.items()}
    published_by = repaired.text[: repaired.repaired_offset(len(source))].strip()
    return RepairedRecord(PartedText(repaired, spans, bases, unsearched_base=0), published_by or None)


@dataclass(slots=True)
class _Page:
    """Texts and what stands between them, by turns."""

    pieces: list[str]
    end: int
    borders: list[tuple[int, int]] = field(default_factory=list)
    """Where what stands between two texts starts and ends: no repair may reach from one into the other."""

    def add(self, stretches: Sequence[str], separator: str) -> tuple[Span, ...]:
        """Puts the stretches of a part behind a line end; returns where they stand."""
        spans: list[Span] = []
        border = LINE_END
        for stretch in stretches:
            start = self.end + len(border)
            self.borders.append((self.end, start))
            self.pieces += (border, stretch)
            self.end = start + len(stretch)
            spans.append(Span(start, self.end))
            border = separator
        return tuple(spans)


def _tags(record: Record) -> tuple[str, ...]:
    """The tags as the article has them, the data set's last."""
    given = list(record.tags or ())
    if record.origin and record.origin.strip():
        given.append(DATASET_TAG + record.origin.strip())
    tags = (tag.strip() for entry in given for tag in entry.split(TAG_SEPARATOR))
    return tuple(dict.fromkeys(filter(None, tags)))

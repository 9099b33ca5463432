"""The texts of a record as one page, so that its damage is judged as a whole."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.article import DATASET_TAG, TAG_SEPARATOR, Part
from index.describe.lines import Span, trimmed
from index.describe.parted import LINE_END, SEPARATORS, PartedText, without_repeats
from index.readers.record import Record
from index.text.edits import RepairedText
from index.text.repair import Repairer


@dataclass(frozen=True, slots=True)
class RepairedRecord:
    """The parts of a record, and who published it; None where the record does not say."""

    parts: PartedText
    source: str | None


def repaired_record(record: Record, repairer: Repairer) -> RepairedRecord:
    """The repaired texts of a record; white space around title and tags is left out, other is kept."""
    source = record.source or ""
    texts: dict[Part, tuple[str, ...]] = {
        Part.TITLE: (record.title or "",),
        Part.LEAD: (record.lead or "",),
        Part.BODY: (record.text or "",),
        Part.TAGS: _tags(record),
    }
    joined = (SEPARATORS[part].join(stretches) for part, stretches in texts.items())
    repaired = repairer.repair(LINE_END.join((source, *joined)))
    spans: dict[Part, tuple[Span, ...]] = {}
    bases: dict[Part, int] = {}
    base = len(source) + len(LINE_END)
    for part, stretches in texts.items():
        bases[part] = base
        spans[part], end = _spans(repaired, base, stretches, SEPARATORS[part])
        base = end + len(LINE_END)
    for part in (Part.TITLE, Part.TAGS):
        kept = (trimmed(repaired.text, span) for span in spans[part])
        spans[part] = without_repeats(repaired.text, (span for span in kept if span.start < span.end))
    published_by = repaired.text[: repaired.repaired_offset(len(source))].strip()
    return RepairedRecord(PartedText(repaired, spans, bases, unsearched_base=0), published_by or None)


def _spans(
    repaired: RepairedText, start: int, stretches: Sequence[str], separator: str
) -> tuple[tuple[Span, ...], int]:
    """Where stretches of the original stand in the repaired text, and where the last ends in the original.

    The first begins at `start` of the original, each other behind the separator.
    """
    spans: list[Span] = []
    end = start
    for stretch in stretches:
        end = start + len(stretch)
        spans.append(Span(repaired.repaired_offset(start), repaired.repaired_offset(end)))
        start = end + len(separator)
    return tuple(spans), end


def _tags(record: Record) -> tuple[str, ...]:
    """The tags as the article has them, the data set's last."""
    given = list(record.tags or ())
    if record.origin and record.origin.strip():
        given.append(DATASET_TAG + record.origin.strip())
    tags = (tag.strip() for entry in given for tag in entry.split(TAG_SEPARATOR))
    return tuple(dict.fromkeys(filter(None, tags)))

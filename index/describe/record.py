"""The texts of a record as one page, so that its damage is judged as a whole."""

from dataclasses import dataclass

from index.article import TAG_SEPARATOR, Part
from index.describe.lines import Span, trimmed
from index.describe.parted import LINE_END, PartedText
from index.readers.record import Record
from index.text.repair import Repairer

DATASET_TAG = "dataset:"
"""Stands before the name of a data set in the tag that its records get."""


@dataclass(frozen=True, slots=True)
class RepairedRecord:
    """The parts of a record, and who published it; None where the record does not say."""

    parts: PartedText
    source: str | None


def repaired_record(record: Record, repairer: Repairer) -> RepairedRecord:
    """The repaired texts of a record; white space around the title is left out, all other is kept."""
    texts = {
        Part.TITLE: record.title or "",
        Part.LEAD: record.lead or "",
        Part.BODY: record.text or "",
        Part.TAGS: _tags(record),
    }
    repaired = repairer.repair(LINE_END.join((*texts.values(), record.source or "")))
    spans: dict[Part, tuple[Span, ...]] = {}
    bases: dict[Part, int] = {}
    at = 0
    for part, text in texts.items():
        span = Span(repaired.repaired_offset(at), repaired.repaired_offset(at + len(text)))
        spans[part] = (trimmed(repaired.text, span) if part is Part.TITLE else span,)
        bases[part] = at
        at += len(text) + len(LINE_END)
    source = repaired.text[repaired.repaired_offset(at) :].strip()
    return RepairedRecord(PartedText(repaired, spans, bases, unsearched_base=at), source or None)


def _tags(record: Record) -> str:
    """The tags as the article has them, the data set's last."""
    tags = [tag.strip() for tag in record.tags or ()]
    if record.origin and record.origin.strip():
        tags.append(DATASET_TAG + record.origin.strip())
    return TAG_SEPARATOR.join(dict.fromkeys(filter(None, tags)))

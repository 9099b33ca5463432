"""What the readers give: one row for each page or record, good or bad."""

from dataclasses import dataclass

from index.article import Original
from index.readers.record import Record


@dataclass(frozen=True, slots=True)
class Location:
    """Where a row came from: a file, and the line in it, from 1; None for a whole file.

    `source` is a path or name; what lies inside a file follows its path and a `!` (`pages.zip!2024/a.html`,
    `list.xlsx!Sheet1`).
    """

    source: str
    line: int | None = None

    def __str__(self) -> str:
        return self.source if self.line is None else f"{self.source}:{self.line}"


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page of plain text: `text` is `original.data` decoded, unchanged."""

    location: Location
    original: Original
    text: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """An article as a record; docs/articles.md says what its original is, by the kind of its file."""

    location: Location
    original: Original
    record: Record


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A page or document that is not taken apart yet; `original.encoding` is empty.

    Its media type is that of HTML, PDF or Word (`.docx`).
    """

    location: Location
    original: Original


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Something that should have been an article; the reason begins with its kind (see Refusal)."""

    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """Something that is no article, or a part of a table that has no place in one; that is no failure."""

    location: Location
    reason: str


Row = PageRow | RecordRow | DocumentRow | RefusedRow | SkippedRow

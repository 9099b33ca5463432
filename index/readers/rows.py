"""What the readers give: one row for each page or record, good or bad."""

from dataclasses import dataclass

from index.article import Original
from index.readers.record import Record


@dataclass(frozen=True, slots=True)
class Location:
    """Where a row came from: path or name of the file, and the line in it, from 1; None for a whole file."""

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
    """An article as a JSON object; the original is its line without the line end."""

    location: Location
    original: Original
    record: Record


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """Something that should have been an article; the reason begins with its kind (see Refusal)."""

    location: Location
    reason: str


@dataclass(frozen=True, slots=True)
class SkippedRow:
    """Something in a folder that is no article; that is no failure."""

    location: Location
    reason: str


Row = PageRow | RecordRow | RefusedRow | SkippedRow

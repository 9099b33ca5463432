"""Tables in Excel's form (`.xlsx`): each visible sheet with a known header."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import msgspec

from index.article import Original
from index.readers.mapping import FieldMap
from index.readers.objects import JSON
from index.readers.refusal import RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow, SkippedRow
from index.readers.sheets import Book
from index.readers.tables import TableRow, open_table, read_table, without_blank_end

MAX_WORKBOOK: Final = 50 * 2**20
"""Bytes that a workbook may have. By hand."""


def read_workbook(
    data: bytes, source: str, field_map: FieldMap
) -> Iterator[RecordRow | RefusedRow | SkippedRow]:
    """A row for each row of each visible sheet below its header, in order; the location names the sheet.

    Sheets without a known header are skipped, or, where no sheet has one, refused.
    """
    try:
        book = Book.open(data)
    except RefusedRecord as error:
        yield RefusedRow(Location(source), str(error))
        return
    has_table = False
    others: list[RefusedRow] = []
    for name, is_visible in book.sheets():
        place = f"{source}!{name}"
        if not is_visible:
            yield SkippedRow(Location(place), "the sheet is hidden; show it to have it read")
            continue
        try:
            table = open_table(book.rows(name, place), field_map)
        except RefusedRecord as error:
            others.append(RefusedRow(Location(place), str(error)))
            continue
        has_table = True
        yield from read_table(table, place, SheetForm())
    for other in others:
        yield SkippedRow(other.location, other.reason) if has_table else other


@dataclass(frozen=True, slots=True)
class SheetForm:
    """A row may have fewer cells than the header: empty ones at its end are not in the file."""

    def fitted(self, row: TableRow, width: int) -> Sequence[str]:
        """The row's cells, as many as there are columns; raises RefusedRecord where more hold something."""
        return (*without_blank_end(row.cells, width), *[""] * (width - len(row.cells)))

    def original(self, header: TableRow, row: TableRow) -> Original:
        """The cells that hold something, by the names of their columns, as a JSON object."""
        named: dict[str, str] = {}
        for place, (name, text) in enumerate(zip(header.cells, row.cells, strict=False), 1):
            if text:
                plain = name.strip()
                named[plain if plain and plain not in named else f"{plain}#{place}"] = text
        return Original(msgspec.json.encode(named), JSON, "utf-8")

"""Rows of cells to rows of articles: the header, what its columns mean, and what is below it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Protocol

from index.article import Original
from index.readers.cells import record_of
from index.readers.mapping import HEADER_ROWS, FieldMap, Layout
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow, SkippedRow
from index.readers.unused import Unused

MAX_COLUMNS: Final = 1_000
"""Columns that a table may have, of Excel's 16,384. By hand: the widest list of articles has 40."""

MAX_HEADER: Final = 2**16
"""Bytes of a header, which goes into the original of every row. By hand."""

_MOST_ABOVE: Final = 1_000
"""Rows among which a header is looked for, those that cannot be read counted too. By hand."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """The texts of a row's cells; `line` counts from 1.

    `data` are the bytes that it was read from, where they are its own, and `encodings` those of them that are
    not ASCII. `faults` say why the texts of some cells, by their places from 0, are not what they should be.
    """

    line: int
    cells: tuple[str, ...]
    data: bytes = b""
    encodings: frozenset[str] = frozenset()
    faults: Mapping[int, str] = field(default_factory=dict)

    @property
    def is_blank(self) -> bool:
        """Whether no cell holds anything."""
        return not any(cell.strip() for cell in self.cells)


class TableForm(Protocol):
    """What is different from one kind of table to the next."""

    def fitted(self, row: TableRow, width: int) -> Sequence[str]:
        """The cells below the `width` columns of the header; raises RefusedRecord where they do not fit."""
        ...

    def original(self, header: TableRow, row: TableRow) -> Original:
        """What came in for this row."""
        ...


@dataclass(frozen=True, slots=True)
class Table:
    """A table whose header was found; `above` are the rows over it."""

    field_map: FieldMap
    layout: Layout
    header: TableRow
    above: tuple[TableRow, ...]
    below: Iterator[TableRow | RefusedRow]


def open_table(rows: Iterator[TableRow | RefusedRow], field_map: FieldMap) -> Table:
    """The table that these rows are; raises RefusedRecord where no header is found among the first ones."""
    head: list[TableRow] = []
    first: list[TableRow | RefusedRow] = []
    for row in rows:
        if isinstance(row, RefusedRow):
            first.append(row)
        elif not row.is_blank:
            first.append(row)
            head.append(row)
        if len(head) == HEADER_ROWS or len(first) == _MOST_ABOVE:
            break
    try:
        place, layout = field_map.layout([row.cells for row in head])
        _check_size(head[place])
    except RefusedRecord as error:
        raise _with_unread(error, [row for row in first if isinstance(row, RefusedRow)]) from error
    above = tuple(head[:place])
    below = (row for row in first if row not in (*above, head[place]))
    return Table(field_map, layout, head[place], above, chain(below, rows))


def _check_size(header: TableRow) -> None:
    size = len(header.data) or sum(len(cell.encode()) for cell in header.cells)
    if size > MAX_HEADER:
        explanation = (
            f"the header has {size:,} bytes, at most {MAX_HEADER:,}; shorten the names of the columns"
        )
        raise RefusedRecord(Refusal.UNPARSABLE_TABLE, explanation)


def _with_unread(error: RefusedRecord, unread: Sequence[RefusedRow]) -> RefusedRecord:
    """The error, and what is known of rows of which one may have been the header."""
    if not unread:
        return error
    explanation = str(error).removeprefix(f"{error.refusal}: ")
    first = unread[0]
    more = f"; {len(unread):,} of the first rows could not be read: row {first.location.line}: {first.reason}"
    return RefusedRecord(error.refusal, explanation + more)


def read_table(table: Table, source: str, form: TableForm) -> Iterator[RecordRow | RefusedRow | SkippedRow]:
    """A row for each row below the header that is not blank; then what was not used."""
    unused = Unused("columns")
    unused.add(table.layout.unused)
    for row in table.below:
        if isinstance(row, RefusedRow):
            yield row
        elif not row.is_blank and row.cells != table.header.cells:  # tables put together repeat their header
            yield _read_row(table, row, source, form, unused)
    for row in table.above:
        text = " ".join(cell.strip() for cell in row.cells if cell.strip())
        yield SkippedRow(Location(source, row.line), f"above the header, not used: {text[:100]}")
    yield from unused.rows(Location(source))


def _read_row(
    table: Table, row: TableRow, source: str, form: TableForm, unused: Unused
) -> RecordRow | RefusedRow:
    location = Location(source, row.line)
    try:
        cells = form.fitted(row, len(table.header.cells))
        _check_faults(row, table.layout)
        values = {key: cells[place] for key, place in table.layout.columns.items()}
        if not table.field_map.means_id(values.get("id", "")):
            del values["id"]
            unused.add([table.header.cells[table.layout.columns["id"]].strip()])
        record = record_of(values)
    except RefusedRecord as error:
        return RefusedRow(location, str(error))
    return RecordRow(location, form.original(table.header, row), record)


def _check_faults(row: TableRow, layout: Layout) -> None:
    for place in layout.columns.values():
        if place in row.faults:
            raise RefusedRecord(Refusal.BAD_VALUE, f"{layout.header[place].strip()}: {row.faults[place]}")


def without_blank_end(cells: Sequence[str], width: int) -> Sequence[str]:
    """The first `width` cells; raises RefusedRecord where others hold something."""
    if any(cell.strip() for cell in cells[width:]):
        explanation = f"the row has {len(cells)} cells, its header {width}; give each cell a column"
        raise RefusedRecord(Refusal.BAD_VALUE, explanation)
    return cells[:width]


def joined(encodings: Iterable[str]) -> str:
    """The encoding that bytes in these have as a whole; empty where there is none."""
    different = set(encodings)
    if not different:
        return "utf-8"
    return different.pop() if len(different) == 1 else ""

"""Tables as text: CSV, and the same with tabs, semicolons or bars."""

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final

from index.article import Original
from index.readers.csv_records import CsvRecords
from index.readers.encodings import likely_encoding
from index.readers.lines import MAX_LINE, ByteLines, Line, read_lines
from index.readers.mapping import HEADER_ROWS, FieldMap
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow, SkippedRow
from index.readers.tables import TableRow, joined, open_table, read_table, without_blank_end

COMMAS: Final = (",", "\t", ";", "|")
TABS: Final = ("\t", ",", ";", "|")
"""What may part cells; of two that fit alike the first is taken."""

_SAMPLE: Final = 2**20
"""Bytes from whose lines encoding and delimiter are told; more change no answer. By hand."""

_SAMPLE_LINES: Final = 200


def read_delimited(
    stream: ByteLines, source: str, field_map: FieldMap, delimiters: Sequence[str] = COMMAS
) -> Iterator[RecordRow | RefusedRow | SkippedRow]:
    """A row for each row of the table below its header, in order, as soon as it is read.

    The first row may be `sep=;`, as Excel understands it. Memory holds one row and the sample at the
    beginning. A table without a known header is one refused row.
    """
    csv.field_size_limit(
        MAX_LINE
    )  # of the whole process; a text has more than the 128 kB that it starts with
    try:
        lines = read_lines(stream)
        sample = _sample(lines)
        likely = likely_encoding([line.data or b"" for line in sample])
        told = _told_delimiter(sample)
        delimiter = told or _delimiter(sample, likely, field_map, delimiters)
        records = CsvRecords(chain(sample[1:] if told else sample, lines), delimiter, likely)
        table = open_table(records.rows(source), field_map)
        yield from read_table(table, source, DelimitedForm())
        if records.read_by_field:
            reason = f"{records.read_by_field} rows are in several encodings: each field was read by itself"
            yield SkippedRow(Location(source), reason)
    except RefusedRecord as error:
        yield RefusedRow(Location(source), str(error))
    except OSError as error:
        yield RefusedRow(Location(source), f"{Refusal.UNREADABLE}: {error}")


@dataclass(frozen=True, slots=True)
class DelimitedForm:
    """Cells are counted strictly: a row with fewer of them has a comma or a line end that is not quoted."""

    def fitted(self, row: TableRow, width: int) -> Sequence[str]:
        """The row's cells; raises RefusedRecord where they are not as many as the columns."""
        if len(row.cells) < width:
            explanation = (
                f"the row has {len(row.cells)} cells, its header {width}; quote texts that hold a delimiter "
                "or a line end"
            )
            raise RefusedRecord(Refusal.BAD_VALUE, explanation)
        return without_blank_end(row.cells, width)

    def original(self, header: TableRow, row: TableRow) -> Original:
        """The header and the row, byte for byte: a table of its own."""
        return Original(header.data + row.data, "text/csv", joined(header.encodings | row.encodings))


def _sample(lines: Iterator[Line]) -> list[Line]:
    """The lines at the beginning."""
    sample: list[Line] = []
    size = 0
    for line in lines:
        sample.append(line)
        size += len(line.data or b"")
        if size >= _SAMPLE or len(sample) >= _SAMPLE_LINES:
            break
    return sample


def _told_delimiter(sample: Sequence[Line]) -> str | None:
    """The delimiter that the first line states."""
    first = sample[0].content().decode(sample[0].encoding, "ignore") if sample and sample[0].data else ""
    told = re.fullmatch(r'"?sep=([,;|\t])"?', first)
    return told[1] if told else None


def _delimiter(sample: Sequence[Line], likely: str, field_map: FieldMap, delimiters: Sequence[str]) -> str:
    """The delimiter by which the sample has most known columns; if none has any, most cells."""
    return max(delimiters, key=lambda delimiter: _fit(sample, likely, field_map, delimiter))


def _fit(sample: Sequence[Line], likely: str, field_map: FieldMap, delimiter: str) -> tuple[int, int]:
    rows = CsvRecords(iter(sample), delimiter, likely).rows("")
    heads = [row.cells for row in islice(rows, 2 * HEADER_ROWS) if isinstance(row, TableRow)]
    try:
        _, layout = field_map.layout(heads)
    except RefusedRecord:
        return 0, max(map(len, heads), default=0)
    return len(layout.columns), len(layout.header)

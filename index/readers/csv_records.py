"""Lines to the records of a CSV file, in whatever encoding each of them is."""

import csv
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self

from index.readers.encodings import UTF_8, decode_fields, decode_line, is_misread, strictly
from index.readers.lines import MAX_LINE, Line
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RefusedRow
from index.readers.tables import TableRow

MAX_ROW_LINES: Final = 100_000
"""Lines that a row may have; together they have at most MAX_LINE bytes. By hand: no text of 107,000 articles
has more than 5,100."""


@dataclass(slots=True)
class CsvRecords:
    """Reads records off lines; `likely` is the encoding of most of them.

    `read_by_field` counts the records of which a line is in no one encoding.
    """

    lines: Iterator[Line]
    delimiter: str
    likely: str
    read_by_field: int = 0

    def rows(self, source: str) -> Iterator[TableRow | RefusedRow]:
        """A row for each record; one that cannot be read is refused, and reading goes on below it."""
        texts = _Texts(self.lines, self.likely)
        reader = csv.reader(texts, delimiter=self.delimiter, strict=True)
        while True:
            texts.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                texts.give_back(self.delimiter)
                reason = f"{Refusal.UNPARSABLE_TABLE}: {error}; is a quotation mark missing or not doubled?"
                yield _refused(texts, source, reason)
            except RefusedRecord as error:
                texts.give_back(self.delimiter)
                yield _refused(texts, source, str(error))
            else:
                yield self._row(cells, texts, source)

    def _row(self, cells: list[str], texts: "_Texts", source: str) -> TableRow | RefusedRow:
        if texts.is_escaped or any(is_misread(cell, texts.encodings) for cell in cells):
            cells = next(csv.reader(texts.escaped(), delimiter=self.delimiter, strict=True))
            try:
                decoded = decode_fields([cell.encode("ascii", "surrogateescape") for cell in cells])
            except RefusedRecord as error:
                return _refused(texts, source, str(error))
            self.read_by_field += 1
            cells = [reading.text for reading in decoded]
            texts.encodings = {reading.encoding for reading in decoded if not reading.text.isascii()}
        return TableRow(texts.first, tuple(cells), texts.data, frozenset(texts.encodings))


def _refused(texts: "_Texts", source: str, reason: str) -> RefusedRow:
    lines = f"; lines {texts.first} to {texts.last} were not read" if texts.last > texts.first else ""
    return RefusedRow(Location(source, texts.first), reason + lines)


@dataclass(slots=True)
class _Texts:
    """The texts of lines, and what was taken for the record that is being read.

    The bytes of a line that is in no one encoding come as surrogates, each for itself: a delimiter, a
    quotation mark and a line end are no part of a character in any encoding that is read here, so the fields
    can be told apart and read one by one.
    """

    lines: Iterator[Line]
    likely: str
    first: int = 1
    last: int = 0
    is_escaped: bool = False
    encodings: set[str] = field(default_factory=set)
    _taken: list[Line] = field(default_factory=list)
    _waiting: deque[Line] = field(default_factory=deque)
    _size: int = 0

    @property
    def data(self) -> bytes:
        """The bytes of the record."""
        return b"".join(line.data or b"" for line in self._taken)

    def escaped(self) -> list[str]:
        """The lines of the record, each byte that is not ASCII as a surrogate."""
        return [(line.data or b"").decode("ascii", "surrogateescape") for line in self._taken]

    def begin(self) -> None:
        """The next line is the first one of a record."""
        self.first = self.last + 1
        self.is_escaped = False
        self.encodings.clear()
        self._taken.clear()
        self._size = 0

    def give_back(self, delimiter: str) -> None:
        """Read again what a broken record has taken, from the first other one with a delimiter.

        What has none is a paragraph of a text more likely than a row. Hardly any line is read more than
        twice: a quotation mark in one of them would have ended the record.
        """
        for place, line in enumerate(self._taken[1:], 1):
            if delimiter.encode(line.encoding) in (line.data or b""):
                self._waiting.extendleft(reversed(self._taken[place:]))
                self.last = line.number - 1
                return

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = self._waiting.popleft() if self._waiting else next(self.lines)
        self.last = line.number
        self._taken.append(line)
        data = line.checked()
        self._size += len(data)
        if self._size > MAX_LINE or len(self._taken) > MAX_ROW_LINES:
            explanation = "the row does not end; is a quotation mark never closed?"
            raise RefusedRecord(Refusal.LINE_TOO_LONG, explanation)
        return self._text(data, line.encoding)

    def _text(self, data: bytes, encoding: str) -> str:
        decoded = decode_line(data, self.likely) if encoding == UTF_8 else strictly(data, encoding)
        if decoded is not None:
            if not data.isascii() or encoding != UTF_8:
                self.encodings.add(decoded.encoding)
            return decoded.text
        if encoding != UTF_8:
            raise RefusedRecord(Refusal.BAD_ENCODING, f"it is not {encoding}; save the file as UTF-8")
        self.is_escaped = True
        return self.escaped()[-1]

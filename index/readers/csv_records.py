"""Lines to the records of a CSV file, in whatever encoding each of them is."""

import csv
import re
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Self

from index.readers.encodings import UTF_8, decode_fields, decode_line, is_misread, strictly
from index.readers.lines import MAX_LINE, Line
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RefusedRow
from index.readers.tables import MAX_COLUMNS, TableRow

MAX_ROW_LINES: Final = 100_000
"""Lines that a row may have; together they have at most MAX_LINE bytes. By hand: no text of 107,000 articles
has more than 5,100."""

MAX_REREAD: Final = 2
"""How many times the bytes of a file may be read again behind broken quotes. By hand: with a quotation mark
missing here and there, they are read again less than once."""

_ALWAYS_REREAD: Final = 2**20
"""Bytes that may be read again in any file."""


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
        texts = _Texts(self.lines, self.likely, Fields.of(self.delimiter))
        reader = csv.reader(texts, delimiter=self.delimiter, strict=True)
        while True:
            texts.begin()
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                reason = f"{Refusal.UNPARSABLE_TABLE}: {error}; is a quotation mark missing or not doubled?"
            except RefusedRecord as error:
                reason = str(error)
            else:
                yield self._row(cells, texts, source)
                continue
            if not texts.give_back(self.delimiter):
                explanation = "too many quotation marks are missing; this row and all below it were not read"
                yield RefusedRow(Location(source, texts.first), f"{Refusal.TOO_COSTLY}: {explanation}")
                return
            yield _refused(texts, source, reason)

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
    fields: "Fields"
    first: int = 1
    last: int = 0
    is_escaped: bool = False
    encodings: set[str] = field(default_factory=set)
    _taken: list[Line] = field(default_factory=list)
    _waiting: deque[Line] = field(default_factory=deque)
    _size: int = 0
    _columns: int = 0
    _read: int = 0
    _reread: int = 0

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
        self._columns = 1

    def give_back(self, delimiter: str) -> bool:
        """Read again what a broken record has taken, from the first other one with a delimiter.

        What has none is a paragraph of a text more likely than a row. Hardly any line is read more than
        twice: a quotation mark in one of them would have ended the record. False where that went on for too
        long, and nothing is given back.
        """
        for place, line in enumerate(self._taken[1:], 1):
            if delimiter.encode(line.encoding) in (line.data or b""):
                again = self._taken[place:]
                self._reread += sum(len(line.data or b"") for line in again)
                if self._reread > max(_ALWAYS_REREAD, MAX_REREAD * self._read):
                    return False
                self._waiting.extendleft(reversed(again))
                self.last = line.number - 1
                return True
        return True

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self._waiting:
            line = self._waiting.popleft()
        else:
            line = next(self.lines)
            self._read += len(line.data or b"")
        self.last = line.number
        self._taken.append(line)
        data = line.checked()
        self._size += len(data)
        if self._size > MAX_LINE or len(self._taken) > MAX_ROW_LINES:
            explanation = "the row does not end; is a quotation mark never closed?"
            raise RefusedRecord(Refusal.LINE_TOO_LONG, explanation)
        text = self._text(data, line.encoding)
        self._columns += self.fields.ends(text, MAX_COLUMNS, is_quoted=len(self._taken) > 1)
        if self._columns > MAX_COLUMNS:
            explanation = f"the row has more than {MAX_COLUMNS:,} columns; take out empty ones"
            raise RefusedRecord(Refusal.UNPARSABLE_TABLE, explanation)
        return text

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


@dataclass(frozen=True, slots=True)
class Fields:
    """Counts the fields of a line before any is made: a row of commas alone would fill the memory."""

    delimiter: str
    _field: re.Pattern[str]
    _rest: re.Pattern[str]
    """A field with its delimiter, from its beginning and from inside of its quotation marks."""

    @classmethod
    def of(cls, delimiter: str) -> Self:
        part = re.escape(delimiter)
        rest = rf'[^"]*+(?:""[^"]*+)*+"?+[^{part}]*+{part}'
        return cls(
            delimiter, re.compile(rf'(?:"{rest}|[^"{part}][^{part}]*+{part}|{part})'), re.compile(rest)
        )

    def ends(self, line: str, most: int, *, is_quoted: bool) -> int:
        """How many delimiters end a field, counted up to one more than `most`.

        `is_quoted` tells whether the line begins inside of quotation marks.
        """
        if '"' not in line:
            return 0 if is_quoted else line.count(self.delimiter)
        count = 0
        found = self._rest.match(line) if is_quoted else self._field.match(line)
        while found and count <= most:
            count += 1
            found = self._field.match(line, found.end())
        return count

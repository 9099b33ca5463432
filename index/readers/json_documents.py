"""A JSON file: a list of articles, an object that holds such a list, or one article."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, NoReturn

from index.article import Original
from index.readers.encodings import decode, mark_of, strictly
from index.readers.objects import JSON, ObjectReading, plain_object
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow, SkippedRow
from index.readers.unused import MOST_NAMED, Unused, listed

MAX_JSON: Final = 64 * 2**20
"""Bytes that a JSON file may have, for it is held whole; what is longer goes into JSON lines. By hand."""

LISTS: Final = ("articles", "data", "results", "items")
"""Keys under which an object holds its articles."""

_BLANK = re.compile(r"[ \t\r\n]*")


def read_json_document(
    data: bytes, source: str, read_object: ObjectReading = plain_object
) -> Iterator[RecordRow | RefusedRow | SkippedRow]:
    """A row for each article, in order; its line is the one where its object begins.

    Where the file is no JSON any more, the rows before that come first and then one refused row. The last
    rows name the keys that were not used, if there are any.
    """
    try:
        document = _Document.of(data, source, read_object)
    except RefusedRecord as error:
        yield RefusedRow(Location(source), str(error))
        return
    try:
        yield from document.rows()
    except RefusedRecord as error:
        yield RefusedRow(Location(source, document.line), str(error))
    if document.beside:
        yield SkippedRow(Location(source), f"beside the articles, not used: {listed(document.beside)}")
    yield from document.unused.rows(Location(source))


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number in JSON")


_DECODER = json.JSONDecoder(parse_constant=_no_number)


@dataclass(slots=True)
class _Document:
    """Walks over a JSON text and makes one value at a time; `data` is the text in `encoding`."""

    text: str
    data: bytes
    encoding: str
    source: str
    read_object: ObjectReading
    unused: Unused = field(default_factory=lambda: Unused("keys"))
    beside: list[str] = field(default_factory=list)
    at: int = 0
    line: int = 1
    _lines_counted: int = 0
    _taken: int = 0
    _bytes_taken: int = 0

    @classmethod
    def of(cls, data: bytes, source: str, read_object: ObjectReading) -> "_Document":
        if mark := mark_of(data):
            data = data[len(mark.data) :]
        decoded = (mark and strictly(data, mark.part)) or decode(data)
        return cls(decoded.text, data, decoded.encoding, source, read_object)

    def rows(self) -> Iterator[RecordRow | RefusedRow]:
        match self._next():
            case "[":
                yield from self._elements()
            case "{":
                yield from self._members()
            case _:
                self._refuse(f"a list of objects or an object with one under {', '.join(LISTS)} is expected")
        if self._next():
            self._refuse("there is more behind the end of the list or object")

    def _elements(self) -> Iterator[RecordRow | RefusedRow]:
        """The articles of the list that begins here."""
        self.at += 1
        if self._next() == "]":
            self.at += 1
            return
        while True:
            self._next()
            start = self.at
            self._value()
            yield self._row(start, self.at)
            if self._separator("]") == "]":
                return

    def _members(self) -> Iterator[RecordRow | RefusedRow]:
        """The articles of the object that begins here, or the object itself as one."""
        start = self.at
        self.at += 1
        keys: list[str] = []
        has_list = False
        while self._next() != "}" or keys:
            key = self._key()
            if key in LISTS and self._next() == "[":
                has_list = True
                yield from self._elements()
            else:
                self._value()
                keys.append(key)
            if self._separator("}") == "}":
                break
        else:
            self.at += 1
        if has_list:
            self.beside += keys[: MOST_NAMED + 1 - len(self.beside)]
        else:
            yield self._row(start, self.at)

    def _row(self, start: int, end: int) -> RecordRow | RefusedRow:
        original = Original(self._bytes(start, end), JSON, self.encoding)
        location = Location(self.source, self._line_of(start))
        try:
            read = self.read_object(self.text[start:end].encode())
        except RefusedRecord as error:
            return RefusedRow(location, str(error))
        self.unused.add(read.unused)
        return RecordRow(location, original, read.record)

    def _next(self) -> str:
        """The next character that is not blank; empty at the end."""
        blank = _BLANK.match(self.text, self.at)
        self.at = blank.end() if blank else self.at
        return self.text[self.at : self.at + 1]

    def _key(self) -> str:
        if self._next() != '"':
            self._refuse("a key in quotation marks is expected")
        key = str(self._value())
        if self._next() != ":":
            self._refuse("a colon is expected behind a key")
        self.at += 1
        self._next()
        return key

    def _separator(self, end: str) -> str:
        """The comma or the end that stands here."""
        found = self._next()
        if found not in (",", end):
            self._refuse(f"a comma or {end} is expected")
        self.at += 1
        return found

    def _value(self) -> object:
        try:
            value, self.at = _DECODER.raw_decode(self.text, self.at)
        except json.JSONDecodeError as error:
            self.at = error.pos
            self._refuse(error.msg)
        except (ValueError, RecursionError) as error:  # NaN, a number of 4,301 digits, too many brackets
            self._refuse(str(error))
        return value

    def _refuse(self, what: str) -> NoReturn:
        self._line_of(self.at)
        raise RefusedRecord(Refusal.INVALID_JSON, f"{what}; the articles before that were read")

    def _line_of(self, start: int) -> int:
        """The line, from 1; asked for places from the beginning to the end."""
        self.line += self.text.count("\n", self._lines_counted, start)
        self._lines_counted = max(start, self._lines_counted)
        return self.line

    def _bytes(self, start: int, end: int) -> bytes:
        """The bytes of a stretch of the text; asked for stretches from the beginning to the end.

        Two codes of Big5 for one character have the same length, so the places of the bytes can be counted.
        """
        first = self._bytes_taken + len(self.text[self._taken : start].encode(self.encoding))
        self._taken = end
        self._bytes_taken = first + len(self.text[start:end].encode(self.encoding))
        return self.data[first : self._bytes_taken]

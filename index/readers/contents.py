"""A file's bytes to rows, by its kind."""

import io
from collections.abc import Iterator
from typing import IO, Final

from index.article import Original
from index.readers.delimited import COMMAS, TABS, read_delimited
from index.readers.gzip_stream import Allowance, GzipStream
from index.readers.json_documents import MAX_JSON, read_json_document
from index.readers.json_lines import read_json_lines
from index.readers.kinds import Form, Kind
from index.readers.mapping import FieldMap
from index.readers.media import HTML, MAX_OFFICE, MAX_PAGE, PDF, WORD
from index.readers.objects import mapped_objects
from index.readers.pages import read_page
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import DocumentRow, Location, RefusedRow, Row
from index.readers.workbooks import MAX_WORKBOOK, read_workbook

MEDIA_TYPES: Final = {
    Kind.HTML: HTML,
    Kind.PDF: PDF,
    Kind.WORD: WORD,
}
"""Of the kinds that are parsed later."""

MAX_BYTES: Final = {Kind.HTML: MAX_PAGE, Kind.PDF: MAX_OFFICE, Kind.WORD: MAX_OFFICE}
"""Bytes that such a file may have."""


def read_contents(
    stream: IO[bytes], form: Form, location: Location, field_map: FieldMap, allowance: Allowance | None = None
) -> Iterator[Row]:
    """The rows of a file of any kind but zip; `allowance` bounds the bytes that come out of gzip.

    Raises OSError where the file cannot be read.
    """
    if form.is_packed:
        with io.BufferedReader(GzipStream(stream, allowance or Allowance())) as unpacked:
            yield from _read(unpacked, form.kind, location, field_map)
    else:
        yield from _read(stream, form.kind, location, field_map)


def read_whole(stream: IO[bytes], most: int) -> bytes:
    """All bytes of a stream; raises RefusedRecord where there are more than `most`."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise RefusedRecord(Refusal.FILE_TOO_LARGE, f"such a file has at most {most >> 20} MiB; split it")
    return data


def _read(stream: IO[bytes], kind: Kind, location: Location, field_map: FieldMap) -> Iterator[Row]:
    source = location.source
    try:
        match kind:
            case Kind.TEXT:
                yield read_page(stream, location)
            case Kind.HTML | Kind.PDF | Kind.WORD:
                yield _document(read_whole(stream, MAX_BYTES[kind]), kind, location)
            case Kind.JSON:
                data = read_whole(stream, MAX_JSON)
                yield from read_json_document(data, source, mapped_objects(field_map))
            case Kind.JSON_LINES:
                yield from read_json_lines(stream, source, mapped_objects(field_map))
            case Kind.COMMAS:
                yield from read_delimited(stream, source, field_map, COMMAS)
            case Kind.TABS:
                yield from read_delimited(stream, source, field_map, TABS)
            case Kind.WORKBOOK:
                yield from read_workbook(read_whole(stream, MAX_WORKBOOK), source, field_map)
            case Kind.ZIP:
                yield RefusedRow(location, f"{Refusal.UNKNOWN_KIND}: an archive inside an archive; unpack it")
    except RefusedRecord as error:  # from the stream: a damaged archive, or one that unpacks to too much
        yield RefusedRow(location, str(error))


def _document(data: bytes, kind: Kind, location: Location) -> DocumentRow | RefusedRow:
    if not data:
        return RefusedRow(location, f"{Refusal.EMPTY}: the file has no bytes; fetch it again")
    return DocumentRow(location, Original(data, MEDIA_TYPES[kind], ""))

"""Streams of records, one JSON object on each line."""

import codecs
import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO, Final, Protocol

from index.article import Original
from index.readers.record import decode_record
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow

MAX_LINE: Final = 32 * 2**20
"""Bytes that a line may have (the team's reliability notes); a longer one is read past in small pieces."""

_PIECE: Final = 2**20


class Lines(Protocol):
    """What is needed of a stream of bytes."""

    def readline(self, size: int, /) -> bytes: ...


def read_json_lines(stream: Lines, source: str) -> Iterator[RecordRow | RefusedRow]:
    """A row for each line that is not blank, in order, as soon as it is read.

    Memory holds one line. A stream that breaks off gives the rows before that and then one refused row.
    """
    number = 0
    try:
        while line := stream.readline(MAX_LINE + 1):
            number += 1
            location = Location(source, number)
            if len(line) > MAX_LINE and not line.endswith(b"\n"):
                _skip_line(stream)
                reason = f"{Refusal.LINE_TOO_LONG}: a line has at most {MAX_LINE >> 20} MiB"
                yield RefusedRow(location, reason)
                continue
            if number == 1:
                line = line.removeprefix(codecs.BOM_UTF8)
            if line.strip():
                yield _row(line.removesuffix(b"\n").removesuffix(b"\r"), location)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        reason = (
            f"{Refusal.BAD_GZIP}: {error}; the rows before line {number + 1} were read, fetch the file again"
        )
        yield RefusedRow(Location(source, number + 1), reason)
    except OSError as error:
        yield RefusedRow(Location(source, number + 1), f"{Refusal.UNREADABLE}: {error}")


def read_gzip_json_lines(stream: BinaryIO, source: str) -> Iterator[RecordRow | RefusedRow]:
    """The same for a stream that is compressed with gzip."""
    with gzip.GzipFile(fileobj=stream, mode="rb") as unpacked:
        yield from read_json_lines(unpacked, source)


def _skip_line(stream: Lines) -> None:
    while (piece := stream.readline(_PIECE)) and not piece.endswith(b"\n"):
        pass


def _row(line: bytes, location: Location) -> RecordRow | RefusedRow:
    try:
        record = decode_record(line)
    except RefusedRecord as error:
        return RefusedRow(location, str(error))
    return RecordRow(location, Original(line, "application/json", "utf-8"), record)

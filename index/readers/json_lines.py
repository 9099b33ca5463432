"""Streams of records, one JSON object on each line."""

from collections.abc import Iterator

from index.article import Original
from index.readers.encodings import UTF_8, decode, strictly
from index.readers.lines import ByteLines, Line, read_lines
from index.readers.objects import JSON, ObjectReading, plain_object
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, RecordRow, RefusedRow, SkippedRow
from index.readers.unused import Unused


def read_json_lines(
    stream: ByteLines, source: str, read_object: ObjectReading = plain_object
) -> Iterator[RecordRow | RefusedRow | SkippedRow]:
    """A row for each line that is not blank, in order, as soon as it is read.

    Memory holds one line. A stream that breaks off gives the rows before that and then one refused row. The
    last row names the keys that had no place in a record, if there are any.
    """
    number = 0
    unused = Unused("keys")
    try:
        for line in read_lines(stream):
            number = line.number
            row = _row(line, Location(source, number), read_object, unused)
            if row is not None:
                yield row
    except RefusedRecord as error:
        yield RefusedRow(Location(source, number + 1), str(error))
    except OSError as error:
        yield RefusedRow(Location(source, number + 1), f"{Refusal.UNREADABLE}: {error}")
    yield from unused.rows(Location(source))


def _row(
    line: Line, location: Location, read_object: ObjectReading, unused: Unused
) -> RecordRow | RefusedRow | None:
    try:
        data = line.content()
        decoded = strictly(data, line.encoding) or decode(data)
        if not decoded.text.strip():
            return None
        read = read_object(data if decoded.encoding == UTF_8 else decoded.text.encode())
    except RefusedRecord as error:
        return RefusedRow(location, str(error))
    unused.add(read.unused)
    return RecordRow(location, Original(data, JSON, decoded.encoding), read.record)

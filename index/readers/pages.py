"""A text file as one page."""

from typing import IO

from index.article import Original
from index.readers.encodings import decode
from index.readers.media import MAX_PAGE
from index.readers.record import MAX_TEXT, too_long
from index.readers.refusal import Refusal, RefusedRecord
from index.readers.rows import Location, PageRow, RefusedRow


def read_page(stream: IO[bytes], location: Location) -> PageRow | RefusedRow:
    """The whole stream as a page; raises OSError where it cannot be read."""
    data = stream.read(MAX_PAGE + 1)
    try:
        return _page(data, location)
    except RefusedRecord as error:
        return RefusedRow(location, str(error))


def _page(data: bytes, location: Location) -> PageRow:
    if len(data) > MAX_PAGE:
        raise RefusedRecord(Refusal.FILE_TOO_LARGE, f"a page has at most {MAX_PAGE >> 20} MiB")
    decoded = decode(data)
    if not decoded.text or decoded.text.isspace():
        raise RefusedRecord(Refusal.EMPTY, "there is no text in the file")
    if len(decoded.text) > MAX_TEXT:
        raise too_long("the page", len(decoded.text), MAX_TEXT)
    return PageRow(location, Original(data, "text/plain", decoded.encoding), decoded.text)

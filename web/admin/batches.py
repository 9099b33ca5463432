"""Bodies of articles to rows, all of which are read before any is stored."""

import io
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from msgspec import structs

from index.errors import LineFault
from index.readers.contents import read_contents
from index.readers.kinds import Form, Kind
from index.readers.mapping import FieldMap
from index.readers.refusal import Refusal
from index.readers.rows import Location, RecordRow, RefusedRow, Row, SkippedRow
from web.admin.bodies import Body, kind_of
from web.admin.errors import BatchTooLarge, BodyInvalid, IdMismatch
from web.http.limits import MAX_BATCH

MAX_ARTICLES: Final = 5_000
"""Articles of one request (limits of the reliability plan)."""
MAX_LINES: Final = 1_000_000
"""Lines of a body: a second to read if all are blank. By hand: texts of news have some 60 bytes a line."""
MAX_FAULTS: Final = 100
"""Lines that an error names."""

SOURCE: Final = "body"
"""What a location calls the body of a request."""


def read_batch(body: Body, fields: FieldMap) -> tuple[Row, ...]:
    """The rows of a body; `fields` says what columns are called.

    Raises ContentUnsupported, BatchTooLarge, and BodyInvalid where no article can be read, or where what
    should be JSON breaks off: who sent half a list has to hear it before that half is stored.
    """
    kind = kind_of(body.media_type)
    rows: list[Row] = []
    refused: list[RefusedRow] = []
    articles = 0
    data = body.unpacked(MAX_BATCH)
    if data.count(b"\n") > MAX_LINES:
        raise BatchTooLarge(f"a body has at most {MAX_LINES:,} lines; send it in parts")
    with io.BytesIO(data) as stream:
        for row in read_contents(stream, Form(kind, is_packed=False), Location(SOURCE), fields):
            rows.append(row)
            if isinstance(row, RefusedRow):
                refused.append(row)
            articles += not isinstance(row, SkippedRow)
            if articles > MAX_ARTICLES:
                raise BatchTooLarge(f"a request has at most {MAX_ARTICLES:,} articles; send it in parts")
    has_article = any(isinstance(row, RecordRow) for row in rows)
    if refused and (not has_article or (kind is Kind.JSON and _breaks_off(refused))):
        raise BodyInvalid(tuple(LineFault(row.location.line, row.reason) for row in refused[:MAX_FAULTS]))
    return tuple(rows)


def read_article(body: Body, article_id: str, fields: FieldMap) -> RecordRow:
    """The one article of a body, which gets this id where it has none.

    Raises ContentUnsupported, BatchTooLarge, BodyInvalid and IdMismatch.
    """
    rows = [row for row in read_batch(body, fields) if isinstance(row, RecordRow)]
    if len(rows) != 1:
        raise BodyInvalid((LineFault(None, f"there are {len(rows)} articles; send one"),))
    row = rows[0]
    if (row.record.id or article_id) != article_id:
        raise IdMismatch("the article has another id than the address; leave it out, or correct it")
    return replace(row, record=structs.replace(row.record, id=article_id))


def _breaks_off(refused: Sequence[RefusedRow]) -> bool:
    return any(row.reason.startswith(f"{Refusal.INVALID_JSON}:") for row in refused)

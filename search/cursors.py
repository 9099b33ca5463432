"""Cursors: where somebody is who walks through the hits of a search, in one state of the index."""

import binascii
from base64 import b64decode, urlsafe_b64encode
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Final

from search.errors import InvalidCursor
from search.request import Explaining, Marking, SearchRequest

LONGEST: Final = 512
"""Characters of a cursor (API contract)."""

_VERSION: Final = b"\x01"
_DIGEST: Final = 8
"""Bytes: enough that nobody meets two alike by chance."""
_NUMBER: Final = 8
"""Bytes of each number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cursor:
    """The next hit is the one behind `offset` hits of the state `generation`.

    `asked` is the fingerprint of the request, `planned` of what it was read as there: with other synonyms or
    pinned results the same request has other hits. `moment` is when the walk began, in seconds since 1970
    UTC.
    """

    generation: str
    asked: bytes
    planned: bytes
    offset: int
    moment: int


def fingerprint(value: object) -> bytes:
    """A digest of a value that is made of frozen dataclasses, enums, tuples, texts, numbers and times."""
    return blake2b(repr(value).encode("utf-8", "surrogatepass"), digest_size=_DIGEST).digest()


def request_fingerprint(request: SearchRequest) -> bytes:
    """Equal for requests with the same hits in the same order, whatever is shown of them."""
    return fingerprint(
        replace(
            request,
            offset=0,
            limit=0,
            snippets=0,
            snippet_length=0,
            marking=Marking.NONE,
            explaining=Explaining.NONE,
            facets=(),
            cursor=None,
        )
    )


def write_cursor(cursor: Cursor) -> str:
    """As text of letters, digits, - and _, with a checksum.

    It is not signed: what a forged one could ask for, anyone can ask for without it.
    """
    body = b"".join(
        (
            _VERSION,
            cursor.asked,
            cursor.planned,
            cursor.offset.to_bytes(_NUMBER, "big"),
            cursor.moment.to_bytes(_NUMBER, "big"),
            cursor.generation.encode("latin-1"),
        )
    )
    return urlsafe_b64encode(body + _checksum(body)).decode("ascii").rstrip("=")


def read_cursor(text: str) -> Cursor:
    """The cursor that was written as this text. Raises InvalidCursor."""
    data = _decoded(text)
    body, checksum = data[:-_DIGEST], data[-_DIGEST:]
    if not body.startswith(_VERSION) or checksum != _checksum(body):
        raise _invalid()
    fields, at = [], len(_VERSION)
    for size in (_DIGEST, _DIGEST, _NUMBER, _NUMBER):
        fields.append(body[at : at + size])
        at += size
    asked, planned, offset, moment = fields
    cursor = Cursor(
        generation=body[at:].decode("latin-1"),
        asked=asked,
        planned=planned,
        offset=int.from_bytes(offset, "big"),
        moment=int.from_bytes(moment, "big"),
    )
    # Base64 writes some bytes in several ways; only one of them is ours.
    if write_cursor(cursor) != text:
        raise _invalid()
    return cursor


def _decoded(text: str) -> bytes:
    if len(text) > LONGEST or not text.isascii():
        raise _invalid()
    try:
        return b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise _invalid() from error


def _checksum(body: bytes) -> bytes:
    return blake2b(body, digest_size=_DIGEST, person=b"cursor").digest()


def _invalid() -> InvalidCursor:
    return InvalidCursor("the cursor is damaged; start again from the first page")

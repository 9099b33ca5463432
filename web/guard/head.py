"""Reads the head of a request in the one way that no two programs understand differently (RFC 9112)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from web.admin.errors import BatchTooLarge
from web.errors import (
    BodyTooLarge,
    CodingNotImplemented,
    HeadTooLarge,
    MalformedRequest,
    TargetTooLong,
    VersionUnsupported,
)
from web.http.headers import ADMIN_PREFIX
from web.http.limits import Limits

LINE_END: Final = b"\r\n"
_END: Final = b"\r\n\r\n"
_CONTROLS: Final = bytes(set(range(0x20)) - set(b"\t\r\n") | {0x7F})
_VERSION: Final = re.compile(rb"HTTP/[0-9]\.[0-9]")
_VERSIONS: Final = frozenset({b"HTTP/1.0", b"HTTP/1.1"})
_LENGTH: Final = re.compile(rb"[0-9]{1,18}")
_AT_MOST_ONCE: Final = frozenset(
    {
        b"host",
        b"content-length",
        b"transfer-encoding",
        b"content-type",
        b"content-encoding",
        b"authorization",
        b"expect",
    }
)
_REQUEST_LINE_PARTS: Final = 3
_ADMIN: Final = ADMIN_PREFIX.encode("ascii")


@dataclass(frozen=True, slots=True)
class Head:
    """What counts of a head for what follows it.

    A body has at most `most` bytes; it `brings_articles` where it is meant for the admin interface.
    """

    method: bytes
    is_chunked: bool
    most: int
    brings_articles: bool

    def check_size(self, size: int) -> None:
        """Raises BodyTooLarge or BatchTooLarge where so many bytes are too many."""
        if size > self.most:
            too_large = BatchTooLarge if self.brings_articles else BodyTooLarge
            raise too_large(f"a body has at most {self.most} bytes")


def read_head(pending: bytes, limits: Limits) -> Head | None:
    """The head that these bytes begin with; None where its end has not come yet.

    Raises MalformedRequest, TargetTooLong, HeadTooLarge, BodyTooLarge, BatchTooLarge, CodingNotImplemented or
    VersionUnsupported, as soon as what has come cannot become a request that is taken.
    """
    end = pending.find(_END)
    written = pending if end < 0 else pending[:end]
    _check_lines(pending.removesuffix(b"\r") if end < 0 else written)
    request_line, *fields = written.split(LINE_END)
    parts = request_line.split(b" ")
    if len(parts) > 1 and len(parts[1]) > limits.target:
        raise TargetTooLong(f"the target of a request has at most {limits.target} bytes; use POST")
    _check_sizes(fields, len(written) + (len(LINE_END) if end >= 0 else -1), limits)
    if end < 0:
        return None
    if len(parts) != _REQUEST_LINE_PARTS:
        raise MalformedRequest("a request line has a method, a target and a version")
    method, target, version = parts
    _check_version(version)
    if not target.startswith(b"/") or b"#" in target:
        raise MalformedRequest("the target of a request is a path, with or without a query")
    values = _values(fields)
    is_chunked = _is_chunked(values, version)
    is_admin = target.startswith(_ADMIN)
    head = Head(method, is_chunked, limits.batch if is_admin else limits.body, is_admin)
    head.check_size(_length(values))
    return head


def _check_lines(written: bytes) -> None:
    """Raises MalformedRequest for a bare LF or CR, a folded or an empty line, and control characters.

    Some programs take these for the end of a line or of a name, and others do not.
    """
    ends = written.count(LINE_END)
    is_bare = ends != written.count(b"\n") or ends != written.count(b"\r")
    is_folded = b"\n " in written or b"\n\t" in written
    has_controls = len(written.translate(None, _CONTROLS)) != len(written)
    if is_bare or is_folded or has_controls or written.startswith(LINE_END):
        raise MalformedRequest("a line ends with CR LF, is not folded, and holds no control characters")


def _check_sizes(fields: Sequence[bytes], size: int, limits: Limits) -> None:
    has_long_line = size > limits.header_line and any(len(field) > limits.header_line for field in fields)
    if size > limits.head or has_long_line:
        raise HeadTooLarge(f"a head has at most {limits.head} bytes, a line {limits.header_line}")
    if len(fields) > limits.headers:
        raise HeadTooLarge(f"a head has at most {limits.headers} header fields")


def _check_version(version: bytes) -> None:
    if version in _VERSIONS:
        return
    if _VERSION.fullmatch(version):
        raise VersionUnsupported("this is a server of HTTP/1.1")
    raise MalformedRequest("a request line ends with the version of HTTP")


def _values(fields: Sequence[bytes]) -> dict[bytes, bytes]:
    """The values by names in lower case. Raises MalformedRequest where one is repeated that stands alone."""
    values: dict[bytes, bytes] = {}
    for field in fields:
        name, colon, value = field.partition(b":")
        if not colon or name != name.strip():
            raise MalformedRequest("a header field is a name, a colon right behind it, and a value")
        name = name.lower()
        if name in values and name in _AT_MOST_ONCE:
            raise MalformedRequest("a request has at most one host, length, coding, type and expectation")
        values[name] = value.strip(b" \t")
    if b"host" not in values:
        raise MalformedRequest("a request says which host it is meant for")
    return values


def _is_chunked(values: dict[bytes, bytes], version: bytes) -> bool:
    coding = values.get(b"transfer-encoding")
    if coding is None:
        return False
    if b"content-length" in values or version == b"HTTP/1.0":
        raise MalformedRequest(
            "a body comes in chunks, or with its length, and with HTTP/1.0 never in chunks"
        )
    if coding.lower() != b"chunked":
        raise CodingNotImplemented("a body comes in chunks, or as it is")
    return True


def _length(values: dict[bytes, bytes]) -> int:
    length = values.get(b"content-length")
    if length is None:
        return 0
    if not _LENGTH.fullmatch(length):
        raise MalformedRequest("Content-Length is a number of bytes")
    return int(length)

"""The bodies of admin requests: bounded, unpacked, and told apart by their media types."""

import io
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from starlette.requests import Request

from index.errors import LineFault, WriterBusy
from index.readers.gzip_stream import Allowance, GzipStream
from index.readers.kinds import Kind
from index.readers.refusal import Refusal, RefusedRecord
from web.admin.errors import BatchTooLarge, BodyInvalid, ContentUnsupported
from web.admin.jobs import MOST_RUNNING
from web.errors import MalformedRequest

MAX_RULES: Final = 8 * 2**20
"""Bytes of a dictionary or of synonyms (limits of the reliability plan)."""

ARTICLES: Final[Mapping[str, Kind]] = MappingProxyType(
    {
        "application/x-ndjson": Kind.JSON_LINES,
        "application/ndjson": Kind.JSON_LINES,
        "application/jsonl": Kind.JSON_LINES,
        "application/json": Kind.JSON,
        "text/csv": Kind.COMMAS,
    }
)
"""What articles can come as."""

RULES: Final = ("text/plain", "text/tab-separated-values")
"""What words and synonyms can come as."""


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of a body as they came; `is_packed` with gzip."""

    data: bytes
    media_type: str
    is_packed: bool

    def unpacked(self, most: int) -> bytes:
        """The bytes themselves. Raises BatchTooLarge above `most`, and BodyInvalid where gzip is damaged."""
        if not self.is_packed:
            return self.data
        try:
            with io.BufferedReader(GzipStream(io.BytesIO(self.data), Allowance(most))) as stream:
                return stream.read()
        except RefusedRecord as error:
            if error.refusal is Refusal.ARCHIVE_TOO_LARGE:
                raise _too_large(most) from error
            raise BodyInvalid((LineFault(None, str(error)),)) from error


class BodyReader:
    """Reads bodies, a few at once, since they are held in memory; belongs to one event loop."""

    def __init__(self, at_once: int = MOST_RUNNING) -> None:
        self._at_once = at_once
        self._reading = 0

    async def read(self, request: Request, most: int) -> Body:
        """The body, as it comes.

        Raises BatchTooLarge where it has more bytes than `most`, MalformedRequest, ContentUnsupported where
        it is packed otherwise than with gzip, and WriterBusy where too many others are being read.
        """
        if self._reading >= self._at_once:
            raise WriterBusy(f"{self._reading} requests are being read already; try again in a few seconds")
        self._reading += 1
        try:
            return await _read(request, most)
        finally:
            self._reading -= 1


async def _read(request: Request, most: int) -> Body:
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "gzip"}:
        raise ContentUnsupported("a body is packed with gzip, or not at all")
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()):
        raise MalformedRequest("Content-Length is a number of bytes")
    if int(announced[:12]) > most:
        raise _too_large(most)
    data = bytearray()
    async for chunk in request.stream():
        data += chunk
        if len(data) > most:
            raise _too_large(most)
    return Body(bytes(data), media_type_of(request), encoding == "gzip")


def media_type_of(request: Request) -> str:
    """What the body is said to be, in lower case and without parameters; empty where that is not said."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower()


def kind_of(media_type: str) -> Kind:
    """What a body of articles is. Raises ContentUnsupported."""
    kind = ARTICLES.get(media_type)
    if kind is None:
        raise ContentUnsupported(f"articles come as {', '.join(ARTICLES)}")
    return kind


def _too_large(most: int) -> BatchTooLarge:
    return BatchTooLarge(f"a body has at most {most >> 20} MiB, packed and unpacked; send it in parts")

"""Bodies of requests that are one object of JSON."""

from collections.abc import Mapping
from typing import Final

import msgspec
from starlette.requests import Request

from index.decoding import UNDECODABLE
from web.admin.errors import ContentUnsupported
from web.errors import BodyTooLarge, MalformedRequest
from web.http.limits import MAX_BODY
from web.saved.errors import InvalidJson

JSON_TYPES: Final = frozenset({"application/json", "application/merge-patch+json"})

_OBJECT: Final = msgspec.json.Decoder(dict[str, object])


async def read_object(request: Request) -> Mapping[str, object]:
    """The fields of the object.

    Raises ContentUnsupported, BodyTooLarge, MalformedRequest and InvalidJson.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media_type not in JSON_TYPES or encoding != "identity":
        raise ContentUnsupported("send application/json without compression")
    try:
        return _OBJECT.decode(await _read(request))
    except UNDECODABLE as error:
        raise InvalidJson(f"the body is not one object of JSON: {error}") from error


async def _read(request: Request) -> bytes:
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()):
        raise MalformedRequest("Content-Length is a number of bytes")
    if int(announced[:12]) > MAX_BODY:
        raise _too_large()
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise _too_large()
    return bytes(body)


def _too_large() -> BodyTooLarge:
    return BodyTooLarge(f"a body has at most {MAX_BODY} bytes")

"""The pairs that a request gives: those of its address, and of its body where it is a form."""

from starlette.requests import Request

from web.errors import BodyTooLarge, MalformedRequest, UnsupportedMediaType
from web.http.limits import MAX_BODY
from web.parameters.query_string import Pair, read_pairs

FORM = "application/x-www-form-urlencoded"
_KEY = "policy_search.pairs"


def address_pairs(request: Request) -> tuple[Pair, ...]:
    return read_pairs(request.scope["query_string"])


async def all_pairs(request: Request) -> tuple[Pair, ...]:
    """The pairs of the address, then those of a POST body.

    Raises UnsupportedMediaType for a body that is no form, BodyTooLarge and MalformedRequest.
    """
    pairs = address_pairs(request)
    if request.method == "POST":
        pairs = (*pairs, *read_pairs(await _form_body(request)))
    request.scope[_KEY] = pairs
    return pairs


def given_pairs(request: Request) -> tuple[Pair, ...]:
    """The pairs of the address, and those of the body where it has been read."""
    pairs: tuple[Pair, ...] = request.scope.get(_KEY) or address_pairs(request)
    return pairs


async def _form_body(request: Request) -> bytes:
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    encoding = request.headers.get("content-encoding", "identity").strip().lower()
    if media_type != FORM or encoding != "identity":
        raise UnsupportedMediaType(f"send {FORM} without compression")
    announced = request.headers.get("content-length", "0")
    if not (announced.isascii() and announced.isdigit()):
        raise MalformedRequest("Content-Length is a number of bytes")
    if int(announced[:12]) > MAX_BODY:
        raise BodyTooLarge(f"a body has at most {MAX_BODY} bytes")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_BODY:
            raise BodyTooLarge(f"a body has at most {MAX_BODY} bytes")
    return bytes(body)

"""Tags of answers (RFC 9110, 8.8.3): what a client has already is not sent again."""

import hashlib
import re
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

NOT_MODIFIED = 304
READING = frozenset({"GET", "HEAD"})

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e]*")')


def weak_tag(*parts: bytes) -> str:
    """A tag that differs where any of the parts does.

    It is a weak one: two answers that say the same may differ in how long they took.
    """
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return f'W/"{digest.hexdigest()[:32]}"'


def has_same(request: Request, tag: str) -> bool:
    """Whether the client says that it has the answer with this tag."""
    return request.method in READING and _opaque(tag) in _TAG.findall(_written(request))


def has_any(request: Request) -> bool:
    """Whether the client only wants an answer that there was not before, whatever it says (`*`)."""
    return request.method in READING and _written(request).strip() == "*"


def names_tags(request: Request) -> bool:
    """Whether the client says which answers it has."""
    return request.method in READING and '"' in _written(request)


def not_modified(tag: str, headers: Mapping[str, str]) -> Response:
    """The answer to a client that has the same already."""
    return Response(status_code=NOT_MODIFIED, headers={**headers, "ETag": tag})


def _written(request: Request) -> str:
    return ", ".join(request.headers.getlist("if-none-match"))


def _opaque(tag: str) -> str:
    """What is compared of a tag: weak and strong ones are alike."""
    return tag.removeprefix("W/")

"""Answers as JSON with their headers."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct
from starlette.requests import Request
from starlette.responses import Response

from web.formats.conditional import tagged
from web.http.entity_tags import weak_tag
from web.http.json_response import JSON

PASSING = {"took_ms": 0.0}
"""What differs between two answers that say the same, and what the tag of an answer has in its place."""


def answer(request: Request, content: Struct, headers: Mapping[str, str], tag: str | None = None) -> Response:
    """The content under this tag, or one of its own; or that the client has the same already."""
    return tagged(request, msgspec.json.encode(content), JSON, headers, tag or _content_tag(content))


def of_generation(generation: str) -> dict[str, str]:
    """The header that tells which state of the index has answered."""
    return {"X-Index-Generation": generation}


def _content_tag(content: Struct) -> str:
    """Made of the content itself, which is right whatever it depends on."""
    passing = {name: value for name, value in PASSING.items() if hasattr(content, name)}
    lasting = msgspec.structs.replace(content, **passing) if passing else content
    return weak_tag(msgspec.json.encode(lasting))

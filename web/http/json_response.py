"""JSON answers, encoded as UTF-8 without escapes for other scripts."""

from collections.abc import Mapping

import msgspec
from msgspec import Struct
from starlette.responses import Response

JSON = "application/json"

_ENCODER = msgspec.json.Encoder()


def json_response(
    content: Mapping[str, object] | Struct,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
    media_type: str = JSON,
) -> Response:
    """An answer whose body is `content`; bytes in it become base64."""
    return Response(_ENCODER.encode(content), status, headers, media_type)

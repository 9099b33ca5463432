"""Header fields of requests, as OpenAPI 3.1 describes them."""

from dataclasses import dataclass
from typing import Final

from web.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """A field that an operation heeds. `meaning` is the key of a text, `pattern` what a value matches."""

    name: str
    meaning: str
    pattern: str
    example: str
    is_needed: bool


VERSION: Final = Header(
    name="If-Match", meaning="openapi.version", pattern=r"[^ \t]", example="*", is_needed=True
)
KEY: Final = Header(
    name="Idempotency-Key",
    meaning="openapi.key",
    pattern=r"^[!-~]{1,255}$",
    example="2026-11-28/7",
    is_needed=False,
)


def header_object(header: Header, texts: Texts) -> dict[str, object]:
    """The Parameter Object of a field."""
    return {
        "name": header.name,
        "in": "header",
        "required": header.is_needed,
        "description": texts.say(header.meaning),
        "schema": {"type": "string", "pattern": header.pattern},
        "example": header.example,
    }

"""Answers that tell of errors, as OpenAPI 3.1 describes them."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from web.http.problems import MEDIA_TYPE, STATUS_OF_KIND
from web.texts.texts import Texts

PROBLEM: Final = "Problem"
"""The name of the schema of all of them."""

BAD_REQUEST: Final = 400
_STATUS: Mapping[str, int] = MappingProxyType(
    {
        "not-found": 404,
        "article-not-found": 404,
        "generation-not-found": 404,
        "job-not-found": 404,
        "saved-search-not-found": 404,
        "overloaded": 503,
        "too-many-connections": 503,
        "timeout": 503,
        "index-unavailable": 503,
        "unavailable": 503,
        "not-taken-up": 503,
        "internal": 500,
        **STATUS_OF_KIND,
    }
)

_SPAN: Final = {"type": "array", "items": {"type": "integer", "minimum": 0}, "minItems": 2, "maxItems": 2}
_ALTERNATIVE: Final = {
    "type": "object",
    "required": ["value", "label"],
    "properties": {"value": {"type": "string"}, "label": {"type": "string"}},
}
_FAULT: Final = {
    "type": "object",
    "description": "What is wrong with a parameter, or with a line of a body; null: with no line alone.",
    "required": ["detail"],
    "properties": {
        "parameter": {"type": "string"},
        "line": {"type": ["integer", "null"], "minimum": 1},
        "detail": {"type": "string"},
        "span": _SPAN,
        "suggestion": {"type": "string"},
        "alternatives": {"type": "array", "items": _ALTERNATIVE},
    },
}
SCHEMA: Final = {
    "type": "object",
    "description": "RFC 9457; spans are [start, length] in code points of the parameter.",
    "required": ["type", "title", "status", "detail", "instance", "errors"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "instance": {"type": "string"},
        "errors": {"type": "array", "items": _FAULT},
    },
}


def documented_status(kind: str) -> int:
    """The status of the answer that tells of an error of this kind."""
    return _STATUS.get(kind, BAD_REQUEST)


def problem_responses(kinds: Iterable[str], texts: Texts) -> dict[str, object]:
    """The Response Objects of these kinds of problem by status; each names its kinds."""
    by_status: dict[int, list[str]] = defaultdict(list)
    for kind in sorted(set(kinds)):
        by_status[documented_status(kind)].append(kind)
    return {
        str(status): {
            "description": "\n".join(f"`{kind}`: {texts.say(f'problem.{kind}')}" for kind in told),
            "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{PROBLEM}"}}},
        }
        for status, told in sorted(by_status.items())
    }

"""What Schemathesis is told of this interface; loaded by schemathesis.toml."""

import json
import os
import urllib.request
import zlib
from contextlib import suppress
from ipaddress import IPv4Address
from typing import Any, Final
from urllib.error import HTTPError
from urllib.parse import urlsplit

import schemathesis
from schemathesis import Case, HookContext

from tests.web.openapi.conformance import TOKEN_VARIABLE
from web.admin.bodies import ARTICLES

CLIENTS: Final = int(IPv4Address("198.18.0.0"))
"""Where addresses begin that are for tests (RFC 2544)."""


# Lines of JSON are sent as they are drawn.
schemathesis.serializer.alias(
    [one for one in ARTICLES if one.endswith(("ndjson", "jsonl"))], "application/octet-stream"
)


@schemathesis.hook
def before_call(_context: HookContext, case: Case[Any], _kwargs: dict[str, Any]) -> None:
    """Ask for each operation from an address of its own: whether it heeds the token is found out with a wrong
    one, and an address that has shown ten of these is refused for a minute."""
    number = zlib.crc32(case.operation.label.encode()) % 2**16
    case.headers["X-Forwarded-For"] = str(IPv4Address(CLIENTS + number))


@schemathesis.hook
def map_case(_context: HookContext, case: Case[Any]) -> Case[Any]:
    """Where all is right, name a generation that is kept, and a feed with its key: nobody hits on them."""
    if case.meta is not None and case.meta.generation.mode.is_positive:
        match case.operation.definition.raw["operationId"]:
            case "admin_rollback":
                generations = _asked(case, "/admin/generations")["generations"]
                case.query["generation"] = generations[-1]["generation"]
            case "saved_search_feed":
                # No more than a hundred can be saved; then there is none to name.
                with suppress(HTTPError):
                    _name_feed(case)
    return case


def _name_feed(case: Case[Any]) -> None:
    """Save a search: the key of its feed is told but once."""
    feed = urlsplit(_asked(case, "/saved-searches", b'{"name": "a", "query": "q=a"}')["feed"])
    case.path_parameters["id"] = feed.path.rpartition("/")[2].removesuffix(".atom")
    case.query["key"] = feed.query.removeprefix("key=")


def _asked(case: Case[Any], path: str, body: bytes | None = None) -> dict[str, Any]:
    """What the server answers to whoever has the token. Raises HTTPError."""
    headers = {"Authorization": f"Bearer {os.environ[TOKEN_VARIABLE]}", "Content-Type": "application/json"}
    request = urllib.request.Request(f"{case.operation.base_url}{path}", data=body, headers=headers)
    with urllib.request.urlopen(request) as answer:
        told: dict[str, Any] = json.load(answer)
    return told


@schemathesis.hook
def filter_query(context: HookContext, query: dict[str, Any] | None) -> bool:
    """Leave out what looks in an address as if it were right: an empty value, and one in place of several."""
    lists = _lists(context)
    return not any(
        _is_empty(value) or (name in lists and not isinstance(value, list)) for name, value in _items(query)
    )


@schemathesis.hook
def filter_body(_context: HookContext, body: object) -> bool:
    """The same of forms."""
    return not any(map(_is_empty, dict(_items(body)).values()))


def _lists(context: HookContext) -> frozenset[str]:
    """The parameters that may be given several times."""
    operation = context.operation
    if operation is None:
        return frozenset()
    parameters = operation.definition.raw.get("parameters", ())
    return frozenset(one["name"] for one in parameters if one.get("schema", {}).get("type") == "array")


def _items(values: object) -> list[tuple[str, Any]]:
    return list(values.items()) if isinstance(values, dict) else []


def _is_empty(value: object) -> bool:
    return value == "" or (isinstance(value, list) and "" in value)

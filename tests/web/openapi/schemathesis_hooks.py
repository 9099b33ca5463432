"""What Schemathesis is told of this interface; loaded by schemathesis.toml."""

from typing import Any

import schemathesis
from schemathesis import HookContext


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

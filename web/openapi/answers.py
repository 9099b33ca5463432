"""Schemas of the answers, made of their types."""

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import msgspec

Schema = dict[str, Any]

PREFIX: Final = "#/components/schemas/"


def answer_schemas(answers: Sequence[type[msgspec.Struct]]) -> tuple[tuple[Schema, ...], Schema]:
    """A reference to the schema of each type, and all schemas by name."""
    references, schemas = msgspec.json.schema_components(answers, ref_template=f"{PREFIX}{{name}}")
    named = {_name(name): {**_readable(schema), "title": _name(name)} for name, schema in schemas.items()}
    return tuple(map(_readable, references)), named


def _readable(schema: Any) -> Any:
    """The schema as more programs read it than know all of JSON Schema: pairs of one type as arrays of two in
    place of `prefixItems`, and names without dots."""
    if isinstance(schema, list):
        return [_readable(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    members = schema.get("prefixItems")
    if isinstance(members, list) and members and all(member == members[0] for member in members):
        return _readable({**_without(schema, "prefixItems"), "items": members[0]})
    if isinstance(reference := schema.get("$ref"), str):
        return {**schema, "$ref": f"{PREFIX}{_name(reference.removeprefix(PREFIX))}"}
    return {key: _readable(value) for key, value in schema.items()}


def _name(name: str) -> str:
    """Types of the same name are told apart by their modules, with dots between: `some_module.Kind` to
    `SomeModuleKind`."""
    return "".join(word[:1].upper() + word[1:] for word in re.split(r"[._]", name))


def _without(schema: Mapping[str, Any], key: str) -> Schema:
    return {name: value for name, value in schema.items() if name != key}

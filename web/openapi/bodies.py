"""Bodies of requests, as OpenAPI 3.1 describes them."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from web.openapi.parameters import is_needed, schema_of
from web.parameters.kinds import Parameter
from web.texts.text import Language

FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"

_NONE: Final[Mapping[str, object]] = MappingProxyType({})


def form_of(parameters: Sequence[Parameter], language: Language) -> dict[str, object]:
    """The Media Type Object of a form with these parameters."""
    schema: dict[str, object] = {
        "type": "object",
        "properties": {
            parameter.name: {**schema_of(parameter), "description": parameter.meaning.of(language)}
            for parameter in parameters
        },
        "additionalProperties": False,
    }
    if needed := [parameter.name for parameter in parameters if is_needed(parameter)]:
        schema["required"] = needed
    return {"schema": schema}


def body_of(
    media_types: Sequence[str],
    parameters: Sequence[Parameter],
    language: Language,
    examples: Mapping[str, object] = _NONE,
) -> dict[str, object]:
    """The Request Body Object of a body that may be of any of these types, and may be left out; a form holds
    the parameters. `examples` are by media type."""
    kinds: dict[str, dict[str, object]] = {FORM: form_of(parameters, language), JSON: {"schema": {}}}
    octets: dict[str, object] = {"schema": {"type": "string", "format": "binary"}}
    return {
        "required": False,
        "content": {
            one: kinds.get(one, octets) | ({"example": examples[one]} if one in examples else {})
            for one in media_types
        },
    }

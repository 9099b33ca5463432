"""The OpenAPI 3.1 document."""

from collections.abc import Sequence
from typing import Final

from web.api.endpoint import API_BASE
from web.openapi.answers import answer_schemas
from web.openapi.operations import SECURITY, Operation, operation_paths, types_of
from web.openapi.problems import PROBLEM, SCHEMA
from web.texts.texts import Texts

VERSION: Final = "3.1.0"


def openapi_document(operations: Sequence[Operation], texts: Texts, version: str) -> dict[str, object]:
    """The document of these operations in a language; `version` is that of the program."""
    types = types_of(operations)
    references, schemas = answer_schemas(types)
    needs_token = any(operation.needs_token for operation in operations)
    security = {"securitySchemes": SECURITY} if needs_token else {}
    return {
        "openapi": VERSION,
        "info": {
            "title": texts.say("openapi.title"),
            "description": texts.say("openapi.description"),
            "version": version,
        },
        "servers": [{"url": API_BASE}],
        "paths": operation_paths(operations, dict(zip(types, references, strict=True)), texts),
        "components": {"schemas": {**schemas, PROBLEM: SCHEMA}, **security},
    }

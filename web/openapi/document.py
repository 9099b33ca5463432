"""The OpenAPI 3.1 document."""

from collections.abc import Sequence
from typing import Final

from web.api.endpoint import API_BASE, Endpoint
from web.api.endpoints import ANY_ERRORS, SEARCH
from web.formats.format import Format
from web.openapi.answers import answer_schemas
from web.openapi.bodies import FORM, JSON, body_of
from web.openapi.operations import SECURITY, Operation, operation_paths, types_of
from web.openapi.parameters import parameter_object
from web.openapi.problems import PROBLEM, SCHEMA, problem_responses
from web.texts.texts import Texts

VERSION: Final = "3.1.0"
ID_PATTERN: Final = r"^(?!\.+$)[A-Za-z0-9._:-]{1,128}$"
"""What `index.describe.identity.is_id` takes."""

Described = dict[str, object]


def openapi_document(
    endpoints: Sequence[Endpoint], texts: Texts, version: str, others: Sequence[Operation] = ()
) -> Described:
    """The document in a language; `version` is that of the program; `others` do more than read."""
    types = [*(endpoint.answer for endpoint in endpoints), *types_of(others)]
    references, schemas = answer_schemas(types)
    by_type = dict(zip(types, references, strict=True))
    needs_token = any(operation.needs_token for operation in others)
    security = {"securitySchemes": SECURITY} if needs_token else {}
    return {
        "openapi": VERSION,
        "info": {
            "title": texts.say("openapi.title"),
            "description": texts.say("openapi.description"),
            "version": version,
        },
        "servers": [{"url": API_BASE}],
        "paths": {
            **{endpoint.path: _path(endpoint, by_type[endpoint.answer], texts) for endpoint in endpoints},
            **operation_paths(others, by_type, texts),
        },
        "components": {"schemas": {**schemas, PROBLEM: SCHEMA}, **security},
    }


def _path(endpoint: Endpoint, answer: Described, texts: Texts) -> Described:
    """The Path Item Object of an endpoint."""
    in_path = [_id(texts)] if "{id}" in endpoint.path else []
    operations: Described = {"parameters": in_path} if in_path else {}
    for method in endpoint.methods:
        operations[method.lower()] = _operation(endpoint, method, answer, texts)
    return operations


def _operation(endpoint: Endpoint, method: str, answer: Described, texts: Texts) -> Described:
    parameters = [parameter_object(parameter, texts.language) for parameter in endpoint.parameters]
    operation: Described = {
        "operationId": endpoint.name if method == "GET" else f"{endpoint.name}_{method.lower()}",
        "summary": endpoint.summary.of(texts.language),
    }
    if method == "POST":
        operation["requestBody"] = body_of((FORM,), endpoint.parameters, texts.language)
    else:
        operation["parameters"] = parameters
    operation["responses"] = {
        "200": {"description": texts.say("openapi.answer"), "content": _content(endpoint, answer)},
        **({"304": {"description": texts.say("openapi.not_modified")}} if method == "GET" else {}),
        **problem_responses((*ANY_ERRORS, *endpoint.errors), texts),
    }
    return operation


def _content(endpoint: Endpoint, answer: Described) -> Described:
    """What comes back, by media type; a search comes in all formats, whichever the Accept header asks for."""
    if endpoint is not SEARCH:
        return {JSON: {"schema": answer}}
    others = {one.media_type: {"schema": {"type": "string"}} for one in Format if one is not Format.JSON}
    return {JSON: {"schema": answer}, **others}


def _id(texts: Texts) -> Described:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": texts.say("openapi.id"),
        "schema": {"type": "string", "pattern": ID_PATTERN},
    }

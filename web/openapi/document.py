"""The OpenAPI 3.1 document of the endpoints that read."""

from collections.abc import Iterable, Sequence
from typing import Final

from web.api.endpoint import API_BASE, Endpoint
from web.api.endpoints import ANY_ERRORS, SEARCH
from web.formats.format import Format
from web.openapi.answers import answer_schemas
from web.openapi.parameters import is_needed, parameter_object, schema_of
from web.openapi.problems import PROBLEM, SCHEMA, problem_responses
from web.parameters.kinds import Parameter
from web.texts.texts import Texts

VERSION: Final = "3.1.0"
FORM: Final = "application/x-www-form-urlencoded"
JSON: Final = "application/json"
ID_PATTERN: Final = r"^(?!\.+$)[A-Za-z0-9._:-]{1,128}$"
"""What `index.describe.identity.is_id` takes."""

Described = dict[str, object]


def openapi_document(endpoints: Sequence[Endpoint], texts: Texts, version: str) -> Described:
    """The document in a language; `version` is that of the program."""
    answers, schemas = answer_schemas([endpoint.answer for endpoint in endpoints])
    return {
        "openapi": VERSION,
        "info": {
            "title": texts.say("openapi.title"),
            "description": texts.say("openapi.description"),
            "version": version,
        },
        "servers": [{"url": API_BASE}],
        "paths": {
            endpoint.path: _path(endpoint, answer, texts)
            for endpoint, answer in zip(endpoints, answers, strict=True)
        },
        "components": {"schemas": {**schemas, PROBLEM: SCHEMA}},
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
        operation["requestBody"] = _form(endpoint.parameters, texts)
    else:
        operation["parameters"] = parameters
    operation["responses"] = {
        "200": {"description": texts.say("openapi.answer"), "content": _content(endpoint, answer)},
        **({"304": {"description": texts.say("openapi.not_modified")}} if method == "GET" else {}),
        **problem_responses(_kinds(endpoint), texts),
    }
    return operation


def _kinds(endpoint: Endpoint) -> Iterable[str]:
    others = ("not-acceptable",) if endpoint is SEARCH else ()
    return (*ANY_ERRORS, *endpoint.errors, *others)


def _content(endpoint: Endpoint, answer: Described) -> Described:
    """What comes back, by media type; a search comes in all formats, whichever the Accept header asks for."""
    if endpoint is not SEARCH:
        return {JSON: {"schema": answer}}
    others = {one.media_type: {"schema": {"type": "string"}} for one in Format if one is not Format.JSON}
    return {JSON: {"schema": answer}, **others}


def _form(parameters: Sequence[Parameter], texts: Texts) -> Described:
    """The same parameters in the body, for queries that are too long for an address."""
    schema: Described = {
        "type": "object",
        "properties": {
            parameter.name: {**schema_of(parameter), "description": parameter.meaning.of(texts.language)}
            for parameter in parameters
        },
        "additionalProperties": False,
    }
    if needed := [parameter.name for parameter in parameters if is_needed(parameter)]:
        schema["required"] = needed
    return {"required": True, "content": {FORM: {"schema": schema}}}


def _id(texts: Texts) -> Described:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": texts.say("openapi.id"),
        "schema": {"type": "string", "pattern": ID_PATTERN},
    }

"""The endpoints of the admin interface, as OpenAPI 3.1 describes them."""

from collections.abc import Sequence
from typing import Any, Final

from msgspec import Struct

from web.admin.answers import JobAnswer
from web.admin.endpoints import DOOR_ERRORS, JOB, AdminEndpoint
from web.api.endpoint import API_BASE
from web.openapi.bodies import FORM, JSON, body_of
from web.openapi.parameters import parameter_object
from web.openapi.problems import problem_responses
from web.texts.texts import Texts

SCHEME: Final = "admin"
"""The name of the security scheme."""

SECURITY: Final = {SCHEME: {"type": "http", "scheme": "bearer"}}
ANY_ERRORS: Final = ("malformed-request", "target-too-long", "unknown-host", "unavailable", "internal")


def admin_answers(endpoints: Sequence[AdminEndpoint]) -> tuple[type[Struct], ...]:
    """The types of all answers, each once."""
    answers = dict.fromkeys(endpoint.answer for endpoint in endpoints if endpoint.answer is not None)
    return tuple(answers | {JobAnswer: None}) if endpoints else ()


def admin_paths(
    endpoints: Sequence[AdminEndpoint], references: dict[type[Struct], dict[str, Any]], texts: Texts
) -> dict[str, dict[str, object]]:
    """Their Path Item Objects; `references` lead to the schemas of the answers."""
    paths: dict[str, dict[str, object]] = {}
    for endpoint in endpoints:
        path = endpoint.address.removeprefix(API_BASE)
        item = paths.setdefault(path, {"parameters": [_id(texts)]} if "{id}" in path else {})
        item[endpoint.method.lower()] = _operation(endpoint, references, texts)
    return paths


def _operation(
    endpoint: AdminEndpoint, references: dict[type[Struct], dict[str, Any]], texts: Texts
) -> dict[str, object]:
    in_query = () if FORM in endpoint.bodies else endpoint.parameters
    operation: dict[str, object] = {
        "operationId": endpoint.name,
        "summary": endpoint.summary.of(texts.language),
        "security": [{SCHEME: []}],
        "parameters": [parameter_object(parameter, texts.language) for parameter in in_query],
        "responses": {
            **{str(status): _response(endpoint, status, references, texts) for status in endpoint.statuses},
            **problem_responses((*ANY_ERRORS, *DOOR_ERRORS, *endpoint.errors), texts),
        },
    }
    if endpoint.bodies:
        operation["requestBody"] = body_of(endpoint.bodies, endpoint.parameters, texts.language)
    return operation


def _response(
    endpoint: AdminEndpoint, status: int, references: dict[type[Struct], dict[str, Any]], texts: Texts
) -> dict[str, object]:
    described: dict[str, object] = {"description": texts.say("openapi.answer")}
    answer = JobAnswer if status == JOB else endpoint.answer
    if answer is not None:
        described["content"] = {JSON: {"schema": references[answer]}}
    return described


def _id(texts: Texts) -> dict[str, object]:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": texts.say("openapi.id"),
        "schema": {"type": "string"},
    }

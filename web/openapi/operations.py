"""The endpoints beside those that read, as OpenAPI 3.1 describes them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from web.openapi.bodies import JSON
from web.openapi.parameters import parameter_object
from web.openapi.problems import problem_responses
from web.parameters.kinds import Parameter
from web.texts.text import Text
from web.texts.texts import Texts

SCHEME: Final = "token"
"""The name of the security scheme."""

SECURITY: Final = {SCHEME: {"type": "http", "scheme": "bearer"}}
ANY_ERRORS: Final = ("malformed-request", "target-too-long", "unknown-host", "unavailable", "internal")
"""What any address can answer with."""
NOT_MODIFIED: Final = 304

Content = type[Struct] | str | None
"""JSON of a type, text of a media type, or nothing."""
References = Mapping[type[Struct], dict[str, Any]]
"""Leads to the schema of each type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one path below that of the interface, which may have `{id}` in it.

    `answers` are those that are no error, by status; `errors` are kinds of problem beside ANY_ERRORS. `body`
    is a type that is sent as JSON, or a Request Body Object; None where nothing is sent.
    """

    name: str
    method: str
    path: str
    summary: Text
    parameters: Sequence[Parameter]
    answers: Mapping[int, Content]
    errors: Sequence[str]
    body: type[Struct] | dict[str, object] | None = None
    is_of_a_version: bool = False
    """Whether it takes the tag of what it changes."""
    needs_token: bool = True

    @property
    def types(self) -> Iterable[type[Struct]]:
        """All types that its schemas are of."""
        return (one for one in (*self.answers.values(), self.body) if isinstance(one, type))


def types_of(operations: Iterable[Operation]) -> tuple[type[Struct], ...]:
    """The types of all of them, each once."""
    return tuple(dict.fromkeys(one for operation in operations for one in operation.types))


def operation_paths(
    operations: Iterable[Operation], references: References, texts: Texts
) -> dict[str, dict[str, object]]:
    """Their Path Item Objects."""
    paths: dict[str, dict[str, object]] = {}
    for operation in operations:
        in_path: dict[str, object] = {"parameters": [_id(texts)]} if "{id}" in operation.path else {}
        item = paths.setdefault(operation.path, in_path)
        item[operation.method.lower()] = _described(operation, references, texts)
    return paths


def _described(operation: Operation, references: References, texts: Texts) -> dict[str, object]:
    parameters = [parameter_object(parameter, texts.language) for parameter in operation.parameters]
    described: dict[str, object] = {
        "operationId": operation.name,
        "summary": operation.summary.of(texts.language),
        "parameters": [*parameters, *([_version(texts)] if operation.is_of_a_version else ())],
        "responses": {
            **{
                str(status): {"description": texts.say(_meaning(status)), **_content(content, references)}
                for status, content in operation.answers.items()
            },
            **problem_responses((*ANY_ERRORS, *operation.errors), texts),
        },
    }
    if operation.needs_token:
        described["security"] = [{SCHEME: []}]
    if isinstance(operation.body, dict):
        described["requestBody"] = operation.body
    elif operation.body is not None:
        described["requestBody"] = {"required": True, **_content(operation.body, references)}
    return described


def _meaning(status: int) -> str:
    return "openapi.not_modified" if status == NOT_MODIFIED else "openapi.answer"


def _content(content: Content, references: References) -> dict[str, object]:
    if content is None:
        return {}
    if isinstance(content, str):
        return {"content": {content: {"schema": {"type": "string"}}}}
    return {"content": {JSON: {"schema": references[content]}}}


def _id(texts: Texts) -> dict[str, object]:
    return {
        "name": "id",
        "in": "path",
        "required": True,
        "description": texts.say("openapi.id"),
        "schema": {"type": "string"},
    }


def _version(texts: Texts) -> dict[str, object]:
    return {
        "name": "If-Match",
        "in": "header",
        "required": True,
        "description": texts.say("openapi.version"),
        "schema": {"type": "string"},
    }

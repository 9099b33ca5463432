"""What can be asked for, as OpenAPI 3.1 describes it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from msgspec import Struct

from web.openapi.bodies import JSON
from web.openapi.headers import Header, header_object
from web.openapi.parameters import id_object, parameter_object
from web.openapi.problems import problem_responses
from web.parameters.kinds import Parameter
from web.texts.text import Text
from web.texts.texts import Texts

SCHEME: Final = "token"
"""The name of the security scheme."""

SECURITY: Final = {SCHEME: {"type": "http", "scheme": "bearer"}}
ANY_ERRORS: Final = (
    "malformed-request",
    "target-too-long",
    "head-too-large",
    "request-too-slow",
    "coding-not-implemented",
    "version-unsupported",
    "unknown-host",
    "too-many-connections",
    "too-many-requests",
    "unavailable",
    "internal",
)
"""What any address can answer with."""
OK: Final = 200
NOT_MODIFIED: Final = 304

Content = type[Struct] | str
"""JSON of a type, or text of a media type."""
References = Mapping[type[Struct], dict[str, Any]]
"""Leads to the schema of each type."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One method at one path below that of the interface, which may have `{id}` in it.

    `answers` are those that are no error, by status: all forms that each may have. `errors` are kinds of
    problem beside ANY_ERRORS. `body` is a type that is sent as JSON, or a Request Body Object; None where
    nothing is sent.
    """

    name: str
    method: str
    path: str
    summary: Text
    parameters: Sequence[Parameter]
    answers: Mapping[int, Sequence[Content]]
    errors: Sequence[str]
    body: type[Struct] | dict[str, object] | None = None
    headers: Sequence[Header] = ()
    needs_token: bool = True

    @property
    def types(self) -> Iterable[type[Struct]]:
        """All types that its schemas are of."""
        contents = (content for answer in self.answers.values() for content in answer)
        return (one for one in (*contents, self.body) if isinstance(one, type))


def types_of(operations: Iterable[Operation]) -> tuple[type[Struct], ...]:
    """The types of all of them, each once."""
    return tuple(dict.fromkeys(one for operation in operations for one in operation.types))


def operation_paths(
    operations: Iterable[Operation], references: References, texts: Texts
) -> dict[str, dict[str, object]]:
    """Their Path Item Objects."""
    paths: dict[str, dict[str, object]] = {}
    for operation in operations:
        in_path: dict[str, object] = {"parameters": [id_object(texts)]} if "{id}" in operation.path else {}
        item = paths.setdefault(operation.path, in_path)
        item[operation.method.lower()] = _described(operation, references, texts)
    return paths


def _described(operation: Operation, references: References, texts: Texts) -> dict[str, object]:
    parameters = [parameter_object(parameter, texts.language) for parameter in operation.parameters]
    described: dict[str, object] = {
        "operationId": operation.name,
        "summary": operation.summary.of(texts.language),
        "parameters": [*parameters, *(header_object(header, texts) for header in operation.headers)],
        "responses": {
            **{
                str(status): {"description": texts.say(_meaning(status)), **_content(contents, references)}
                for status, contents in operation.answers.items()
            },
            **problem_responses((*ANY_ERRORS, *operation.errors), texts),
        },
    }
    if operation.needs_token:
        described["security"] = [{SCHEME: []}]
    if isinstance(operation.body, dict):
        described["requestBody"] = operation.body
    elif operation.body is not None:
        described["requestBody"] = {"required": True, **_content((operation.body,), references)}
    return described


def _meaning(status: int) -> str:
    return "openapi.not_modified" if status == NOT_MODIFIED else "openapi.answer"


def _content(contents: Sequence[Content], references: References) -> dict[str, object]:
    described = {
        content if isinstance(content, str) else JSON: {
            "schema": {"type": "string"} if isinstance(content, str) else references[content]
        }
        for content in contents
    }
    return {"content": described} if described else {}

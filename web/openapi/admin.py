"""The endpoints of the admin interface, as the document has them."""

from collections.abc import Iterable

from web.admin.answers import JobAnswer
from web.admin.endpoints import DOOR_ERRORS, JOB, AdminEndpoint
from web.api.endpoint import API_BASE
from web.openapi.bodies import FORM, body_of
from web.openapi.examples import examples_of
from web.openapi.headers import KEY
from web.openapi.operations import Operation
from web.texts.text import Language


def admin_operations(endpoints: Iterable[AdminEndpoint], language: Language) -> tuple[Operation, ...]:
    """Their operations; the parameters of a form are described in this language."""
    return tuple(_operation(endpoint, language) for endpoint in endpoints)


def _operation(endpoint: AdminEndpoint, language: Language) -> Operation:
    bodies, parameters = endpoint.bodies, endpoint.parameters
    answer = () if endpoint.answer is None else (endpoint.answer,)
    return Operation(
        name=endpoint.name,
        method=endpoint.method,
        path=endpoint.address.removeprefix(API_BASE),
        summary=endpoint.summary,
        parameters=() if FORM in bodies else parameters,
        answers={status: (JobAnswer,) if status == JOB else answer for status in endpoint.statuses},
        errors=(*DOOR_ERRORS, *endpoint.errors),
        body=_body(endpoint, language) if bodies else None,
        headers=(KEY,) if endpoint.takes_key else (),
    )


def _body(endpoint: AdminEndpoint, language: Language) -> dict[str, object]:
    examples = examples_of(endpoint.name, endpoint.bodies)
    body = body_of(endpoint.bodies, endpoint.parameters, language, examples)
    return {**body, "required": endpoint.needs_body}

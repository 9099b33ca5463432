"""The endpoints that read, as the document has them."""

from collections.abc import Iterable

from web.api.endpoint import API_BASE, Endpoint
from web.api.endpoints import ANY_ERRORS, SEARCH
from web.formats.format import Format
from web.openapi.bodies import FORM, body_of
from web.openapi.operations import NOT_MODIFIED, OK, Content, Operation
from web.texts.text import Language


def reading_operations(endpoints: Iterable[Endpoint], language: Language) -> tuple[Operation, ...]:
    """Their operations; the parameters of a form are described in this language."""
    return tuple(
        _operation(endpoint, method, language) for endpoint in endpoints for method in endpoint.methods
    )


def _operation(endpoint: Endpoint, method: str, language: Language) -> Operation:
    is_form = method == "POST"
    content: dict[int, tuple[Content, ...]] = {OK: _content(endpoint)}
    return Operation(
        name=f"{endpoint.name}_{method.lower()}" if is_form else endpoint.name,
        method=method,
        path=endpoint.address.removeprefix(API_BASE),
        summary=endpoint.summary,
        parameters=() if is_form else endpoint.parameters,
        answers=content if is_form else {**content, NOT_MODIFIED: ()},
        errors=(*ANY_ERRORS, *endpoint.errors),
        body=body_of((FORM,), endpoint.parameters, language) | {"required": True} if is_form else None,
        needs_token=False,
    )


def _content(endpoint: Endpoint) -> tuple[Content, ...]:
    """A search comes in all formats, whichever the Accept header asks for."""
    if endpoint is not SEARCH:
        return (endpoint.answer,)
    return (endpoint.answer, *(one.media_type for one in Format if one is not Format.JSON))

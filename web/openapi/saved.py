"""The endpoints of saved searches, as the document has them."""

from collections.abc import Iterable

from web.api.endpoint import API_BASE
from web.openapi.headers import VERSION
from web.openapi.operations import Content, Operation
from web.saved.endpoints import NOT_MODIFIED, SavedEndpoint


def saved_operations(endpoints: Iterable[SavedEndpoint]) -> tuple[Operation, ...]:
    return tuple(
        Operation(
            name=endpoint.name,
            method=endpoint.method,
            path=endpoint.address.removeprefix(API_BASE),
            summary=endpoint.summary,
            parameters=endpoint.parameters,
            answers={
                status: () if status == NOT_MODIFIED else _content(endpoint) for status in endpoint.statuses
            },
            errors=endpoint.errors,
            body=endpoint.body,
            headers=(VERSION,) if endpoint.is_of_a_version else (),
            needs_token=endpoint.needs_token,
        )
        for endpoint in endpoints
    )


def _content(endpoint: SavedEndpoint) -> tuple[Content, ...]:
    content = endpoint.answer or endpoint.media_type
    return () if content is None else (content,)

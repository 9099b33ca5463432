"""The endpoints of saved searches, as the document has them."""

from collections.abc import Iterable

from web.api.endpoint import API_BASE
from web.openapi.operations import Operation
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
                status: None if status == NOT_MODIFIED else endpoint.answer or endpoint.media_type
                for status in endpoint.statuses
            },
            errors=endpoint.errors,
            body=endpoint.body,
            is_of_a_version=endpoint.is_of_a_version,
            needs_token=endpoint.needs_token,
        )
        for endpoint in endpoints
    )

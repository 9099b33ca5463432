"""The routes of the query interface, one for each endpoint of the table."""

from collections.abc import Awaitable, Callable, Iterable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.api.context import ApiContext
from web.api.endpoint import SUFFIX, Endpoint
from web.api.endpoints import ENDPOINTS


def api_routes(context: ApiContext, endpoints: Iterable[Endpoint] = ENDPOINTS) -> tuple[Route, ...]:
    """Each answers with JSON, and tells of its methods where it is asked for them."""
    return tuple(
        Route(
            address,
            _answering(endpoint, context),
            methods=[*endpoint.methods, "OPTIONS"],
            name=endpoint.name,
        )
        for endpoint in endpoints
        for address in _addresses(endpoint)
    )


def _addresses(endpoint: Endpoint) -> Iterator[str]:
    yield endpoint.address
    if endpoint.suffixes:
        yield f"{endpoint.address}.{{{SUFFIX}}}"


def _answering(endpoint: Endpoint, context: ApiContext) -> Callable[[Request], Awaitable[Response]]:
    async def answered(request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options(endpoint.allow)
        return await endpoint.handler(context, request)

    return answered


def _options(allow: str) -> Response:
    """Pages of other sites may read, never post."""
    cors = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "If-None-Match"}
    return Response(status_code=204, headers={"Allow": allow, **cors})

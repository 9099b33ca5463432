"""The query interface: routes only."""

import hashlib
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.article_ids import checked_id
from web.forms import address_pairs, all_pairs
from web.json_response import json_response
from web.limiter import SearchSlots
from web.params import SearchParameters, read_article, read_search
from web.presenters.article_answer import article_answer
from web.presenters.links import api_search_href
from web.presenters.paging import last_page
from web.presenters.search_answer import search_answer
from web.query_string import Pair
from web.service import SearchService

NOT_MODIFIED = 304
FORMAT = "json-zh-1"
"""Part of every ETag; raised when the same result is written differently."""


class Api:
    """The endpoints below `/api/v1`."""

    def __init__(self, service: SearchService, slots: SearchSlots) -> None:
        self._service = service
        self._slots = slots

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("/api/v1/search", self.search, methods=["GET", "POST", "OPTIONS"]),
            Route("/api/v1/articles/{id}", self.article, methods=["GET", "OPTIONS"]),
        )

    async def search(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options("GET, HEAD, OPTIONS, POST")
        parameters = read_search(await all_pairs(request))
        result = await self._slots.run(partial(self._service.search, parameters.request))
        headers = {
            "ETag": _etag(result.generation, parameters.canonical),
            "X-Index-Generation": result.generation,
            "Server-Timing": f"search;dur={result.took_ms:.1f}",
            "Link": _links(parameters, result.total),
        }
        if request.method != "POST" and _has_same(request, headers["ETag"]):
            return Response(status_code=NOT_MODIFIED, headers=headers)
        return json_response(search_answer(result, parameters), headers=headers)

    async def article(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options("GET, HEAD, OPTIONS")
        parameters = read_article(address_pairs(request))
        article_id = checked_id(request.path_params["id"])
        view = await self._slots.run(partial(self._service.article, article_id, parameters.q))
        return json_response(article_answer(view, parameters))


def _options(allow: str) -> Response:
    """Pages of other sites may read, never post."""
    cors = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "If-None-Match"}
    return Response(status_code=204, headers={"Allow": allow, **cors})


def _etag(generation: str, canonical: str) -> str:
    key = "\n".join((FORMAT, generation, canonical))
    return f'W/"{hashlib.sha256(key.encode()).hexdigest()[:32]}"'


def _has_same(request: Request, etag: str) -> bool:
    tags = request.headers.get("if-none-match", "")
    return etag in (tag.strip() for tag in tags.split(",")) or tags.strip() == "*"


def _links(parameters: SearchParameters, total: int) -> str:
    """The Link header: this page, the pages around it, and the page for people."""
    page, last = parameters.page, last_page(total, parameters.per_page)
    numbers = {"self": page, "first": 1}
    if 1 < page <= last:
        numbers["prev"] = page - 1
    if page < last:
        numbers["next"] = page + 1
    return ", ".join(
        f'<{api_search_href(_at_page(parameters.pairs, number))}>; rel="{relation}"'
        for relation, number in numbers.items()
    )


def _at_page(pairs: tuple[Pair, ...], number: int) -> tuple[Pair, ...]:
    rest = tuple(pair for pair in pairs if pair[0] != "page")
    return rest if number == 1 else (*rest, ("page", str(number)))

"""The query interface: routes only."""

import hashlib
from collections.abc import Mapping
from functools import partial

import msgspec
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.regions.resolve import RegionResolver
from search.query_log.query_log import QueryLog
from web.http.article_ids import checked_id
from web.http.forms import address_pairs, all_pairs
from web.http.json_response import json_response
from web.http.limiter import SearchSlots
from web.http.limits import MAX_TARGET
from web.parameters.requests import (
    SearchParameters,
    read_analysis,
    read_article,
    read_search,
    read_suggestion,
)
from web.presenters.analysis_answer import analysis_answer
from web.presenters.article_answer import article_answer
from web.presenters.links import api_search_href, at_page, search_href
from web.presenters.paging import last_page
from web.presenters.search_answer import search_answer
from web.presenters.suggestions_answer import query_help_answer, suggestions_answer
from web.serving.searching import Searching
from web.serving.suggesting import Suggesting, search_with_help

NOT_MODIFIED = 304
PASSING = {"took_ms": 0}
"""What differs between two answers that say the same, and what the tag of an answer has in its place."""


class Api:
    """The endpoints below `/api/v1`."""

    def __init__(
        self,
        service: Searching,
        slots: SearchSlots,
        regions: RegionResolver,
        *,
        queries: QueryLog,
        suggestions: Suggesting,
    ) -> None:
        self._service = service
        self._slots = slots
        self._regions = regions
        self._queries = queries
        self._suggestions = suggestions

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("/api/v1/search", self.search, methods=["GET", "POST", "OPTIONS"]),
            Route("/api/v1/articles/{id}", self.article, methods=["GET", "OPTIONS"]),
            Route("/api/v1/suggest", self.suggest, methods=["GET", "OPTIONS"]),
            Route("/api/v1/analyze", self.analyze, methods=["GET", "POST", "OPTIONS"]),
        )

    async def search(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options("GET, HEAD, OPTIONS, POST")
        parameters = read_search(await all_pairs(request), self._regions)
        result, given = await self._slots.run(
            partial(search_with_help, self._service, self._suggestions, parameters.request)
        )
        self._queries.record(parameters.request, result)
        headers = {
            "X-Index-Generation": result.generation,
            "Server-Timing": f"search;dur={result.took_ms:.1f}",
        }
        if links := _links(parameters, result.listed):
            headers["Link"] = links
        answer = search_answer(result, parameters, self._regions.regions)
        return _answer(request, answer | query_help_answer(given), headers)

    async def article(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options("GET, HEAD, OPTIONS")
        parameters = read_article(address_pairs(request))
        article_id = checked_id(request.path_params["id"])
        view = await self._slots.run(
            partial(self._service.article, article_id, parameters.q, parameters.match, parameters.wording)
        )
        return _answer(request, article_answer(view, parameters, self._regions.regions), {})

    async def suggest(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options("GET, HEAD, OPTIONS")
        asked = read_suggestion(address_pairs(request))
        found = await self._slots.run(
            partial(self._suggestions.suggest, asked.typed, asked.limit, asked.kinds)
        )
        return _answer(request, suggestions_answer(asked.typed, found), {})

    async def analyze(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            return _options("GET, HEAD, OPTIONS, POST")
        parameters = read_analysis(await all_pairs(request))
        analysis = await self._slots.run(partial(self._service.analyze, parameters.text, parameters.use))
        return _answer(request, analysis_answer(analysis), {})


def _options(allow: str) -> Response:
    """Pages of other sites may read, never post."""
    cors = {"Access-Control-Allow-Methods": "GET, HEAD", "Access-Control-Allow-Headers": "If-None-Match"}
    return Response(status_code=204, headers={"Allow": allow, **cors})


def _answer(request: Request, content: Mapping[str, object], headers: Mapping[str, str]) -> Response:
    """The content with its tag; without it where the client has the same already."""
    tagged = {**headers, "ETag": _etag(content)}
    if request.method != "POST" and _has_same(request, tagged["ETag"]):
        return Response(status_code=NOT_MODIFIED, headers=tagged)
    return json_response(content, headers=tagged)


def _etag(content: Mapping[str, object]) -> str:
    """Made of the content itself, since an article can change while the index generation stays."""
    lasting = {name: PASSING.get(name, value) for name, value in content.items()}
    return f'W/"{hashlib.sha256(msgspec.json.encode(lasting)).hexdigest()[:32]}"'


def _has_same(request: Request, etag: str) -> bool:
    tags = request.headers.get("if-none-match", "")
    return etag in (tag.strip() for tag in tags.split(",")) or tags.strip() == "*"


def _links(parameters: SearchParameters, hits: int) -> str:
    """The Link header: this page, the pages around it, and the page for people.

    An address that a form was needed for, since it is too long to be asked for, is left out.
    """
    page, last = parameters.page, last_page(hits, parameters.per_page)
    numbers = {"self": page, "first": 1}
    if 1 < page <= last:
        numbers["prev"] = page - 1
    if page < last:
        numbers["next"] = page + 1
    links = [
        (api_search_href(at_page(parameters.pairs, number)), f'rel="{relation}"')
        for relation, number in numbers.items()
    ]
    links.append((search_href(at_page(parameters.pairs, page)), 'rel="alternate"; type="text/html"'))
    return ", ".join(f"<{href}>; {relation}" for href, relation in links if len(href) <= MAX_TARGET)

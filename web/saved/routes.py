"""The endpoints of saved searches: routes only."""

import re
from collections.abc import Awaitable, Callable
from functools import partial

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.regions.tree import Regions
from index.saved_searches.errors import SavedSearchChanged
from index.saved_searches.store import WatchedSearch
from web.formats.atom import CONTENT_TYPE
from web.formats.search_feed import Feeds
from web.http.entity_tags import has_same, not_modified, weak_tag
from web.http.forms import address_pairs
from web.http.json_response import json_response
from web.http.language import texts_of
from web.http.limiter import SearchSlots
from web.http.site_address import site_address
from web.presenters.saved_answer import new_saved_answer, news_answer, saved_answer, saved_list_answer
from web.saved.endpoints import (
    ADD,
    BASE,
    CHANGE,
    CREATED,
    FEED,
    LIST,
    NEWS,
    NO_CONTENT,
    ONE,
    REMOVE,
    SavedEndpoint,
)
from web.saved.errors import VersionNeeded
from web.saved.feed import saved_feed
from web.saved.json_body import read_object
from web.saved.owner import TokenOwner
from web.saved.parameters import check_none, read_key, read_list, read_news
from web.saved.service import SavedSearchService
from web.settings import WebSettings

PRIVATE = {"Cache-Control": "no-store"}

Handler = Callable[[Request], Awaitable[Response]]

_TAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]*"')


class SavedApi:
    """The endpoints below `/api/v1/saved-searches`."""

    def __init__(
        self,
        service: SavedSearchService,
        owner: TokenOwner,
        slots: SearchSlots,
        regions: Regions,
        settings: WebSettings,
    ) -> None:
        self._service = service
        self._owner = owner
        self._slots = slots
        self._regions = regions
        self._settings = settings

    def routes(self) -> tuple[Route, ...]:
        return (
            _route((LIST, self.all), (ADD, self.add)),
            _route((FEED, self.feed)),
            _route((NEWS, self.news)),
            _route((ONE, self.one), (CHANGE, self.change), (REMOVE, self.remove)),
        )

    async def all(self, request: Request) -> Response:
        owner = self._owner.of(request)
        asked = read_list(address_pairs(request))
        found = await run_in_threadpool(self._service.page, owner, asked.offset, asked.per_page)
        return json_response(saved_list_answer(found, asked.page, asked.per_page), headers=PRIVATE)

    async def add(self, request: Request) -> Response:
        owner = self._owner.of(request)
        check_none(address_pairs(request))
        given = await read_object(request)
        saved = await self._slots.run(partial(self._service.add, owner, given))
        href = f"{BASE}/{saved.watched.search.id}"
        feed = site_address(request, self._settings).absolute(
            feed_href(saved.watched.search.id, saved.feed_key)
        )
        answer = new_saved_answer(saved, feed, self._regions, texts_of(request))
        headers = {**PRIVATE, "Location": href, "ETag": _tag(saved.watched)}
        return json_response(answer, status=CREATED, headers=headers)

    async def one(self, request: Request) -> Response:
        owner = self._owner.of(request)
        check_none(address_pairs(request))
        search_id: str = request.path_params["id"]
        return _told(await run_in_threadpool(self._service.get, owner, search_id))

    async def change(self, request: Request) -> Response:
        owner = self._owner.of(request)
        check_none(address_pairs(request))
        search_id: str = request.path_params["id"]
        watched = await run_in_threadpool(self._service.get, owner, search_id)
        known = _known_version(request, watched)
        given = await read_object(request)
        return _told(await self._slots.run(partial(self._service.change, owner, search_id, known, given)))

    async def remove(self, request: Request) -> Response:
        owner = self._owner.of(request)
        check_none(address_pairs(request))
        search_id: str = request.path_params["id"]
        watched = await run_in_threadpool(self._service.get, owner, search_id)
        await run_in_threadpool(self._service.remove, owner, search_id, _known_version(request, watched))
        return Response(status_code=NO_CONTENT, headers=PRIVATE)

    async def news(self, request: Request) -> Response:
        owner = self._owner.of(request)
        asked = read_news(address_pairs(request))
        search_id: str = request.path_params["id"]
        watched = await run_in_threadpool(self._service.get, owner, search_id)
        news = await self._slots.run(
            partial(self._service.news, owner, search_id, asked.since, asked.per_page, asked.cursor)
        )
        headers = {**PRIVATE, "X-Index-Generation": news.found.result.generation}
        return json_response(news_answer(watched.search, news, self._regions), headers=headers)

    async def feed(self, request: Request) -> Response:
        """For programs that can show no token; the key of this feed opens nothing else."""
        key = read_key(address_pairs(request))
        search, found = await self._slots.run(partial(self._service.feed, request.path_params["id"], key))
        texts = texts_of(request)
        publisher = self._settings.title or texts.say("site.title")
        feeds = Feeds(site_address(request, self._settings), publisher, self._regions, texts)
        document = saved_feed(feeds, search, found)
        headers = {**PRIVATE, "ETag": weak_tag(document)}
        if has_same(request, headers["ETag"]):
            return not_modified(headers["ETag"], headers)
        return Response(document, media_type=CONTENT_TYPE, headers=headers)


def feed_href(search_id: str, key: str) -> str:
    """The address of the feed of a saved search."""
    return f"{BASE}/{search_id}.atom?key={key}"


def _route(*handled: tuple[SavedEndpoint, Handler]) -> Route:
    """The route to the one address of these endpoints, with what answers each."""
    handlers = {endpoint.method: handler for endpoint, handler in handled}
    (address,) = {endpoint.address for endpoint, _ in handled}

    async def handle(request: Request) -> Response:
        return await handlers["GET" if request.method == "HEAD" else request.method](request)

    return Route(address, handle, methods=tuple(handlers))


def _told(watched: WatchedSearch) -> Response:
    return json_response(saved_answer(watched), headers={**PRIVATE, "ETag": _tag(watched)})


def _tag(watched: WatchedSearch) -> str:
    return f'"{watched.search.version}"'


def _known_version(request: Request, watched: WatchedSearch) -> int:
    """The version that the request is about, which is the present one. Raises VersionNeeded and
    SavedSearchChanged."""
    written = ", ".join(request.headers.getlist("if-match"))
    if not written.strip():
        raise VersionNeeded("send If-Match with the ETag of the saved search")
    if written.strip() != "*" and _tag(watched) not in _TAG.findall(written):
        raise SavedSearchChanged(f"it is version {watched.search.version} now")
    return watched.search.version

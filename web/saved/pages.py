"""The page of saved searches: routes only."""

from functools import partial
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from index.saved_searches.errors import LimitReached
from index.saved_searches.store import MAX_SEARCHES
from web.errors import WrongToken
from web.http.forms import address_pairs, all_pairs
from web.http.problems import problem_of
from web.http.same_origin import check_same_origin
from web.http.site_address import site_address
from web.http.viewer import viewer_of
from web.pages.site import Site
from web.parameters.query_string import encode_pairs
from web.presenters.saved_page import NewForm, SignInView, Told, new_form, saved_view
from web.saved.endpoints import CREATED
from web.saved.owner import TokenOwner
from web.saved.parameters import DELETE_PARAMETERS, FORM_PARAMETERS, SIGN_IN_PARAMETERS, read_fields
from web.saved.routes import feed_href
from web.saved.saved_query import UNREADABLE
from web.saved.service import SavedSearchService
from web.saved.session import Sessions

PATH: Final = "/saved"
TEMPLATE: Final = "saved.html"
SIGN_IN: Final = "saved_sign_in.html"
SEE_OTHER: Final = 303
FORBIDDEN: Final = 403


class SavedPages:
    """The page, and what its forms post to. All of that is only for our own pages to ask."""

    def __init__(
        self, site: Site, service: SavedSearchService, owner: TokenOwner, sessions: Sessions
    ) -> None:
        self._site = site
        self._service = service
        self._owner = owner
        self._sessions = sessions

    def routes(self) -> tuple[Route, ...]:
        return (
            Route(PATH, self.page, methods=["GET", "POST"]),
            Route(f"{PATH}/sign-in", self.sign_in, methods=["POST"]),
            Route(f"{PATH}/sign-out", self.sign_out, methods=["POST"]),
            Route(f"{PATH}/{{id}}/delete", self.delete, methods=["POST"]),
        )

    async def page(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._add(request)
        given = read_fields(address_pairs(request), FORM_PARAMETERS)
        if not self._is_signed_in(request):
            return self._sign_in_page(request, given.get("query", ""))
        return await self._list(request, new_form(given, viewer_of(request).texts))

    async def sign_in(self, request: Request) -> Response:
        check_same_origin(request)
        given = read_fields(await all_pairs(request), SIGN_IN_PARAMETERS)
        query = given.get("query", "")
        try:
            owner = self._owner.of_token(given.get("token", "").strip(), request)
        except WrongToken:
            return self._sign_in_page(request, query, status=FORBIDDEN)
        response = _back(query)
        self._sessions.begin(response, owner)
        return response

    async def sign_out(self, request: Request) -> Response:
        check_same_origin(request)
        response = _back("")
        self._sessions.end(response)
        return response

    async def delete(self, request: Request) -> Response:
        check_same_origin(request)
        version = read_fields(await all_pairs(request), DELETE_PARAMETERS).get("version", "")
        if not self._is_signed_in(request):
            return _back("")
        known = int(version) if version.isascii() and version.isdigit() and len(version) <= 9 else 0
        await run_in_threadpool(self._service.remove, self._owner.name, request.path_params["id"], known)
        return _back("")

    async def _add(self, request: Request) -> Response:
        check_same_origin(request)
        given = read_fields(await all_pairs(request), FORM_PARAMETERS)
        if not self._is_signed_in(request):
            return self._sign_in_page(request, given.get("query", ""))
        texts = viewer_of(request).texts
        fields = {**given, "webhook": given.get("webhook") or None}
        try:
            saved = await self._site.slots.run(partial(self._service.add, self._owner.name, fields))
        except (LimitReached, *UNREADABLE) as error:
            problem = problem_of(error)
            return await self._list(request, new_form(given, texts, problem), status=problem.status)
        search = saved.watched.search
        feed = site_address(request, self._site.settings).absolute(feed_href(search.id, saved.feed_key))
        told = Told(search.name, feed, saved.secret)
        return await self._list(request, new_form({}, texts), told, status=CREATED)

    async def _list(
        self, request: Request, form: NewForm, told: Told | None = None, *, status: int = 200
    ) -> Response:
        viewer = viewer_of(request)
        found = await run_in_threadpool(self._service.page, self._owner.name, 0, MAX_SEARCHES)
        view = saved_view(found, form, viewer.texts, told)
        return self._site.templates.page(TEMPLATE, view, viewer, status=status)

    def _sign_in_page(self, request: Request, query: str, *, status: int = 200) -> Response:
        view = SignInView(query, status == FORBIDDEN)
        return self._site.templates.page(SIGN_IN, view, viewer_of(request), status=status)

    def _is_signed_in(self, request: Request) -> bool:
        return self._sessions.is_open(request, self._owner.name)


def _back(query: str) -> Response:
    """To the page, with the search that is to be saved."""
    href = f"{PATH}?{encode_pairs([('query', query)])}" if query else PATH
    return RedirectResponse(href, SEE_OTHER)

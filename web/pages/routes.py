"""The pages for people: routes only."""

from functools import partial
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.article_reader import CorpusStats
from index.regions.resolve import RegionResolver
from search.query_log.query_log import QueryLog
from search.request import SearchRequest, Sort
from search.results import SearchResult
from web.errors import BadParameters, PageNotFound
from web.http.article_ids import checked_id
from web.http.forms import address_pairs
from web.http.limiter import SearchSlots
from web.http.problems import problem_kinds
from web.parameters.query_string import Pair, read_pairs
from web.parameters.requests import read_article, read_search
from web.presenters.article_page import article_page
from web.presenters.help_page import help_page, problem_help
from web.presenters.home_page import home_page
from web.presenters.results_page import results_page
from web.presenters.search_form import SearchForm
from web.serving.searching import Searching
from web.serving.suggesting import Suggesting, search_with_help
from web.templating import Templates

LATEST = SearchRequest(sort=Sort.NEWEST, limit=10, snippets=0)


class Pages:
    """The endpoints that answer with HTML."""

    def __init__(
        self,
        service: Searching,
        slots: SearchSlots,
        templates: Templates,
        regions: RegionResolver,
        *,
        queries: QueryLog,
        suggestions: Suggesting,
    ) -> None:
        self._service = service
        self._slots = slots
        self._templates = templates
        self._regions = regions
        self._queries = queries
        self._suggestions = suggestions

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("/", self.home),
            Route("/search", self.search),
            Route("/articles/{id}", self.article),
            Route("/help", self.help),
            Route("/problems/{name}", self.problem),
        )

    async def home(self, _request: Request) -> Response:
        stats, latest = await self._slots.run(self._start)
        headers = {"X-Index-Generation": latest.generation}
        return self._templates.page(
            "home.html", home_page(stats, latest, self._regions.regions), headers=headers
        )

    def _start(self) -> tuple[CorpusStats, SearchResult]:
        return self._service.stats(), self._service.search(LATEST)

    async def search(self, request: Request) -> Response:
        parameters = read_search(address_pairs(request), self._regions)
        result, given = await self._slots.run(
            partial(search_with_help, self._service, self._suggestions, parameters.request)
        )
        self._queries.record(parameters.request, result)
        page = results_page(result, given, parameters, self._regions.regions)
        headers = {"X-Index-Generation": result.generation}
        return self._templates.page("results.html", page, form=page.form, headers=headers)

    async def article(self, request: Request) -> Response:
        parameters = read_article(address_pairs(request))
        article_id = checked_id(request.path_params["id"])
        view = await self._slots.run(
            partial(self._service.article, article_id, parameters.q, parameters.match, parameters.wording)
        )
        back = _search_before(request, self._regions)
        page = article_page(view, parameters, back, self._regions.regions)
        return self._templates.page("article.html", page, form=SearchForm(q=parameters.q))

    async def help(self, _request: Request) -> Response:
        return self._templates.page("help.html", help_page())

    async def problem(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in problem_kinds():
            raise PageNotFound("there is no such kind of problem")
        return self._templates.page("problem_help.html", problem_help(name))


def _search_before(request: Request, regions: RegionResolver) -> tuple[Pair, ...]:
    """The search whose page led here, so that the way back keeps it; empty if another page did."""
    try:
        address = urlsplit(request.headers.get("referer", ""))
    except ValueError:
        return ()
    if address.path != "/search" or address.netloc != request.headers.get("host", ""):
        return ()
    try:
        return read_search(read_pairs(address.query.encode()), regions).pairs
    except BadParameters:
        return ()

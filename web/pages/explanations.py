"""The pages that explain: the query language, the parameters, kinds of problems, and the site itself."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.article_reader import CorpusStats
from search.errors import IndexUnavailable
from search.request import FacetRequest, Marking, SearchRequest
from search.results import FacetResult, Readiness
from web.errors import PageNotFound
from web.http.problems import problem_kinds
from web.http.viewer import viewer_of
from web.pages.site import Site
from web.presenters.about_page import about_page
from web.presenters.help_page import help_page, problem_help
from web.presenters.parameter_help import parameters_page

SHOWN_SOURCES = 12
SOURCES = SearchRequest(
    limit=0, snippets=0, marking=Marking.NONE, facets=(FacetRequest(field="source", limit=SHOWN_SOURCES),)
)


class Explanations:
    """The endpoints that answer with explanations."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("/help", self.help),
            Route("/help/parameters", self.parameters),
            Route("/problems/{name}", self.problem),
            Route("/about", self.about),
        )

    async def help(self, request: Request) -> Response:
        viewer = viewer_of(request)
        return self._site.templates.page("help.html", help_page(viewer.texts, viewer.named), viewer)

    async def parameters(self, request: Request) -> Response:
        viewer = viewer_of(request)
        return self._site.templates.page("parameters.html", parameters_page(viewer.texts), viewer)

    async def problem(self, request: Request) -> Response:
        name = request.path_params["name"]
        if name not in problem_kinds():
            raise PageNotFound("there is no such kind of problem")
        viewer = viewer_of(request)
        return self._site.templates.page("problem_help.html", problem_help(name, viewer.texts), viewer)

    async def about(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        stats, readiness, sources = await site.slots.run(self._look)
        page = about_page(
            stats,
            readiness,
            sources,
            contact=site.settings.contact,
            texts=viewer.texts,
            kept=viewer.named,
        )
        return site.templates.page("about.html", page, viewer)

    def _look(self) -> tuple[CorpusStats, Readiness, FacetResult | None]:
        service = self._site.service
        stats, readiness = service.stats(), service.readiness()
        try:
            (sources,) = service.search(SOURCES).facets
        except IndexUnavailable:
            return stats, readiness, None
        return stats, readiness, sources

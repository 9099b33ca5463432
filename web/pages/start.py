"""The first page."""

from collections.abc import Sequence

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.article_reader import CorpusStats
from search.errors import IndexUnavailable
from search.request import FacetRequest, Marking, SearchRequest, Sort
from search.results import Readiness, SearchResult
from web.http.problems import DEFAULT_RETRY_AFTER, UNAVAILABLE
from web.http.viewer import viewer_of
from web.pages.site import Site
from web.presenters.home_page import SHOWN_VALUES, home_page

LATEST = 10


class StartPage:
    """The endpoint that answers people who come for the first time."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._request = _request(site.regions.regions.children(None))

    def routes(self) -> tuple[Route, ...]:
        return (Route("/", self.start),)

    async def start(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        stats, readiness, latest = await site.slots.run(self._look)
        page = home_page(
            stats, readiness, latest, site.regions.regions, texts=viewer.texts, kept=viewer.named
        )
        if latest is not None:
            headers = {"X-Index-Generation": latest.generation}
            return site.templates.page("home.html", page, viewer, headers=headers)
        if not stats.articles:
            return site.templates.page("home.html", page, viewer)
        headers = {"Retry-After": str(DEFAULT_RETRY_AFTER)}
        return site.templates.page("home.html", page, viewer, status=UNAVAILABLE, headers=headers)

    def _look(self) -> tuple[CorpusStats, Readiness, SearchResult | None]:
        service = self._site.service
        stats, readiness = service.stats(), service.readiness()
        try:
            return stats, readiness, service.search(self._request)
        except IndexUnavailable:
            return stats, readiness, None


def _request(provinces: Sequence[str]) -> SearchRequest:
    """The latest articles, with how many there are of each province, and of the commonest topics."""
    return SearchRequest(
        sort=Sort.NEWEST,
        limit=LATEST,
        snippets=0,
        marking=Marking.NONE,
        facets=(
            FacetRequest(field="region", limit=0, named=tuple(provinces)),
            FacetRequest(field="topic", limit=SHOWN_VALUES),
        ),
    )

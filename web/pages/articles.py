"""The page of an article, and its citation as a file."""

import logging
from collections.abc import Sequence
from functools import partial
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.regions.resolve import RegionResolver
from search.errors import ArticleDeleted, IndexUnavailable, SearchTimeout
from search.request import SearchRequest, SimilarRequest, Sort
from search.results import ArticleView, SearchResult
from search.similar import SimilarResult
from web.errors import BadParameters
from web.http.article_ids import checked_id
from web.http.forms import address_pairs
from web.http.viewer import viewer_of
from web.pages.site import Site
from web.parameters.query_string import Pair, read_pairs
from web.parameters.requests import ArticleParameters, read_article, read_search
from web.presenters.article_page import article_page, carried_query
from web.presenters.citation import RIS_TYPE, citation_of, ris_record
from web.presenters.gone_page import gone_page
from web.presenters.links import article_href
from web.presenters.search_form import SearchForm
from web.presenters.surroundings import surroundings

GONE = 410
OTHERS = 5
"""Articles that the page of a deleted one shows in its place."""

logger = logging.getLogger(__name__)


class ArticlePages:
    """The endpoints that show one article."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> tuple[Route, ...]:
        return (
            Route("/articles/{id}", self.article),
            # Ids may end in .ris, so that the file has an address of its own below the article.
            Route("/articles/{id}/citation.ris", self.ris),
        )

    async def article(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        parameters = read_article(address_pairs(request))
        article_id = checked_id(request.path_params["id"])
        try:
            view, similar = await site.slots.run(partial(self._look, article_id, parameters))
        except ArticleDeleted as deleted:
            return await self._gone(request, parameters, deleted)
        around = surroundings(
            view.article,
            similar,
            carried_query(parameters),
            today=site.today(),
            own_address=self._own_address(article_id),
            texts=viewer.texts,
        )
        back = _search_before(request, site.regions)
        page = article_page(view, parameters, back, site.regions.regions, texts=viewer.texts, around=around)
        return site.templates.page("article.html", page, viewer, form=SearchForm(q=parameters.q))

    async def ris(self, request: Request) -> Response:
        article_id = checked_id(request.path_params["id"])
        view = await self._site.slots.run(partial(self._site.service.article, article_id))
        citation = citation_of(view.article, self._site.today(), self._own_address(article_id))
        name = f"{article_id.replace(':', '-')}.ris"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(ris_record(citation), media_type=f"{RIS_TYPE}; charset=utf-8", headers=headers)

    def _look(
        self, article_id: str, parameters: ArticleParameters
    ) -> tuple[ArticleView, SimilarResult | None]:
        service = self._site.service
        view = service.article(
            article_id, parameters.q, parameters.match, parameters.wording, parameters.parts
        )
        try:
            return view, service.similar(article_id, SimilarRequest())
        except (IndexUnavailable, SearchTimeout) as error:
            # An article can be read without an index; the page says that similar ones are not listed.
            logger.info("no similar articles of %s: %s", article_id, error)
            return view, None

    async def _gone(
        self, request: Request, parameters: ArticleParameters, deleted: ArticleDeleted
    ) -> Response:
        site, viewer = self._site, viewer_of(request)
        try:
            others = await site.slots.run(partial(self._others, parameters.q))
        except IndexUnavailable:
            raise deleted from None
        page = gone_page(others, carried_query(parameters), viewer.named, site.regions.regions, viewer.texts)
        return site.templates.page(
            "gone.html",
            page,
            viewer,
            form=SearchForm(q=parameters.q),
            status=GONE,
            headers={"X-Index-Generation": others.generation},
        )

    def _others(self, q: str) -> SearchResult:
        """What the query finds, or the latest articles where there is none or it finds nothing."""
        if q:
            found = self._site.service.search(SearchRequest(q=q, limit=OTHERS, snippets=1))
            if found.hits:
                return found
        return self._site.service.search(SearchRequest(sort=Sort.NEWEST, limit=OTHERS, snippets=0))

    def _own_address(self, article_id: str) -> str | None:
        public_url = self._site.settings.public_url
        return None if public_url is None else f"{public_url}{article_href(article_id)}"


def _search_before(request: Request, regions: RegionResolver) -> Sequence[Pair]:
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

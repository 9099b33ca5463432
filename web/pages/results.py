"""The page of results, and the pages that list the values of its facets."""

from dataclasses import replace
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from search.query_log.query_log import QueryLog
from search.request import Marking
from search.timings import Stopwatch
from web.formats.conditional import answer_key
from web.formats.freshness import is_whole
from web.http.forms import address_pairs
from web.http.server_timing import server_timing
from web.http.viewer import viewer_of
from web.pages.site import Site
from web.parameters.facet_page import read_facet_page
from web.parameters.requests import read_search
from web.presenters.facet_page import facet_page, facet_request
from web.presenters.facets import facet_requests
from web.presenters.region_labels import RegionLabels
from web.presenters.results_page import results_page
from web.serving.found_page import find_page
from web.serving.suggesting import Suggesting


class ResultPages:
    """The endpoints that show what a search finds."""

    def __init__(self, site: Site, queries: QueryLog, suggestions: Suggesting) -> None:
        self._site = site
        self._queries = queries
        self._suggestions = suggestions
        self._labels = RegionLabels.of(site.regions)

    def routes(self) -> tuple[Route, ...]:
        return (Route("/search", self.search), Route("/facets", self.facet))

    async def search(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        parameters = read_search(address_pairs(request), site.regions)
        asked = parameters.request
        key = answer_key(
            parameters.pairs,
            f"html {site.templates.version}",
            viewer.texts.language.value,
            viewer.theme.value,
            viewer.address,
        )
        if (known := await site.conditional.known(request, asked, key)) is not None:
            return known
        counted = facet_requests(parameters.pairs, self._labels)
        find = partial(find_page, site.service, self._suggestions, asked, counted)
        fresh = await site.slots.run(partial(site.conditional.freshness.watched, asked, key, find))
        found = fresh.value
        self._queries.record(asked, found.result)
        watch = Stopwatch()
        page = results_page(found, parameters, self._labels, viewer.texts)
        headers = {"X-Index-Generation": found.result.generation}
        if (
            fresh.tag is not None
            and is_whole(asked, found.result, found.given)
            and all(found.copies.values())
        ):
            headers["ETag"] = fresh.tag
        answer = site.templates.page("results.html", page, viewer, form=page.form, headers=headers)
        answer.headers["Server-Timing"] = server_timing(
            found.result.timings, beside_ms=found.beside_ms, render_ms=watch.lap()
        )
        return answer

    async def facet(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        parameters = read_facet_page(address_pairs(request), site.regions)
        counting = replace(
            parameters.search.request,
            offset=0,
            limit=0,
            snippets=0,
            marking=Marking.NONE,
            facets=(facet_request(parameters, self._labels),),
            cursor=None,
        )
        result = await site.slots.run(partial(site.service.search, counting))
        page = facet_page(result, parameters, self._labels, viewer.texts)
        headers = {"X-Index-Generation": result.generation}
        return site.templates.page("facet.html", page, viewer, form=page.form, headers=headers)

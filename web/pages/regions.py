"""The pages of regions: the country, and each region."""

from collections.abc import Mapping
from typing import Final

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from search.request import FacetRequest, Marking, SearchRequest
from web.errors import BadParameters, PageNotFound
from web.http.forms import address_pairs
from web.http.viewer import viewer_of
from web.pages.site import Site
from web.parameters.defined.language import LANG
from web.parameters.defined.lookups import NAMED
from web.parameters.reader import ParameterReader
from web.presenters.regions_page import country_page, region_page

ALL_REGIONS: Final = 5_000
"""More than there are units, some 3,200."""
COUNTED: Final = SearchRequest(
    limit=0, snippets=0, marking=Marking.NONE, facets=(FacetRequest(field="region", limit=ALL_REGIONS),)
)


class RegionPages:
    """The endpoints that show the tree of regions with its numbers of articles."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def routes(self) -> tuple[Route, ...]:
        return (Route("/regions", self.country), Route("/regions/{code}", self.region))

    async def country(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        reader = ParameterReader(address_pairs(request), (NAMED, LANG))
        q = reader.text(NAMED)
        if reader.faults:
            raise BadParameters(tuple(reader.faults))
        counts, headers = await site.slots.run(self._counts)
        page = country_page(site.regions, counts, q, viewer.texts, viewer.named)
        return site.templates.page("regions.html", page, viewer, headers=headers)

    async def region(self, request: Request) -> Response:
        site, viewer = self._site, viewer_of(request)
        code = request.path_params["code"]
        if site.regions.regions.find(code) is None:
            raise PageNotFound("no region has this code")
        counts, headers = await site.slots.run(self._counts)
        page = region_page(code, site.regions, counts, viewer.texts, viewer.named)
        return site.templates.page("regions.html", page, viewer, headers=headers)

    def _counts(self) -> tuple[Mapping[str, int], Mapping[str, str]]:
        """The articles of each region that has any, by its code; and the headers of the answer."""
        result = self._site.service.search(COUNTED)
        counts = {value.value: value.count for facet in result.facets for value in facet.values}
        return counts, {"X-Index-Generation": result.generation}

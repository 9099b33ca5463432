"""Searches in the format that a request wants."""

from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import Request
from starlette.responses import Response

from index.regions.resolve import RegionResolver
from search.query_log.query_log import QueryLog
from web.formats.conditional import Conditional
from web.formats.exports import Exports
from web.formats.feeds import SearchFeeds
from web.formats.format import Format, wanted_format
from web.http.forms import all_pairs
from web.http.language import texts_of
from web.http.limiter import SearchSlots
from web.parameters.exports import read_csv, read_export, read_feed
from web.parameters.query_string import Pair
from web.presenters.region_labels import RegionLabels
from web.serving.searching import Searching
from web.settings import WebSettings

AsJson = Callable[[Sequence[Pair]], Awaitable[Response]]
"""Answers the search that these pairs ask for with JSON."""


class SearchFormats:
    """Answers searches in all formats for programs. Belongs to one event loop."""

    def __init__(
        self,
        service: Searching,
        slots: SearchSlots,
        regions: RegionResolver,
        settings: WebSettings,
        *,
        queries: QueryLog,
        conditional: Conditional,
    ) -> None:
        self._regions = regions
        self.conditional = conditional
        self._exports = Exports(service, slots, regions.regions, queries=queries, conditional=conditional)
        self._feeds = SearchFeeds(service, slots, RegionLabels.of(regions), settings, conditional)

    async def answer(self, request: Request, suffix: str | None, as_json: AsJson) -> Response:
        """The answer to a search in the format that the end of its address names, or else its Accept header.

        Raises NotAcceptable, BadParameters, Overloaded, and what searching raises.
        """
        wanted = wanted_format(suffix, ", ".join(request.headers.getlist("accept")))
        pairs = await all_pairs(request)
        texts = texts_of(request)
        match wanted:
            case Format.JSON:
                return await as_json(pairs)
            case Format.CSV:
                table = read_csv(pairs, self._regions)
                return await self._exports.csv(request, table, suffix, texts.language)
            case Format.NDJSON:
                lines = read_export(pairs, self._regions)
                return await self._exports.ndjson(request, lines, suffix, texts.language)
            case Format.ATOM:
                feed = read_feed(pairs, self._regions)
                return await self._feeds.atom(request, feed, suffix, texts)

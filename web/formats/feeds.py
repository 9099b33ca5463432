"""Searches as feeds."""

from functools import partial

from starlette.requests import Request
from starlette.responses import Response

from search.timings import Stopwatch
from web.formats.atom import CONTENT_TYPE, atom_document
from web.formats.conditional import Conditional, answer_key, tagged
from web.formats.format import Format
from web.formats.freshness import is_whole
from web.formats.links import Listing, link_header
from web.formats.search_feed import Feeds
from web.http.entity_tags import weak_tag
from web.http.limiter import SearchSlots
from web.http.server_timing import server_timing
from web.http.site_address import site_address
from web.parameters.requests import SearchParameters
from web.presenters.chips import chips
from web.presenters.region_labels import RegionLabels
from web.serving.searching import Searching
from web.settings import WebSettings
from web.texts.texts import Texts


class SearchFeeds:
    """Answers with feeds of hits. Programs ask for them again and again, so no query log has them."""

    def __init__(
        self,
        service: Searching,
        slots: SearchSlots,
        labels: RegionLabels,
        settings: WebSettings,
        conditional: Conditional,
    ) -> None:
        self._service = service
        self._slots = slots
        self._labels = labels
        self._settings = settings
        self._conditional = conditional

    async def atom(
        self, request: Request, asked: SearchParameters, suffix: str | None, texts: Texts
    ) -> Response:
        """The feed of a search. Raises what searching raises, and Overloaded."""
        site = site_address(request, self._settings)
        key = answer_key(asked.pairs, Format.ATOM.value, str(suffix), texts.language.value, site.base)
        if (known := await self._conditional.known(request, asked.request, key)) is not None:
            return known
        search = partial(self._service.search, asked.request)
        freshness = self._conditional.freshness
        fresh = await self._slots.run(partial(freshness.watched, asked.request, key, search))
        result = fresh.value
        listing = Listing(
            format=Format.ATOM,
            suffix=suffix,
            pairs=asked.pairs,
            page=asked.page,
            per_page=asked.per_page,
            hits=result.listed,
            next_cursor=result.next_cursor,
        )
        publisher = self._settings.title or texts.say("site.title")
        watch = Stopwatch()
        feeds = Feeds(site, publisher, self._labels.regions, texts)
        filters = tuple(chip.label for chip in chips(asked.pairs, self._labels, texts).chips)
        document = atom_document(feeds.search_feed(result, listing, filters, asked.request.collapse))
        tag = fresh.tag if is_whole(asked.request, result) else None
        headers = {
            "X-Index-Generation": result.generation,
            "Server-Timing": server_timing(result.timings, render_ms=watch.lap()),
            **link_header(listing),
        }
        return tagged(request, document, CONTENT_TYPE, headers, tag or weak_tag(document))

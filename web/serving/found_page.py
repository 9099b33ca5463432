"""What the page of a search shows, found in one go: a page of hits, counts, help, and the hits over time."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from index.errors import CorpusDamaged
from search.request import FacetRequest, SearchRequest
from search.results import CopyView, SearchResult
from search.suggestions.query_help import QueryHelp
from search.timeline import Timeline
from search.timings import Stopwatch
from web.serving.searching import Searching
from web.serving.suggesting import Suggesting, search_with_help
from web.serving.timeline_interval import timeline_interval

SHOWN_COPIES: Final = 5
"""Copies of a hit that a list shows; the page of the article has them all."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundPage:
    """A result with what stands beside it. `timeline` is None where there is nothing to show over time;
    `copies` are the first others with the same text, by the id of the hit. `beside_ms` is what all but the
    result took."""

    result: SearchResult
    given: QueryHelp
    timeline: Timeline | None
    copies: Mapping[str, tuple[CopyView, ...]] = field(default_factory=dict)
    beside_ms: float = 0.0


def find_page(
    service: Searching,
    suggestions: Suggesting,
    request: SearchRequest,
    counted: tuple[FacetRequest, ...],
) -> FoundPage:
    """The page of this request, with these facets. Raises what searching raises."""
    watch = Stopwatch()
    result, given = search_with_help(service, suggestions, replace(request, facets=counted))
    timeline = None
    if result.total:
        years = next((facet for facet in result.facets if facet.field == "year"), None)
        timeline = service.timeline(request, timeline_interval(request.filters, years))
    with_copies = [hit.article.id for hit in result.hits if hit.copies is not None]
    copies = {article_id: _copies(service, article_id) for article_id in with_copies}
    beside_ms = max(0.0, watch.lap() - result.took_ms)
    return FoundPage(result=result, given=given, timeline=timeline, copies=copies, beside_ms=beside_ms)


def _copies(service: Searching, article_id: str) -> tuple[CopyView, ...]:
    """None where what is stored of them is damaged: the hits can be shown all the same."""
    try:
        return service.copies(article_id, SHOWN_COPIES)
    except CorpusDamaged as error:
        _log.error("the copies of hit %s are not listed: %s", article_id, error)
        return ()

"""What to try where a search found nothing: each way on with the number of articles it leads to."""

from dataclasses import dataclass, replace

from index.regions.resolve import RegionResolver
from search.query_text import part_text
from search.request import SearchRequest
from search.results import ReadPart, SearchResult
from web.params import SearchParameters, read_search
from web.presenters.links import search_href, without, without_pair
from web.presenters.search_form import FILTERS, filter_label
from web.query_string import Pair
from web.searching import Searching

MAX_TRIES = 6
"""Parts of the query, and filters, that are tried; each is one more count. Chosen by hand on 2026-11-24."""


@dataclass(frozen=True, slots=True)
class Try:
    """Another search, in words, with the articles that it finds; `href` is None where it finds none."""

    label: str
    count: int
    href: str | None


@dataclass(frozen=True, slots=True)
class Advice:
    """Ways on from a search without hits: parts of the query alone, and the same search less one filter."""

    parts: tuple[Try, ...]
    filters: tuple[Try, ...]


def advise(
    service: Searching, parameters: SearchParameters, result: SearchResult, regions: RegionResolver
) -> Advice:
    """The ways on from a search that found nothing, counted by the service."""
    filters = [pair for pair in parameters.pairs if pair[0] in FILTERS][:MAX_TRIES]
    found = [part for part in result.read_as if part.kind != "not"]
    parts = found[:MAX_TRIES] if len(result.read_as) > 1 else []

    def counted(label: str, pairs: tuple[Pair, ...]) -> Try:
        count = service.search(_count_only(read_search(pairs, regions).request)).total
        return Try(label, count, search_href(pairs) if count else None)

    return Advice(
        parts=tuple(counted(part.text, _part_alone(parameters, part)) for part in parts),
        filters=tuple(counted(filter_label(pair), without_pair(parameters.pairs, pair)) for pair in filters),
    )


def _part_alone(parameters: SearchParameters, part: ReadPart) -> tuple[Pair, ...]:
    return ("q", part_text(part)), *without(parameters.pairs, "q")


def _count_only(request: SearchRequest) -> SearchRequest:
    return replace(request, offset=0, limit=0, snippets=0)

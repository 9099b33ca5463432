"""The query string of a saved search: as it is kept, and as the search that it asks for."""

from dataclasses import replace
from typing import Final

from index.errors import PolicySearchError
from index.regions.resolve import RegionResolver
from index.saved_searches.saved_search import SavedSearch
from search.errors import FilterInvalid, QuerySyntax, QueryTooComplex, QueryTooLong
from search.language.grammar import READABLE
from search.request import FIRST_CURSOR, Explaining, Filters, Match, SearchRequest, Sort
from search.semantic.answer import SemanticMode
from web.errors import BadParameters
from web.parameters.defined import counting, listing, query
from web.parameters.defined.language import LANG
from web.parameters.query_string import canonical_pairs, read_pairs
from web.parameters.requests import SearchParameters, read_search
from web.saved.errors import SavedSearchOutdated
from web.saved.window import Window

PASSING: Final = frozenset(
    parameter.name
    for parameter in (
        listing.SORT,
        listing.PAGE,
        listing.PER_PAGE,
        listing.CURSOR,
        counting.FACETS,
        query.RECENCY,
        query.EXPLAIN,
        query.SEMANTIC,
        LANG,
    )
)
"""What a search may ask for and a saved one does not keep: it says where to look among the hits, not what is
one."""

UNREADABLE: Final = (BadParameters, FilterInvalid, QuerySyntax, QueryTooComplex, QueryTooLong)
"""What is wrong with a query, and not with the moment at which it is run."""


def kept_query(text: str, regions: RegionResolver) -> str:
    """A query string of the search endpoint as it is kept. Raises BadParameters with every fault."""
    parameters = read_search(read_pairs(text.encode("utf-8", "surrogateescape")), regions)
    return canonical_pairs((name, value) for name, value in parameters.pairs if name not in PASSING)


def read_saved(search: SavedSearch, regions: RegionResolver) -> SearchParameters:
    """The search that was saved. Raises SavedSearchOutdated where it would not mean what it meant."""
    if search.grammar not in READABLE:
        raise SavedSearchOutdated(
            f"it was saved in version {search.grammar} of the query language, which is not read here"
        )
    try:
        return read_search(read_pairs(search.query.encode()), regions)
    except BadParameters as error:
        raise outdated(error) from error


def outdated(error: PolicySearchError) -> SavedSearchOutdated:
    """What is told where the query of a saved search cannot be run."""
    return SavedSearchOutdated(f"its query cannot be run any more: {error}")


def newest_request(request: SearchRequest, limit: int) -> SearchRequest:
    """The articles that have all of what was asked for, those that were stored last first."""
    return replace(
        request,
        sort=Sort.ADDED,
        offset=0,
        limit=limit,
        # What has only a part of a query would be told whenever nothing has it all.
        match=Match.ALL if request.match is Match.SMART else request.match,
        semantic=SemanticMode.OFF,
        explaining=Explaining.NONE,
        facets=(),
        cursor=FIRST_CURSOR,
    )


def within(filters: Filters, window: Window) -> Filters:
    """The filters, and first stored within the window."""
    after = window.since if filters.added_after is None else max(window.since, filters.added_after)
    before = window.until if filters.added_before is None else min(window.until, filters.added_before)
    return replace(filters, added_after=after, added_before=before)

"""What is new for a saved search."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from index.regions.resolve import RegionResolver
from index.saved_searches.saved_search import SavedSearch
from search.errors import InvalidCursor
from search.request import FIRST_CURSOR, SearchRequest
from search.results import SearchResult
from web.parameters.requests import SearchParameters
from web.saved.horizon import Horizon
from web.saved.saved_query import UNREADABLE, newest_request, outdated, read_saved, within
from web.saved.window import Window, read_moment, written_moment
from web.serving.searching import Searching

_PART: Final = "~"
"""Parts the end of a window from the cursor within it; neither has one."""


@dataclass(frozen=True, slots=True)
class FoundBySaved:
    """What a saved search finds; `parameters` say what is shown of each hit."""

    result: SearchResult
    parameters: SearchParameters


@dataclass(frozen=True, slots=True)
class News:
    """A page of the articles that were first stored within a window and are found. `next_cursor` leads to the
    next page of the same window."""

    window: Window
    found: FoundBySaved
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class NewsFinder:
    """Finds what is new; safe to share between threads."""

    searching: Searching
    horizon: Horizon
    regions: RegionResolver

    def since(self, search: SavedSearch, since: datetime, limit: int) -> News:
        """The first page of what came in from then on, as far as the index is complete.

        Raises SavedSearchOutdated, and what the search raises for reasons of the moment.
        """
        _, until = self.horizon.of_newest()
        return self.within(search, Window.of(since, until), limit)

    def within(self, search: SavedSearch, window: Window, limit: int, cursor: str = FIRST_CURSOR) -> News:
        """A page of what came in within the window; raises the same, and InvalidCursor and SnapshotGone."""
        parameters = read_saved(search, self.regions)
        request = newest_request(parameters.request, limit)
        request = replace(request, filters=within(request.filters, window), cursor=cursor)
        result = self._found(request)
        inner = result.next_cursor
        following = None if inner is None else f"{written_moment(window.until)}{_PART}{inner}"
        return News(window, FoundBySaved(result, parameters), following)

    def further(self, search: SavedSearch, since: datetime, limit: int, cursor: str) -> News:
        """The page that a `next_cursor` of the same `since` leads to; raises the same as `within`."""
        written, _, inner = cursor.partition(_PART)
        until = read_moment(written)
        if until is None or not inner or inner == FIRST_CURSOR:
            raise InvalidCursor("the cursor is damaged; start again without one")
        return self.within(search, Window.of(since, until), limit, inner)

    def latest(self, search: SavedSearch, limit: int) -> FoundBySaved:
        """What came in last, whenever that was; raises the same as `since`."""
        parameters = read_saved(search, self.regions)
        return FoundBySaved(self._found(newest_request(parameters.request, limit)), parameters)

    def check(self, search: SavedSearch) -> FoundBySaved:
        """How a query that is to be saved is read now. Raises what is wrong with it as the search does."""
        parameters = read_saved(search, self.regions)
        request = replace(newest_request(parameters.request, 0), cursor=None)
        return FoundBySaved(self.searching.search(request), parameters)

    def _found(self, request: SearchRequest) -> SearchResult:
        try:
            return self.searching.search(request)
        except UNREADABLE as error:
            raise outdated(error) from error

"""Takes note of searches for the log and the metrics, on the way to the log of queries."""

from dataclasses import dataclass

from search.query_log.query_log import QueryLog
from search.request import SearchRequest
from search.results import SearchResult
from search.timings import NOT_TIMED
from web.observing.record import AnsweredSearch, note_search


@dataclass(frozen=True, slots=True)
class ObservedQueries:
    """A log of queries whose searches are noted with the request that asked for them."""

    queries: QueryLog

    def record(self, request: SearchRequest, result: SearchResult) -> None:
        timings = None if result.timings == NOT_TIMED else result.timings
        note_search(AnsweredSearch.of(request, result, timings))
        self.queries.record(request, result)

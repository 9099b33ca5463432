"""What other queries would find."""

from dataclasses import dataclass, replace
from typing import Protocol

from search.request import Marking, SearchRequest
from search.results import SearchResult


class Searches(Protocol):
    """Answers searches; `search.service.SearchService` does."""

    def search(self, request: SearchRequest) -> SearchResult: ...


@dataclass(frozen=True, slots=True)
class Totals:
    """Counts through the one door, so that a count is what the search will say."""

    service: Searches

    def of(self, request: SearchRequest) -> int:
        """How many articles have all that the request asks for. Raises what searching raises."""
        return full_matches(self.search(request))

    def search(self, request: SearchRequest) -> SearchResult:
        """The answer without hits: how the query is read, and its total."""
        bare = replace(request, offset=0, limit=0, snippets=0, marking=Marking.NONE)
        return self.service.search(bare)


def full_matches(result: SearchResult) -> int:
    """How many articles have all that was asked for: those that have a part of it are left out."""
    return result.total if result.relaxed is None else result.relaxed.strict_total

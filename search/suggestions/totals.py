"""What other queries would find."""

from typing import Protocol

from search.deadline import Deadline
from search.request import SearchRequest
from search.results import SearchResult


class Totals(Protocol):
    """Counts through the one door, so that a count is what the search will say;
    `search.service.SearchService` does."""

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        """How many articles have all that the request asks for. Raises what searching raises."""
        ...


def full_matches(result: SearchResult) -> int:
    """How many articles have all that was asked for: those that have a part of it are left out."""
    return result.total if result.relaxed is None else result.relaxed.strict_total

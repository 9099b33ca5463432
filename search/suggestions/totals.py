"""What other queries would find."""

from typing import Protocol

from search.deadline import Deadline
from search.request import SearchRequest


class Totals(Protocol):
    """Counts through the one door, so that a count is what the search will say;
    `search.service.SearchService` does."""

    def count(self, request: SearchRequest, deadline: Deadline) -> int:
        """How many articles have all that the request asks for. Raises what searching raises."""
        ...

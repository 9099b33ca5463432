"""What is offered beside the answer of a search that found little."""

import logging
from dataclasses import dataclass
from typing import Final

from search.deadline import Deadline
from search.errors import SearchTimeout
from search.request import SearchRequest
from search.results import SearchResult
from search.suggestions.did_you_mean import DidYouMean
from search.suggestions.no_hits import NoHits
from search.suggestions.suggestion import Correction, NoHitsHelp

SECONDS: Final = 1.0
"""Engine time of all that is offered beside one answer, which waits for it. Chosen by hand on 2026-11-28."""

OFFERED_BELOW: Final = 3
"""Articles with all that was asked for, from which on only what is sure is offered: who finds so much was
understood, as a rule (the team's notes on Chinese text, 7)."""

SURE: Final = 16.0
"""The gain of a correction that is offered although the query finds enough: two pairs and two triples that
stand nowhere give as much. Chosen by hand on 2026-11-28."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class QueryHelp:
    """Other queries, likeliest first; `no_hits` is None where a hit is listed, or where there was no time
    to count. `complete` is False where there was no time for all of it."""

    corrections: tuple[Correction, ...] = ()
    no_hits: NoHitsHelp | None = None
    complete: bool = True


@dataclass(frozen=True, slots=True)
class QueryHelper:
    """Helps with queries that find little. Safe to share between threads."""

    did_you_mean: DidYouMean
    no_hits: NoHits

    def help(self, request: SearchRequest, result: SearchResult) -> QueryHelp:
        """Help with a request that had this result. Raises what searching raises, but never SearchTimeout: an
        answer is not lost for want of help."""
        deadline = Deadline.after(SECONDS)
        found = result.in_full
        corrections: tuple[Correction, ...] = ()
        try:
            corrections = self._corrections(request, found, deadline)
            no_hits = None if result.listed else self.no_hits.help(request, result.read_as, deadline)
        except SearchTimeout:
            _log.info("no time was left to help with a query")
            return QueryHelp(corrections, complete=False)
        return QueryHelp(corrections, no_hits)

    def _corrections(self, request: SearchRequest, found: int, deadline: Deadline) -> tuple[Correction, ...]:
        if found < OFFERED_BELOW:
            return self.did_you_mean.corrections(request, deadline)
        if not self.did_you_mean.is_doubtful(request.q):
            return ()
        # A misspelt word falls apart into single characters, which many articles have somewhere.
        return tuple(
            correction
            for correction in self.did_you_mean.corrections(request, deadline, least_gain=SURE)
            if correction.count > found
        )

"""Queries read and planned; those that were asked last stay, for their next pages, filters and formats."""

from dataclasses import dataclass
from typing import Final

from index.analysis.analyzer import Analyzer
from index.cache import ByteBoundedCache
from search.engine import Snapshot
from search.expansion.expanding import Expanded
from search.language.parser import ParseResult
from search.language.query import And, Not, Or, Prefix, Query
from search.language.strictness import refuse
from search.language.understanding import Understanding
from search.planning.match_modes import Attempts, attempts
from search.ranking import Ranking
from search.request import Reading, SearchRequest, Sort

KEPT_BYTES: Final = 4 << 20
"""Some 800 queries of a few words. Chosen by hand."""

_PLAN_BYTES: Final = 3_000
_CHARACTER_BYTES: Final = 1_500
"""What a plan takes in memory, and for each character of its query: at most that, of queries of 2 to 174
characters (2026-11-29)."""


@dataclass(frozen=True, slots=True)
class PlannedQuery:
    """A query as it was read, with the other ways to write it, and what the engine is asked for."""

    q: str
    read: ParseResult
    understood: Expanded
    attempts: Attempts


class QueryPlans:
    """Reads and plans queries by tables that never change. Safe to share between threads."""

    def __init__(
        self, analyzer: Analyzer, ranking: Ranking, understanding: Understanding, max_bytes: int = KEPT_BYTES
    ) -> None:
        """With 0 bytes every query is planned anew."""
        self._analyzer = analyzer
        self._ranking = ranking
        self._understanding = understanding
        self._kept = ByteBoundedCache[PlannedQuery](max_bytes, _bytes_of)

    def of(self, request: SearchRequest, sort: Sort, snapshot: Snapshot) -> PlannedQuery:
        """The query of the request on this state of the index.

        Raises QueryTooLong and QueryTooComplex; QuerySyntax or a kind of it where a strict reading was asked
        for: such a query is not planned.
        """
        key = (request.q, request.match, request.wording, request.parts, sort)
        if (kept := self._kept.kept(key)) is not None:
            _refuse(kept.read, request)
            return kept
        so_far = self._understanding.read(request.q, request.match)
        read, understood = self._understanding.on(so_far, snapshot, request)
        _refuse(read, request)
        tried = attempts(understood.query, request.match, sort, self._analyzer, self._ranking)
        planned = PlannedQuery(request.q, read, understood, tried)
        return planned if _asks_the_index(so_far.query) else self._kept.keep(key, planned)


def _refuse(read: ParseResult, request: SearchRequest) -> None:
    if request.reading is Reading.STRICT:
        refuse(read.notices)


def _asks_the_index(query: Query) -> bool:
    """Whether it may be read otherwise on another state: a prefix is where too many words begin with it."""
    match query:
        case And(children) | Or(children):
            return any(map(_asks_the_index, children))
        case Not(child):
            return _asks_the_index(child)
        case _:
            return isinstance(query, Prefix)


def _bytes_of(planned: PlannedQuery) -> int:
    return _PLAN_BYTES + _CHARACTER_BYTES * len(planned.q)

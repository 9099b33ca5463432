"""What is kept of one search: what was asked and how much was found, nothing of who asked."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from search.request import MAX_QUERY, Filters, SearchRequest
from search.results import SearchResult


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryRecord:
    """One search.

    `q` is the query as typed, `filters` the values of each filter that was set, by its name in `Filters`.
    `total` counts what was found, `full` those of it that have all of the query. `took_ms` is whole.
    """

    q: str
    filters: Mapping[str, tuple[str, ...]]
    match: str
    sort: str
    total: int
    full: int
    took_ms: int

    @classmethod
    def of(cls, request: SearchRequest, result: SearchResult) -> "QueryRecord":
        """The record of an answered search."""
        return cls(
            q=request.q[:MAX_QUERY],
            filters=_set_filters(request.filters),
            match=request.match.value,
            sort=result.sort.value,
            total=result.total,
            full=result.in_full,
            took_ms=round(result.took_ms),
        )


def is_recorded(request: SearchRequest) -> bool:
    """Whether a search is a question of its own: further pages of one are not, nor is one without a query."""
    return request.offset == 0 and bool(request.q.strip())


def _set_filters(filters: Filters) -> Mapping[str, tuple[str, ...]]:
    given = ((one.name, getattr(filters, one.name)) for one in fields(filters))
    return {name: _texts(value) for name, value in given if value not in {None, ()}}


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, datetime):
        return (value.date().isoformat(),)
    return tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)

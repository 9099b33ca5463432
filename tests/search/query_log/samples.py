"""Searches for the tests of the query log."""

from search.query_log.files import LogLine
from search.query_log.record import QueryRecord
from search.request import Filters, SearchRequest, Sort
from search.results import Relaxed, SearchResult


def request(q: str, *, offset: int = 0, source: tuple[str, ...] = ()) -> SearchRequest:
    return SearchRequest(q=q, offset=offset, filters=Filters(source=source))


def result(q: str, total: int, *, strict_total: int | None = None) -> SearchResult:
    """An answer without its hits; `strict_total`: that of a relaxed one."""
    return SearchResult(
        q=q,
        read_as=(),
        notices=(),
        repaired=None,
        sort=Sort.RELEVANCE,
        total=total,
        clusters=total,
        offset=0,
        limit=10,
        hits=(),
        generation="1.1",
        took_ms=12.6,
        relaxed=None if strict_total is None else Relaxed(strict_total, ()),
    )


def line(q: str, total: int = 1, *, source: tuple[str, ...] = (), strict_total: int | None = None) -> LogLine:
    asked = request(q, source=source)
    return LogLine(search=QueryRecord.of(asked, result(q, total, strict_total=strict_total)))

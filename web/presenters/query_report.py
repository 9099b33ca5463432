"""The report on the query log as JSON."""

from msgspec import Struct

from search.query_log.report import QueryReport


class ZeroHitsQuery(Struct, frozen=True, kw_only=True):
    """A query that found nothing `count` times, `filtered` of them with filters, and a part `in_part` times.

    `last` is the hour in which it was asked last.
    """

    q: str
    count: int
    in_part: int
    filtered: int
    last: str


class ZeroHitsAnswer(Struct, frozen=True, kw_only=True):
    """Queries without a hit, the most frequent first.

    Of all `searches` of these days `without_hits` had none; `lost` were not recorded, `damaged` lines could
    not be read.
    """

    queries: tuple[ZeroHitsQuery, ...]
    searches: int
    without_hits: int
    lost: int
    damaged: int


class AskedQueryAnswer(Struct, frozen=True, kw_only=True):
    """A query that was asked `count` times, `without_hits` in vain, `filtered` of these with filters."""

    q: str
    count: int
    without_hits: int
    in_part: int
    filtered: int
    last: str


class QueriesAnswer(Struct, frozen=True, kw_only=True):
    """What was asked most often.

    Of all `searches` of these days `without_hits` had none; `lost` were not recorded, `damaged` lines could
    not be read.
    """

    queries: tuple[AskedQueryAnswer, ...]
    searches: int
    without_hits: int
    lost: int
    damaged: int


def zero_hits_answer(report: QueryReport) -> ZeroHitsAnswer:
    """Queries without a hit."""
    return ZeroHitsAnswer(
        queries=tuple(
            ZeroHitsQuery(
                q=asked.q,
                count=asked.without_hits,
                in_part=asked.in_part,
                filtered=asked.filtered,
                last=asked.last.isoformat(),
            )
            for asked in report.queries
        ),
        searches=report.searches,
        without_hits=report.without_hits,
        lost=report.lost,
        damaged=report.damaged,
    )


def queries_answer(report: QueryReport) -> QueriesAnswer:
    """Queries and how often they were asked."""
    return QueriesAnswer(
        queries=tuple(
            AskedQueryAnswer(
                q=asked.q,
                count=asked.searches,
                without_hits=asked.without_hits,
                in_part=asked.in_part,
                filtered=asked.filtered,
                last=asked.last.isoformat(),
            )
            for asked in report.queries
        ),
        searches=report.searches,
        without_hits=report.without_hits,
        lost=report.lost,
        damaged=report.damaged,
    )

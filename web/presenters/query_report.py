"""The report on the query log as JSON."""

from collections.abc import Mapping

from search.query_log.report import AskedQuery, QueryReport


def zero_hits_answer(report: QueryReport) -> Mapping[str, object]:
    """Queries without a hit; `count` says how often."""
    return _answer(
        report, [{"q": asked.q, "count": asked.without_hits, **_facts(asked)} for asked in report.queries]
    )


def queries_answer(report: QueryReport) -> Mapping[str, object]:
    """Queries and how often they were asked."""
    return _answer(
        report,
        [
            {"q": asked.q, "count": asked.searches, "without_hits": asked.without_hits, **_facts(asked)}
            for asked in report.queries
        ],
    )


def _facts(asked: AskedQuery) -> Mapping[str, object]:
    return {"in_part": asked.in_part, "filtered": asked.filtered, "last": asked.last.isoformat()}


def _answer(report: QueryReport, queries: list[dict[str, object]]) -> Mapping[str, object]:
    return {
        "queries": queries,
        "searches": report.searches,
        "without_hits": report.without_hits,
        "lost": report.lost,
        "damaged": report.damaged,
    }

"""`zero-hits`, `queries` and `forget-queries`: what the query log says."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final

from index.data_folder import DataFolder
from index.errors import Cause, PolicySearchError
from index.text.folding import Folding
from search.query_log.files import QueryLogFiles, ReadLine, Retention
from search.query_log.report import QueryReport
from web.commands.terminal import print_error, print_line
from web.config import QUERY_LOG_DAYS

Report = Callable[[Iterable[ReadLine], Folding, int], QueryReport]

_HEADER: Final = ("searches", "no hit", "in part", "no hit, filtered", "last hour (UTC)", "query")
_NUMBERS: Final = 4
"""Columns that stand to the right."""


class QueryLogOff(PolicySearchError):
    """No queries are kept, and none were."""

    kind: ClassVar[str] = "query-log-off"
    cause: ClassVar[Cause] = Cause.MISCONFIGURED


@dataclass(frozen=True, slots=True)
class ForgottenReport:
    """How many hours had any queries."""

    hours: int


def report_of(folder: DataFolder, retention: Retention, report: Report, days: int, limit: int) -> QueryReport:
    """The report on so many days up to now.

    Raises QueryLogOff where nothing was ever recorded and nothing is going to be, and OSError.
    """
    files = QueryLogFiles(folder.queries)
    if not retention.days and files.is_empty:
        raise QueryLogOff(f"no queries are kept; run the server with {QUERY_LOG_DAYS.variable}=30, say")
    return report(files.read(datetime.now(UTC) - timedelta(days=days)), Folding.load(), limit)


def forget(folder: DataFolder) -> int:
    """Remove all that was recorded; returns how many hours had anything. Raises OSError."""
    return QueryLogFiles(folder.queries).forget()


def show_report(report: QueryReport) -> None:
    """Print the queries as a table, and what the log lacks on standard error."""
    rows = [_HEADER] if report.queries else []
    rows += [
        (
            f"{asked.searches:,}",
            f"{asked.without_hits:,}",
            f"{asked.in_part:,}",
            f"{asked.filtered:,}",
            asked.last.strftime("%Y-%m-%d %H:00"),
            asked.q,
        )
        for asked in report.queries
    ]
    widths = [max(map(len, column)) for column in list(zip(*rows, strict=True))[:-1]]
    for row in rows:
        cells = [
            cell.rjust(width) if place < _NUMBERS else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        print_line("  ".join([*cells, row[-1]]))
    print_line(f"{report.searches:,} searches, {report.without_hits:,} of them without a hit.")
    if report.lost:
        print_error(f"{report.lost:,} more searches could not be recorded.")
    if report.damaged:
        print_error(f"{report.damaged:,} lines of the query log are damaged and were passed over.")

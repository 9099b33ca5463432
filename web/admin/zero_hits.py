"""What people look for and do not find."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.data_folder import DataFolder
from search.query_log.files import Retention
from search.query_log.report import QueryReport, zero_hits
from web.admin import endpoints
from web.admin.answers import ZeroHitQuery, ZeroHitsAnswer
from web.admin.door import Door, answered
from web.admin.reading import read_zero_hits
from web.commands.queries import report_of
from web.http.forms import address_pairs


@dataclass(frozen=True, slots=True)
class ZeroHitsEndpoint:
    """Reports on the query log."""

    door: Door
    folder: DataFolder
    retention: Retention

    def routes(self) -> tuple[Route, ...]:
        return (self.door.route((endpoints.ZERO_HITS, self.report)),)

    async def report(self, request: Request) -> Response:
        days, limit = read_zero_hits(address_pairs(request))
        report = await run_in_threadpool(report_of, self.folder, self.retention, zero_hits, days, limit)
        return answered(_answer(report))


def _answer(report: QueryReport) -> ZeroHitsAnswer:
    return ZeroHitsAnswer(
        queries=tuple(
            ZeroHitQuery(
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

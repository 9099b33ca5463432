"""What people look for and do not find."""

from dataclasses import dataclass

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from index.data_folder import DataFolder
from search.query_log.files import Retention
from search.query_log.report import zero_hits
from web.admin import endpoints
from web.admin.door import Door, answered
from web.admin.reading import read_zero_hits
from web.commands.queries import report_of
from web.http.forms import address_pairs
from web.presenters.query_report import zero_hits_answer


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
        return answered(zero_hits_answer(report))

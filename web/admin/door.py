"""The way in and out of the admin interface: who may enter, and how work that takes long is answered."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Final

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.admin.answers import (
    Answer,
    GenerationsAnswer,
    JobAnswer,
    RollbackAnswer,
)
from web.admin.endpoints import JOB, AdminEndpoint
from web.admin.errors import JobUnknown
from web.admin.job_files import JobFiles
from web.admin.job_record import JobRecord
from web.admin.jobs import Job, JobRegister
from web.http.bearer import BearerCheck
from web.http.headers import ADMIN_PREFIX
from web.http.json_response import JSON
from web.http.language import texts_of
from web.presenters.query_report import ZeroHitsAnswer

WAIT_S: Final = 30.0
"""How long a request is waited for; then it is answered with its job. By hand: proxies give up after 60 s."""

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Door:
    """Lets those in who show the token."""

    check: BearerCheck
    jobs: JobRegister
    files: JobFiles
    wait_s: float = WAIT_S

    def route(self, *handled: tuple[AdminEndpoint, Handler]) -> Route:
        """The route to the one path of these endpoints, with what answers each."""
        handlers = {endpoint.method: handler for endpoint, handler in handled}
        (address,) = {endpoint.address for endpoint, _ in handled}

        async def handle(request: Request) -> Response:
            self.check.admit(request)
            method = "GET" if request.method == "HEAD" else request.method
            return await handlers[method](request)

        return Route(address, handle, methods=list(handlers))

    def state_of(self, job_id: str) -> JobRecord:
        """What the job of this id is at, whichever process it runs in. Raises JobUnknown."""
        try:
            return JobRecord.of(self.jobs.find(job_id))
        except JobUnknown:
            record = self.files.find(job_id)
            if record is None:
                raise
            return record

    async def answer(
        self, request: Request, job: Job, *, waits: bool, respond: Callable[[Answer], Response] | None = None
    ) -> Response:
        """What the job ends with, as `respond` says it, or 202 with where it can be asked for.

        Raises the error that it ended with.
        """
        if not waits or not await run_in_threadpool(job.wait, self.wait_s) or job.ended is None:
            where = f"{ADMIN_PREFIX}jobs/{job.id}"
            await run_in_threadpool(self.files.publish, job)
            told = JobRecord.of(job).told(texts_of(request))
            return answered(told, status=JOB, headers={"Location": where})
        if job.ended.error is not None:
            raise job.ended.error
        return (respond or answered)(job.ended.answer)


def answered(
    answer: Answer | JobAnswer | RollbackAnswer | GenerationsAnswer | ZeroHitsAnswer,
    *,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The answer as JSON."""
    return Response(msgspec.json.encode(answer), status, headers, JSON)

"""Whether the process lives, and whether it can answer searches: for those who operate it."""

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from web.http.json_response import json_response
from web.http.problems import DEFAULT_RETRY_AFTER, UNAVAILABLE
from web.serving.searching import Searching


class Health:
    """The two endpoints of operation."""

    def __init__(self, service: Searching) -> None:
        self._service = service

    def routes(self) -> tuple[Route, ...]:
        return (Route("/healthz", self.alive), Route("/readyz", self.ready))

    async def alive(self, _request: Request) -> Response:
        return json_response({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """200 if searches can be answered, else 503; the body tells the index's lag and what is amiss."""
        readiness = await run_in_threadpool(self._service.readiness)
        content: dict[str, object] = {
            "ready": readiness.ready,
            "generation": readiness.generation,
            "sequence": readiness.sequence,
            "lag": readiness.lag,
            "reasons": readiness.reasons,
        }
        if readiness.ready:
            return json_response(content)
        headers = {"Retry-After": str(DEFAULT_RETRY_AFTER)}
        return json_response(content, status=UNAVAILABLE, headers=headers)

"""Follows every request to its end, and tells the log and the metrics of it."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from web.http.headers import ADMIN_PREFIX
from web.http.request_id import request_id_of
from web.logs import Field, log_fields
from web.observing.metrics import AnsweredRequest, Metrics
from web.observing.record import RequestRecord, recording
from web.settings import ObservingSettings

_access: Final = logging.getLogger("policy_search.access")
_slow: Final = logging.getLogger("policy_search.slow")

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"})
OTHER_METHOD: Final = "other"
"""In the place of a method that anybody may have made up."""
CLIENT_LEFT: Final = 499
"""In the place of a status, for a client who went away before there was one."""


@dataclass(slots=True)
class _Answer:
    """What of an answer was handed on so far; times are of the clock that the middleware has."""

    started: float
    began: float | None = None
    status: int = CLIENT_LEFT
    size: int = 0
    is_whole: bool = False


class ObservingMiddleware:
    """Stands right inside of what gives requests their ids, and sees every answer of the application."""

    def __init__(
        self,
        app: ASGIApp,
        metrics: Metrics,
        settings: ObservingSettings,
        clock: Callable[[], float] = time.perf_counter,
    ) -> None:
        self.app = app
        self._metrics = metrics
        self._settings = settings
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = _Answer(self._clock())

        async def watch(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer.began, answer.status = self._clock(), message["status"]
            elif message["type"] == "http.response.body":
                answer.size += len(message.get("body", b""))
                answer.is_whole = not message.get("more_body", False)
            await send(message)

        with recording() as record:
            try:
                await self.app(scope, receive, watch)
            finally:
                self._tell(scope, answer, record)

    def _tell(self, scope: Scope, answer: _Answer, record: RequestRecord) -> None:
        ended = self._clock()
        route = scope.get("route")
        request = AnsweredRequest(
            route=route.path if isinstance(route, Route) else "",
            method=scope["method"] if scope["method"] in METHODS else OTHER_METHOD,
            status=answer.status,
            began_s=(answer.began or ended) - answer.started,
            took_s=ended - answer.started,
            size=answer.size,
            problem=record.problem,
            is_slow=self._is_slow(scope, answer),
        )
        self._metrics.request_ended(request)
        if record.search is not None:
            self._metrics.search_answered(record.search)
        if request.is_slow:
            log_fields(_slow, logging.WARNING, "slow request", self._slow_fields(scope, request, record))
        log_fields(_access, logging.INFO, "request", self._access_fields(scope, request, record, answer))

    def _is_slow(self, scope: Scope, answer: _Answer) -> bool:
        """Changes wait for the index, and their answers are not what a reader waits for."""
        if not self._settings.slow_ms or answer.began is None or scope["path"].startswith(ADMIN_PREFIX):
            return False
        return (answer.began - answer.started) * 1000 >= self._settings.slow_ms

    def _access_fields(
        self, scope: Scope, request: AnsweredRequest, record: RequestRecord, answer: _Answer
    ) -> dict[str, Field]:
        fields = self._common_fields(scope, request, record)
        fields |= {"ms": _ms(request.took_s), "bytes": request.size}
        if not answer.is_whole:
            fields["client_left"] = True
        client = scope.get("client")
        if self._settings.logs_addresses and client is not None:
            fields["address"] = client[0]
        return fields

    def _slow_fields(self, scope: Scope, request: AnsweredRequest, record: RequestRecord) -> dict[str, Field]:
        fields = self._common_fields(scope, request, record)
        fields["began_ms"] = _ms(request.began_s)
        if (search := record.search) is not None:
            fields |= {"parts": search.parts, "hits": search.hits}
            if (timings := search.timings) is not None:
                fields |= {
                    "parse_ms": round(timings.parse, 2),
                    "engine_ms": round(timings.engine, 2),
                    "fetch_ms": round(timings.fetch, 2),
                    "snippets_ms": round(timings.snippets, 2),
                }
        return fields

    def _common_fields(
        self, scope: Scope, request: AnsweredRequest, record: RequestRecord
    ) -> dict[str, Field]:
        fields: dict[str, Field] = {
            "request_id": request_id_of(scope),
            "method": request.method,
            "route": request.route,
            "status": request.status,
        }
        if record.problem is not None:
            fields["problem"] = record.problem
        if self._settings.logs_queries and record.search is not None:
            fields["q"] = record.search.q
        return fields


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 2)

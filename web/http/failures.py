"""Every error to the answer that tells of it: a page for people, `application/problem+json` for programs."""

import logging

from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import PolicySearchError
from web.errors import InternalFailure, MethodNotAllowed, PageNotFound
from web.http.forms import address_pairs
from web.http.headers import API_PREFIX
from web.http.json_response import json_response
from web.http.language import texts_of
from web.http.problems import MEDIA_TYPE, UNAVAILABLE, Problem, problem_json, problem_of
from web.http.request_id import request_id_of
from web.http.viewer import viewer_of
from web.observing.record import note_problem
from web.presenters.problem_page import problem_page
from web.templating import Templates

logger = logging.getLogger(__name__)

DATA_PATHS = frozenset({"/healthz", "/readyz", "/metrics"})
INTERNAL = 500


class ErrorAnswers:
    """Makes the answers that tell of errors."""

    def __init__(self, templates: Templates) -> None:
        self._templates = templates

    def answer(self, request: Request, error: Exception) -> Response:
        """The answer to this error. What nobody foresaw is told as internal.

        What callers are not told, since only those who run the service can mend it, is logged.
        """
        known = error if isinstance(error, PolicySearchError) else InternalFailure()
        problem = problem_of(known)
        if problem.status == INTERNAL:
            logger.error("request %s failed", request_id_of(request.scope), exc_info=error)
        elif problem.status == UNAVAILABLE and problem.kind != known.kind:
            logger.warning("request %s cannot be answered: %s", request_id_of(request.scope), error)
        return self._told(request, problem)

    async def answer_http(self, request: Request, error: Exception) -> Response:
        """The answer to an error of the router: no such address, or not for this method."""
        return self.answer(request, _as_ours(error))

    def _told(self, request: Request, problem: Problem) -> Response:
        note_problem(problem.kind)
        path: str = request.scope["path"]
        request_id = request_id_of(request.scope)
        texts = texts_of(request)
        if path.startswith(API_PREFIX) or path in DATA_PATHS:
            content = problem_json(problem, request_id, texts)
            return json_response(
                content, status=problem.status, headers=problem.headers, media_type=MEDIA_TYPE
            )
        page = problem_page(
            problem,
            path=path,
            pairs=address_pairs(request),
            method=request.method,
            request_id=request_id,
            texts=texts,
        )
        return self._templates.page(
            "problem.html",
            page,
            viewer_of(request),
            form=page.form,
            status=page.status,
            headers=problem.headers,
        )


def _as_ours(error: Exception) -> Exception:
    match error:
        case HTTPException(status_code=404):
            return PageNotFound("nothing lives at this address")
        case HTTPException(status_code=405, headers=headers):
            allowed = (headers or {}).get("Allow", "GET")
            return MethodNotAllowed(", ".join(sorted(allowed.split(", "))))
        case _:
            return error


class FailureMiddleware:
    """Catches what the application raises. An answer that has begun cannot be changed: then it goes on up."""

    def __init__(self, app: ASGIApp, answers: ErrorAnswers) -> None:
        self.app = app
        self._answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        has_begun = False

        async def watch(message: Message) -> None:
            nonlocal has_begun
            has_begun = True
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except ClientDisconnect:
            logger.info("request %s: the client left", request_id_of(scope))
        except Exception as error:
            if has_begun:
                raise
            response = self._answers.answer(Request(scope), error)
            # A job keeps the error that it ended with, and is not to keep what this request held as well.
            error.__traceback__ = None
            await response(scope, receive, send)

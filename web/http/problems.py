"""Errors to problems as RFC 9457 describes them: one table from cause and kind to status."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from index.errors import Cause, LineFault, LinesInvalid, PolicySearchError
from search.errors import FilterInvalid, QuerySyntax, UnknownField
from search.language.fields import BY_NAME
from search.semantic.errors import SemanticOff
from web.admin.errors import BodyInvalid, CountChanged
from web.admin.parameters import CONFIRM
from web.errors import (
    BadParameters,
    Fault,
    FaultKind,
    MethodNotAllowed,
    TooManyRequests,
    TooManyWrongTokens,
)
from web.parameters.defined.counting import INTERVAL
from web.parameters.defined.listing import CURSOR, PAGE
from web.parameters.defined.query import SEMANTIC, Q
from web.parameters.filters import invalid_value
from web.parameters.reader import echo, nearest
from web.texts.text import Message
from web.texts.texts import TEXTS, Texts

MEDIA_TYPE = "application/problem+json"

STATUS_OF_CAUSE: Mapping[Cause, int] = MappingProxyType(
    {
        Cause.BAD_INPUT: 400,
        Cause.NOT_FOUND: 404,
        Cause.BUSY: 503,
        Cause.MISCONFIGURED: 500,
        Cause.UNAVAILABLE: 503,
        Cause.INTERNAL: 500,
    }
)
STATUS_OF_KIND: Mapping[str, int] = MappingProxyType(
    {
        "article-deleted": 410,
        "article-damaged": 410,
        "cursor-expired": 410,
        "method-not-allowed": 405,
        "not-acceptable": 406,
        "target-too-long": 414,
        "body-too-large": 413,
        "text-too-long": 413,
        "unsupported-media-type": 415,
        "unknown-host": 421,
        "foreign-origin": 403,
        "token-needed": 401,
        "forbidden": 403,
        "too-many-attempts": 429,
        "batch-too-large": 413,
        "unsupported-content": 415,
        "busy": 409,
        "idempotency-conflict": 409,
        "count-changed": 409,
        "generation-unusable": 409,
        "query-log-off": 409,
        "no-space": 507,
        "saved-search-outdated": 409,
        "limit-reached": 409,
        "precondition-failed": 412,
        "precondition-required": 428,
        "request-too-slow": 408,
        "too-many-requests": 429,
        "head-too-large": 431,
        "coding-not-implemented": 501,
        # Neither 404, by which a client would take an article for deleted, nor 503, for it does not pass.
        "served-elsewhere": 501,
        "version-unsupported": 505,
    }
)
"""Where the kind says more than the cause."""

KIND_OF_CAUSE: Mapping[Cause, str] = MappingProxyType(
    {
        Cause.BAD_INPUT: "invalid-request",
        Cause.NOT_FOUND: "not-found",
        Cause.BUSY: "unavailable",
        Cause.MISCONFIGURED: "internal",
        Cause.UNAVAILABLE: "unavailable",
        Cause.INTERNAL: "internal",
    }
)
"""What callers are told of a kind that is only of use to those who run the service."""

PARAMETER_OF_FAULT: Mapping[FaultKind, str] = MappingProxyType(
    {
        FaultKind.TOO_LONG: Q.name,
        FaultKind.TOO_COMPLEX: Q.name,
        FaultKind.WINDOW: PAGE.name,
        FaultKind.INVALID_CURSOR: CURSOR.name,
        FaultKind.CURSOR_EXPIRED: CURSOR.name,
        FaultKind.TOO_MANY_BUCKETS: INTERVAL.name,
    }
)
"""The parameter to change where it is the search itself that refuses a request."""

RETRY_AFTER: Mapping[str, int] = MappingProxyType(
    {"overloaded": 2, "too-many-connections": 2, "request-too-slow": 2, "busy": 5}
)
"""Seconds by kind (limits of the reliability plan)."""
DEFAULT_RETRY_AFTER = 5
CHALLENGE = 'Bearer realm="policy-search"'
CHALLENGED = 401
UNAVAILABLE = 503


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """An error as a caller sees it, in no language yet.

    `lines` are what is wrong with the lines of a body, in English. `retry_after` is in seconds, None where
    trying again does not help.
    """

    kind: str
    status: int
    title: Message
    detail: Message
    faults: tuple[Fault, ...] = ()
    lines: tuple[LineFault, ...] = ()
    allow: str | None = None
    retry_after: int | None = None

    @property
    def headers(self) -> dict[str, str]:
        headers = {}
        if self.status == CHALLENGED:
            headers["WWW-Authenticate"] = CHALLENGE
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.allow is not None:
            headers["Allow"] = self.allow
        return headers


def status_of(kind: str, cause: Cause) -> int:
    return STATUS_OF_KIND.get(kind, STATUS_OF_CAUSE[cause])


def told_kind(kind: str, cause: Cause) -> str:
    """The kind if there are texts about it, else the general one of its cause."""
    return kind if f"problem.{kind}" in TEXTS else KIND_OF_CAUSE[cause]


def problem_kinds() -> tuple[str, ...]:
    """All kinds that have texts, each of which has a help page."""
    suffix = ".detail"
    return tuple(
        key.removeprefix("problem.").removesuffix(suffix)
        for key in TEXTS
        if key.startswith("problem.") and key.endswith(suffix)
    )


def problem_of(error: PolicySearchError) -> Problem:
    """The problem that this error is to a caller; its message stays inside, the texts are the interface's."""
    faults = _faults(error)
    kind = faults[0].kind.value if faults else told_kind(error.kind, error.cause)
    status = status_of(kind, error.cause)
    return Problem(
        kind=kind,
        status=status,
        title=Message(f"problem.{kind}"),
        detail=faults[0].detail if faults else Message(f"problem.{kind}.detail"),
        faults=faults,
        lines=error.lines if isinstance(error, BodyInvalid | LinesInvalid) else (),
        allow=error.allow if isinstance(error, MethodNotAllowed) else None,
        retry_after=_retry_after(error, kind, status),
    )


def _retry_after(error: PolicySearchError, kind: str, status: int) -> int | None:
    if isinstance(error, TooManyWrongTokens | TooManyRequests):
        return error.retry_after
    return RETRY_AFTER.get(kind, DEFAULT_RETRY_AFTER if status == UNAVAILABLE else None)


def _faults(error: PolicySearchError) -> tuple[Fault, ...]:
    match error:
        case BadParameters(faults=faults):
            return faults
        case CountChanged(count=count):
            detail = Message("fault.count-changed", {"count": count})
            return (Fault(kind=FaultKind.COUNT_CHANGED, parameter=CONFIRM.name, detail=detail),)
        case FilterInvalid(field=field, value=value):
            return (invalid_value(field, field, value),)
        case SemanticOff():
            return (
                Fault(kind=FaultKind.INVALID, parameter=SEMANTIC.name, detail=Message("fault.semantic-off")),
            )
        case QuerySyntax(text=text, span=span):
            return (
                Fault(
                    kind=FaultKind(error.kind),
                    parameter=Q.name,
                    detail=Message(f"fault.{error.kind}", {"text": echo(text)}),
                    span=span,
                    suggestion=nearest(text, tuple(BY_NAME)) if isinstance(error, UnknownField) else None,
                ),
            )
        case _:
            return tuple(
                Fault(kind=fault, parameter=parameter, detail=Message(f"problem.{error.kind}.detail"))
                for fault, parameter in PARAMETER_OF_FAULT.items()
                if fault.value == error.kind
            )


def problem_json(problem: Problem, request_id: str, texts: Texts) -> dict[str, object]:
    """The body of an `application/problem+json` answer in the language of the texts."""
    return {
        "type": f"/problems/{problem.kind}",
        "title": texts.tell(problem.title),
        "status": problem.status,
        "detail": texts.tell(problem.detail),
        "instance": request_id,
        "errors": [
            *(_fault_json(fault, texts) for fault in problem.faults),
            *({"line": fault.line, "detail": fault.reason} for fault in problem.lines),
        ],
    }


def _fault_json(fault: Fault, texts: Texts) -> dict[str, object]:
    answer: dict[str, object] = {"parameter": fault.parameter, "detail": texts.tell(fault.detail)}
    if fault.span is not None:
        answer["span"] = fault.span
    if fault.suggestion is not None:
        answer["suggestion"] = fault.suggestion
    if fault.alternatives:
        answer["alternatives"] = [
            {"value": alternative.value, "label": alternative.label} for alternative in fault.alternatives
        ]
    return answer

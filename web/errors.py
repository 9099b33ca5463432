"""The kinds of error that the web face itself raises, and the faults of parameters."""

from dataclasses import dataclass
from enum import Enum

from index.errors import Cause, PolicySearchError
from search.results import Span
from web.texts.text import Message


class FaultKind(Enum):
    """What is wrong with a parameter; the values are names of problem types."""

    UNKNOWN = "unknown-parameter"
    INVALID = "invalid-parameter"
    REPEATED = "repeated-parameter"
    CONFLICTING = "conflicting-parameters"
    TOO_LONG = "query-too-long"
    TOO_COMPLEX = "query-too-complex"
    SYNTAX = "query-syntax"
    UNKNOWN_FIELD = "unknown-field"
    WILDCARD = "wildcard-too-broad"
    WINDOW = "result-window"
    INVALID_CURSOR = "invalid-cursor"
    CURSOR_EXPIRED = "cursor-expired"
    TOO_MANY_BUCKETS = "too-many-buckets"
    UNKNOWN_REGION = "unknown-region"
    AMBIGUOUS_REGION = "ambiguous-region"
    TEXT_TOO_LONG = "text-too-long"
    COUNT_CHANGED = "count-changed"


@dataclass(frozen=True, slots=True)
class Alternative:
    """What can be given in place of a wrong value: `value` by programs, `label` by people; either will do."""

    value: str
    label: str

    def __str__(self) -> str:
        return self.label if self.value == self.label else f"{self.label} ({self.value})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One thing that is wrong with the parameters.

    `span` is (start, length) in code points of the parameter's value, `suggestion` what was probably meant.
    `value` is the wrong one where a parameter may have several, `alternatives` are what to choose from.
    """

    kind: FaultKind
    parameter: str
    detail: Message
    span: Span | None = None
    suggestion: str | None = None
    value: str | None = None
    alternatives: tuple[Alternative, ...] = ()


class BadParameters(PolicySearchError):
    """The parameters of a request cannot be taken; `faults` are all that was found, at least one."""

    kind = "invalid-parameter"
    cause = Cause.BAD_INPUT

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__("; ".join(f"{fault.parameter}: {fault.detail}" for fault in faults))
        self.faults = faults


class PageNotFound(PolicySearchError):
    """Nothing lives at this address."""

    kind = "not-found"
    cause = Cause.NOT_FOUND


class ServedElsewhere(PolicySearchError):
    """Only a machine with a data folder answers at this address, and this one has none."""

    kind = "served-elsewhere"
    cause = Cause.NOT_FOUND


class MethodNotAllowed(PolicySearchError):
    """The address exists, but not for this method; `allow` is the value of the Allow header."""

    kind = "method-not-allowed"
    cause = Cause.BAD_INPUT

    def __init__(self, allow: str) -> None:
        super().__init__(f"use one of: {allow}")
        self.allow = allow


class MalformedRequest(PolicySearchError):
    """The request breaks a rule of HTTP."""

    kind = "malformed-request"
    cause = Cause.BAD_INPUT


class UnknownHost(PolicySearchError):
    """The Host header names a host that this server does not answer for."""

    kind = "unknown-host"
    cause = Cause.BAD_INPUT


class ForeignOrigin(PolicySearchError):
    """The request changes something and was made by a page of another site."""

    kind = "foreign-origin"
    cause = Cause.BAD_INPUT


class TargetTooLong(PolicySearchError):
    """The address of the request is longer than allowed."""

    kind = "target-too-long"
    cause = Cause.BAD_INPUT


class BodyTooLarge(PolicySearchError):
    """The body of the request is larger than allowed."""

    kind = "body-too-large"
    cause = Cause.BAD_INPUT


class UnsupportedMediaType(PolicySearchError):
    """The body of the request is not a form."""

    kind = "unsupported-media-type"
    cause = Cause.BAD_INPUT


class NotAcceptable(PolicySearchError):
    """Nothing that there is has a format that the request takes."""

    kind = "not-acceptable"
    cause = Cause.BAD_INPUT


class Overloaded(PolicySearchError):
    """Too many searches run and wait already."""

    kind = "overloaded"
    cause = Cause.BUSY


class InternalFailure(PolicySearchError):
    """Something failed that should not; what it was stands in the log beside the request id."""

    kind = "internal"
    cause = Cause.INTERNAL


class TokenNeeded(PolicySearchError):
    """The request shows no token, or not as `Authorization: Bearer …`."""

    kind = "token-needed"
    cause = Cause.BAD_INPUT


class WrongToken(PolicySearchError):
    """The request shows a token that is not the one."""

    kind = "forbidden"
    cause = Cause.BAD_INPUT


class TooManyWrongTokens(PolicySearchError):
    """So many wrong tokens came from one address that none is looked at; `retry_after` is in seconds."""

    kind = "too-many-attempts"
    cause = Cause.BAD_INPUT

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many wrong tokens came from this address; try again in {retry_after} s")
        self.retry_after = retry_after


class HeadTooLarge(PolicySearchError):
    """The head of the request is larger than allowed, or has too many fields."""

    kind = "head-too-large"
    cause = Cause.BAD_INPUT


class RequestTooSlow(PolicySearchError):
    """The request did not come in time."""

    kind = "request-too-slow"
    cause = Cause.BAD_INPUT


class CodingNotImplemented(PolicySearchError):
    """The body of the request comes in a transfer coding that is not known here."""

    kind = "coding-not-implemented"
    cause = Cause.BAD_INPUT


class VersionUnsupported(PolicySearchError):
    """The request is of another version of HTTP."""

    kind = "version-unsupported"
    cause = Cause.BAD_INPUT


class TooManyConnections(PolicySearchError):
    """As many connections are open as there may be, of all clients or of this one."""

    kind = "too-many-connections"
    cause = Cause.BUSY


class TooManyRequests(PolicySearchError):
    """This client asks faster than it may; `retry_after` is in seconds."""

    kind = "too-many-requests"
    cause = Cause.BUSY

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"too many requests came from this client; try again in {retry_after} s")
        self.retry_after = retry_after

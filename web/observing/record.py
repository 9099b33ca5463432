"""What is found out about a request while it is answered, for those who log and count it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from enum import Enum
from typing import Final

from search.request import SearchRequest
from search.results import SearchResult
from search.semantic.answer import SemanticMode
from search.timings import Timings


class Outcome(Enum):
    """What a search came to."""

    FOUND = "found"
    PARTLY = "partly"
    """Only articles that have a part of what was asked for."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredSearch:
    """Of a search, what operators may want to know: `parts` counts the parts that its query was read as,
    `hits` the articles that it found. `timings` are None where the answer was made before."""

    q: str
    match: str
    meaning: str
    outcome: Outcome
    parts: int
    hits: int
    timings: Timings | None

    @classmethod
    def of(cls, request: SearchRequest, result: SearchResult, timings: Timings | None) -> "AnsweredSearch":
        semantic = SemanticMode.OFF if result.semantic is None else result.semantic.mode
        return cls(
            q=request.q,
            match=request.match.value,
            meaning=semantic.value,
            outcome=_outcome(result),
            parts=len(result.read_as),
            hits=result.total,
            timings=timings,
        )


@dataclass(slots=True)
class RequestRecord:
    """Filled by whoever answers the request, one after the other."""

    problem: str | None = None
    search: AnsweredSearch | None = None


_CURRENT: Final[ContextVar[RequestRecord | None]] = ContextVar("policy_search.request", default=None)


@contextmanager
def recording() -> Iterator[RequestRecord]:
    """The record of what this task does in between, and of the threads that it has work done in."""
    record = RequestRecord()
    token = _CURRENT.set(record)
    try:
        yield record
    finally:
        _CURRENT.reset(token)


def note_problem(kind: str) -> None:
    """The request is answered with this kind of problem. Outside of a request this does nothing."""
    if (record := _CURRENT.get()) is not None:
        record.problem = kind


def note_search(search: AnsweredSearch) -> None:
    """The request is answered by this search. Outside of a request this does nothing."""
    if (record := _CURRENT.get()) is not None:
        record.search = search


def _outcome(result: SearchResult) -> Outcome:
    if not result.total:
        return Outcome.NOTHING
    return Outcome.FOUND if result.in_full else Outcome.PARTLY

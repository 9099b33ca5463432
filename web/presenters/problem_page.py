"""The page about an error: what is wrong, where, and how to go on."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.results import Span
from web.errors import Fault, FaultKind
from web.http.problems import Problem
from web.parameters.query_string import Pair, readable
from web.presenters.chips import FILTER_NAMES
from web.presenters.links import page_href, search_href
from web.presenters.marks import ELLIPSIS, Segment, segments
from web.presenters.search_form import SearchForm, search_form
from web.texts.texts import Texts

SHOWN_QUERY = 120
SHOWN_BEFORE = 40
"""Code points of a faulty query that the page repeats, and how many of them before the fault."""


@dataclass(frozen=True, slots=True)
class ShownChoice:
    """What a wrong value may have meant, in words; `href` is the same search with it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class ShownFault:
    """A fault in words; `suggestion_href` is the same search with the suggestion taken."""

    parameter: str
    detail: str
    suggestion: str | None
    suggestion_href: str | None
    choices: tuple[ShownChoice, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemPage:
    """Everything that the page of an error shows.

    `query` is the query with its wrong part marked; `retry_href` is there where trying again may help.
    """

    kind: str
    status: int
    title: str
    detail: str
    faults: tuple[ShownFault, ...]
    form: SearchForm
    query: tuple[Segment, ...]
    is_search: bool
    has_faulty_filter: bool
    retry_href: str | None
    request_id: str


def problem_page(
    problem: Problem, *, path: str, pairs: Sequence[Pair], method: str, request_id: str, texts: Texts
) -> ProblemPage:
    """The page of this problem; path, pairs and method are those of the request that met it."""
    spans = tuple(fault.span for fault in problem.faults if fault.parameter == "q" and fault.span)
    form = search_form(pairs, problem.faults)
    is_retry_useful = problem.retry_after is not None and method in {"GET", "HEAD"}
    return ProblemPage(
        kind=problem.kind,
        status=problem.status,
        title=texts.tell(problem.title),
        detail=texts.tell(problem.detail),
        faults=tuple(_shown_fault(fault, pairs, texts) for fault in problem.faults),
        form=form,
        query=_around(form.q, spans[0]) if spans else (),
        is_search=path == "/search",
        has_faulty_filter=not form.invalid.isdisjoint(FILTER_NAMES),
        retry_href=page_href(path, pairs) if is_retry_useful else None,
        request_id=request_id,
    )


def _around(q: str, span: Span) -> tuple[Segment, ...]:
    """The part of the query that the span begins in, cut where it would fill the page."""
    start = max(0, span[0] - SHOWN_BEFORE)
    shown = segments(q[start : start + SHOWN_QUERY], (span,), start=start)
    before = (Segment(ELLIPSIS, marked=False),) if start else ()
    after = (Segment(ELLIPSIS, marked=False),) if start + SHOWN_QUERY < len(q) else ()
    return (*before, *shown, *after)


def _shown_fault(fault: Fault, pairs: Sequence[Pair], texts: Texts) -> ShownFault:
    if fault.alternatives:
        choices = tuple(
            ShownChoice(alternative.label, _mended_href(pairs, fault, alternative.label))
            for alternative in fault.alternatives
        )
        return ShownFault(fault.parameter, texts.tell(fault.detail), None, None, choices)
    href = None if fault.suggestion is None else _mended_href(pairs, fault, fault.suggestion)
    return ShownFault(fault.parameter, texts.tell(fault.detail), fault.suggestion, href, ())


def _mended_href(pairs: Sequence[Pair], fault: Fault, suggestion: str) -> str:
    return search_href(tuple(_mended(pair, fault, suggestion) for pair in pairs))


def _mended(pair: Pair, fault: Fault, suggestion: str) -> Pair:
    name, value = readable(pair[0]), readable(pair[1])
    if name != fault.parameter or (fault.value is not None and value != fault.value):
        return name, value
    return (suggestion, value) if fault.kind is FaultKind.UNKNOWN else (name, suggestion)

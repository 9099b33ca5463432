"""Gives the runs of a query their other ways to be written."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from types import MappingProxyType
from typing import Final

from index.analysis.analyzer import Analyzer
from search.expansion.alternative import Alternative, AlternativeKind, Change
from search.expansion.expander import Expander
from search.expansion.words import word_spans
from search.language.query import And, Or, OtherRun, Query, Run
from search.language.query_text import place_of_run

MAX_OTHERS: Final = 32
"""Other ways of all runs of a query together, those of the first runs first; chosen by hand on 2026-11-28."""

WEIGHTS: Final[Mapping[AlternativeKind, float]] = MappingProxyType(
    {
        AlternativeKind.ABBREVIATION: 0.4,
        AlternativeKind.SYNONYM: 0.4,
        AlternativeKind.NUMERAL: 0.4,
        AlternativeKind.ONE_WAY: 0.2,
    }
)
"""Of what an article scores by another way to write a run. Tuned with `benchmarks.relevance`: with twice as
much crud_news loses .003 and rgb_zh gains .001. That one-way rules have half of it was chosen by hand."""


@dataclass(frozen=True, slots=True)
class Expanded:
    """A query whose runs know their other ways, and what changes in these, each once. The spans of the
    changes are in the query as typed."""

    query: Query
    changes: tuple[Change, ...] = ()


def expanded(query: Query, q: str, expander: Expander, analyzer: Analyzer) -> Expanded:
    """The tree of the query `q`, found by more; what stands under a NOT, and all but runs, stay as typed."""
    alternatives: dict[Run, tuple[Alternative, ...]] = {}
    changes: dict[Change, None] = {}
    left = MAX_OTHERS
    for run in _runs(query):
        if run not in alternatives:
            found = expander.expand(run.text, word_spans(run.text, analyzer)).alternatives()
            alternatives[run] = tuple(islice(found, left))
            left -= len(alternatives[run])
        for alternative in alternatives[run]:
            changes.update(dict.fromkeys(_placed(change, run, q) for change in alternative.changes))
    others = {run: tuple(map(_other, found)) for run, found in alternatives.items()}
    return Expanded(_with_others(query, others), tuple(changes))


def _runs(query: Query) -> Iterator[Run]:
    """The runs under no NOT, in order."""
    match query:
        case And(children) | Or(children):
            for child in children:
                yield from _runs(child)
        case Run():
            yield query


def _with_others(query: Query, others: Mapping[Run, tuple[OtherRun, ...]]) -> Query:
    match query:
        case And(children):
            return And(tuple(_with_others(child, others) for child in children))
        case Or(children):
            return Or(tuple(_with_others(child, others) for child in children))
        case Run():
            return replace(query, others=others[query])
        case _:
            return query


def _other(alternative: Alternative) -> OtherRun:
    changes = alternative.changes
    return OtherRun(
        alternative.text,
        tuple(change.text for change in changes),
        min(WEIGHTS[change.kind] for change in changes),
    )


def _placed(change: Change, run: Run, q: str) -> Change:
    """The change with its span in the query; without its place there, that of the run has to do."""
    begin = place_of_run(run, q)
    start, length = change.span
    return replace(change, span=run.span if begin is None else (begin + start, length))

"""Characters in a row, and near one another, as queries about the places of pairs.

The field of a part has at place p the pair of its characters p - 1 and p, with a border before the first
and behind the last (`index.opensearch.terms.characters`).
"""

from collections.abc import Iterable
from itertools import pairwise

from index.article import Part
from index.opensearch.mapping import PHRASE_ANALYZER, character_field
from index.opensearch.terms import END, START, codes, phrase
from search.opensearch.queries import NONE, Query, any_of
from search.plan import Anchor, Characters, Near


def characters_query(node: Characters) -> Query:
    """The articles that match; the score means nothing."""
    run = codes(node.text)
    if not run:
        return NONE
    match node.anchor:
        case Anchor.ANYWHERE:
            wanted = run
        case Anchor.START:
            wanted = (START, *run)
        case Anchor.WHOLE:
            wanted = (START, *run, END)
    return any_of(_standing(wanted, field) for field in _fields(node.parts))


def near_query(node: Near) -> Query:
    """The articles that match; the score means nothing."""
    first, second = codes(node.first), codes(node.second)
    if not (first and second):
        return NONE
    return any_of(
        _in_order(field, (one, other), node.gap)
        for field in _fields(node.parts)
        for one, other in ((first, second), (second, first))
    )


def _fields(parts: Iterable[Part]) -> list[str]:
    return [character_field(part) for part in dict.fromkeys(parts)]


def _standing(run: tuple[str, ...], field: str) -> Query:
    if len(run) == 1:
        return {"prefix": {field: {"value": run[0]}}}
    return {"match_phrase": {field: {"query": phrase(run), "analyzer": PHRASE_ANALYZER}}}


def _in_order(field: str, runs: tuple[tuple[str, ...], tuple[str, ...]], gap: int) -> Query:
    """Each run covers the places of its own characters and no others, so that two of them overlap, or have
    so many characters between them, exactly where their characters do."""
    return _spans([_spans(_places(run, field), 0) for run in runs], gap)


def _places(run: tuple[str, ...], field: str) -> list[Query]:
    """A term for the place of each character: its pair with the next one, and for the last any that begins
    with it."""
    pairs: list[Query] = [{"span_term": {field: {"value": one + other}}} for one, other in pairwise(run)]
    last = {"prefix": {field: {"value": run[-1]}}}
    return [*pairs, {"span_multi": {"match": last}}]


def _spans(clauses: list[Query], gap: int) -> Query:
    if len(clauses) == 1:
        return clauses[0]
    return {"span_near": {"clauses": clauses, "slop": gap, "in_order": True}}

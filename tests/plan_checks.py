"""Where the answers of an engine differ from those of the oracle, in words."""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from functools import reduce
from itertools import islice
from operator import add
from random import Random
from typing import Protocol

from index.documents import IndexDocument
from search.deadline import Deadline
from search.engine import Explanation, Snapshot
from search.plan import Grouping, Node, Pairs, Plan, Word
from tests.plan_oracle import Oracle
from tests.plan_trees import Change, Optimise, Step, history, plan

TOLERANCE = 1e-5
"""Relative, and absolute below 1: engines may score in single precision. The promise is 1e-4."""

AVERAGE_LENGTH = 300.0
EXPLAINED = 3
"""Hits of a page whose scores have to be explained; one that does not match is asked for too."""


class Statistics(Enum):
    """Whether an engine's frequencies of words are those of the live documents alone."""

    LIVE = "live"
    WITH_DELETED = "with deleted documents, as until a merge"


class DocumentIndex(Protocol):
    """An index that is filled with documents."""

    def apply(self, step: Step) -> None:
        """Commit the step; what it put or deleted is seen by the next snapshot."""
        ...

    def snapshot(self) -> Snapshot: ...


@dataclass(frozen=True, slots=True)
class Trial:
    """One plan on one state of an index, and all that was wrong with the answer."""

    plan: Plan
    matching: int
    differences: tuple[str, ...]


def trials(
    index: DocumentIndex,
    random: Random,
    documents: int,
    plans: int,
    judge: Callable[[Iterable[IndexDocument]], Oracle] = lambda live: Oracle(live, AVERAGE_LENGTH),
) -> Iterator[Trial]:
    """A history of about so many documents with so many plans after each of its steps.

    `judge` makes the oracle of live documents.
    """
    live: dict[str, IndexDocument] = {}
    statistics = Statistics.LIVE
    for step in history(random, documents):
        index.apply(step)
        match step:
            case Change(puts, deletes):
                live |= {document.id: document for document in puts}
                live = {name: document for name, document in live.items() if name not in deletes}
                statistics = Statistics.WITH_DELETED
            case Optimise():
                statistics = Statistics.LIVE
        oracle = judge(live.values())
        snapshot = index.snapshot()
        for _ in range(plans):
            wanted = plan(random, list(live.values()))
            yield Trial(
                wanted,
                len(oracle.matching(wanted)),
                tuple(differences(snapshot, oracle, wanted, statistics)),
            )


def differences(
    snapshot: Snapshot, oracle: Oracle, wanted: Plan, statistics: Statistics = Statistics.LIVE
) -> Iterator[str]:
    """What is wrong with an answer.

    Sets and counts are compared with the oracle's. So are scores, but not to the last bit; so the order is
    judged by the engine's own scores of all articles, and the page is cut by the oracle from that.
    """
    expected = oracle.search(wanted)
    answer = snapshot.search(wanted, Deadline.never())
    whole = replace(
        wanted, offset=0, limit=expected.total + 1, grouping=Grouping.ARTICLES, facets=(), histograms=()
    )
    ranked = list(snapshot.search(whole, Deadline.never()).hits)
    scores = oracle.matching(wanted)
    if unequal := {hit.id for hit in ranked} ^ set(scores):
        yield f"match set: {sorted(unequal)[:5]} of {len(scores)}"
    for name in ("total", "clusters", "facets", "histograms"):
        if getattr(answer, name) != getattr(expected, name):
            yield f"{name}: {getattr(answer, name)}, not {getattr(expected, name)}"
    if unequal:
        return
    own = {hit.id: hit.score for hit in ranked}
    if ranked != oracle.ranked(own, wanted.order):
        yield f"order: {ranked[:5]}"
    hits = ranked if wanted.grouping is Grouping.ARTICLES else oracle.collapsed(ranked)
    page = hits[wanted.offset : wanted.offset + wanted.limit]
    if [hit.id for hit in answer.hits] != [hit.id for hit in page]:
        yield f"page: {answer.hits[:5]}, not {page[:5]}"
    if kinds := {type(hit.score) for hit in (*answer.hits, *ranked)} - {float}:
        yield f"scores are {kinds}, not floats of Python"
    yield from _unlike(((hit.id, hit.score, own[hit.id]) for hit in answer.hits), "of page and whole")
    if statistics is Statistics.LIVE:
        yield from _unlike(((hit.id, hit.score, scores[hit.id]) for hit in ranked), "of engine and oracle")
    yield from _unexplained(snapshot, oracle, wanted.query, own, statistics)


def _unexplained(
    snapshot: Snapshot, oracle: Oracle, query: Node, own: dict[str, float], statistics: Statistics
) -> Iterator[str]:
    hits = tuple(islice(own, EXPLAINED))
    others = islice((*(name for name in oracle.documents if name not in oracle.scores(query)), "?"), 1)
    explained = dict(snapshot.explain_each(query, (*hits, *others), Deadline.never()))
    for name in hits:
        explanation = explained.pop(name)
        if explanation is None or explanation.node != query:
            yield f"explanation of {name}: {explanation}"
            continue
        yield from _unlike([(name, explanation.score, own[name])], "of explanation and hit")
        yield from explanation_differences(explanation, oracle, name, statistics)
    for name, explanation in explained.items():
        if explanation is not None:
            yield f"explanation of {name}, which does not match"
    alone = snapshot.scores(query, (*oracle.documents, "?"), Deadline.never())
    if unequal := {name for name in own if alone.get(name) != own[name]} | (
        set(alone) - set(oracle.scores(query))
    ):
        yield f"scores of some articles: {sorted(unequal)[:5]}"


def explanation_differences(
    explanation: Explanation, oracle: Oracle, name: str, statistics: Statistics = Statistics.LIVE
) -> Iterator[str]:
    """What is wrong with the explanation of a matching article, whatever its parts are."""
    node, score, parts = explanation.node, explanation.score, explanation.parts
    # Not by `sum`, which from Python 3.12 on makes up for what each addition rounds off.
    if parts and score != reduce(add, (part.score for part in parts), 0.0):
        yield f"explanation of {name}: {node} scores {score}, its parts {[part.score for part in parts]}"
    if name not in oracle.scores(node):
        yield f"explanation of {name}: {node} does not match"
    elif statistics is Statistics.LIVE:
        yield from _unlike([(name, score, oracle.scores(node)[name])], f"in the explanation of {node}")
        # Two characters may be scored part by part.
        if isinstance(node, Word) or (isinstance(node, Pairs) and len(node.text) == 2 and not parts):
            facts, expected = dict(explanation.facts or {}), _facts(node, oracle, name)
            if facts.keys() != expected.keys() or not all(
                _alike(facts[fact], value) for fact, value in expected.items()
            ):
                yield f"facts of {node} in {name}: {facts}, not {expected}"
    for part in parts:
        yield from explanation_differences(part, oracle, name, statistics)


def _facts(node: Word | Pairs, oracle: Oracle, name: str) -> Mapping[str, float]:
    if isinstance(node, Word):
        return oracle.word_facts(node.text, name)
    return {**oracle.pair_facts(node.text, node.parts, name), "weight": node.weight}


def _unlike(scores: Iterable[tuple[str, float, float]], what: str) -> Iterator[str]:
    for name, one, other in scores:
        if not _alike(one, other):
            yield f"scores {what} for {name}: {one} and {other}"


def _alike(one: float, other: float) -> bool:
    return math.isclose(one, other, rel_tol=TOLERANCE, abs_tol=TOLERANCE)

"""Runs a plan on a state of the index: sorted arrays of documents, with the scores beside them."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.article import Part
from index.whoosh.field_names import WORDS
from index.whoosh.record import NO_DATE, POSITION_BITS
from search.engine import Matches, ScoredId
from search.plan import (
    And,
    Characters,
    Constant,
    Every,
    Keyword,
    Maybe,
    Node,
    Not,
    Or,
    Order,
    Plan,
    Published,
    Word,
)
from search.ranking import Ranking
from search.whoosh.segment import Documents, Weights

PART_INDEX = {part: at for at, part in enumerate(Part)}


class State(Protocol):
    """What a plan is run on: arrays by document number, and the postings of live documents.

    `documents` are the live ones, rising; `starts` the positions at which the parts begin, and one behind
    the last; `id_order` ranks the ids.
    """

    ids: list[str]
    published: NDArray[np.int64]
    lengths: NDArray[np.float64]
    starts: NDArray[np.int64]
    id_order: NDArray[np.int64]
    documents: Documents
    average_length: float
    ranking: Ranking

    def weights(self, field: str, term: str) -> tuple[Documents, Weights]:
        """Documents that hold a term, rising, with the weight of each."""
        ...

    def places(self, character: str) -> Documents:
        """Every place (document << POSITION_BITS | position) of a character, rising."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """Matching documents, rising and each once, and the score of each."""

    documents: Documents
    scores: Weights


class Execution:
    """One run of one plan. Equal nodes of the plan are evaluated once."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._done: dict[Node, Found] = {}

    def run(self, plan: Plan) -> Matches:
        """The page of hits that the plan wants, and the exact total."""
        found = self._find(plan.query)
        for node in plan.filters:
            keep = np.isin(found.documents, self._find(node).documents, assume_unique=True)
            found = Found(found.documents[keep], found.scores[keep])
        order = self._order(plan.order, found)[plan.offset : plan.offset + plan.limit]
        hits = tuple(
            ScoredId(self._state.ids[document], float(score))
            for document, score in zip(found.documents[order], found.scores[order], strict=True)
        )
        return Matches(total=len(found.documents), hits=hits)

    def _order(self, order: Order, found: Found) -> NDArray[np.int64]:
        ids = self._state.id_order[found.documents]
        if order is Order.SCORE:
            return np.lexsort((ids, -found.scores))
        published = self._state.published[found.documents]
        undated = published == NO_DATE
        return np.lexsort((ids, published if order is Order.OLDEST else -published, undated))

    def _find(self, node: Node) -> Found:
        if node not in self._done:
            self._done[node] = self._evaluate(node)
        return self._done[node]

    def _evaluate(self, node: Node) -> Found:
        match node:
            case Every():
                return _unscored(self._state.documents)
            case Word(text):
                return self._word(text)
            case Characters(text, parts):
                return _unscored(self._characters(text, parts))
            case Keyword(field, values):
                return _unscored(_union([self._state.weights(field, value)[0] for value in values]))
            case Published(low, high):
                return _unscored(self._published(low, high))
            case And(nodes):
                return self._all([self._find(child) for child in nodes])
            case Or(nodes):
                return self._any([self._find(child) for child in nodes])
            case Not(child):
                return _unscored(_without(self._state.documents, self._find(child).documents))
            case Maybe(child, extra):
                found = self._find(child)
                return Found(found.documents, found.scores + _scores_at(self._find(extra), found.documents))
            case Constant(child, score):
                documents = self._find(child).documents
                return Found(documents, np.full(len(documents), score))

    def _all(self, parts: list[Found]) -> Found:
        if not parts:
            return _unscored(self._state.documents)
        documents = min((part.documents for part in parts), key=len)
        for part in parts:
            documents = documents[np.isin(documents, part.documents, assume_unique=True)]
        return Found(
            documents, sum((_scores_at(part, documents) for part in parts), np.zeros(len(documents)))
        )

    def _any(self, parts: list[Found]) -> Found:
        documents = _union([part.documents for part in parts])
        return Found(
            documents, sum((_scores_at(part, documents) for part in parts), np.zeros(len(documents)))
        )

    def _word(self, text: str) -> Found:
        state, ranking = self._state, self._state.ranking
        documents, frequencies = state.weights(WORDS, text)
        lengths = state.lengths[documents] / state.average_length
        saturated = frequencies / (frequencies + ranking.k1 * (1 - ranking.b + ranking.b * lengths))
        weight = ranking.idf(len(state.documents), len(documents)) * (ranking.k1 + 1)
        return Found(documents, weight * saturated)

    def _characters(self, text: str, parts: tuple[Part, ...]) -> Documents:
        starts = self._occurrences(text)
        documents = starts >> POSITION_BITS
        if set(parts) != set(Part):
            positions = starts & ((1 << POSITION_BITS) - 1)
            borders = self._state.starts[documents]
            inside = np.zeros(len(documents), dtype=bool)
            for part in parts:
                at = PART_INDEX[part]
                inside |= (positions >= borders[:, at]) & (positions < borders[:, at + 1])
            documents = documents[inside]
        return np.unique(documents)

    def _occurrences(self, text: str) -> Documents:
        """Places where the characters stand one after the other; no run crosses the gap between parts."""
        by_rarity = sorted(enumerate(text), key=lambda item: len(self._state.places(item[1])))
        starts: Documents | None = None
        for offset, character in by_rarity:
            places = self._state.places(character) - offset
            starts = places if starts is None else starts[_contained(starts, places)]
            if not len(starts):
                break
        return np.zeros(0, dtype=np.int64) if starts is None else starts

    def _published(self, low: int | None, high: int | None) -> Documents:
        documents = self._state.documents
        published = self._state.published[documents]
        keep = published != NO_DATE
        if low is not None:
            keep &= published >= low
        if high is not None:
            keep &= published < high
        dated: Documents = documents[keep]
        return dated


def _unscored(documents: Documents) -> Found:
    return Found(documents, np.zeros(len(documents)))


def _union(parts: list[Documents]) -> Documents:
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)


def _without(documents: Documents, others: Documents) -> Documents:
    return documents[np.isin(documents, others, assume_unique=True, invert=True)]


def _contained(wanted: Documents, rising: Documents) -> NDArray[np.bool_]:
    """Which of `wanted` are in `rising`, by binary search: `wanted` is the shorter one."""
    if not len(rising):
        return np.zeros(len(wanted), dtype=bool)
    at = np.minimum(np.searchsorted(rising, wanted), len(rising) - 1)
    same: NDArray[np.bool_] = rising[at] == wanted
    return same


def _scores_at(found: Found, documents: Documents) -> Weights:
    """The scores of these documents, 0 where they are not among the found ones."""
    scores = np.zeros(len(documents))
    if len(found.documents):
        at = np.minimum(np.searchsorted(found.documents, documents), len(found.documents) - 1)
        same = found.documents[at] == documents
        scores[same] = found.scores[at[same]]
    return scores

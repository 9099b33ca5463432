"""What documents that match a node score."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from search.plan import And, AtLeast, Constant, Maybe, Node, Or, Pairs, Recent, Word
from search.whoosh.matching import Matching
from search.whoosh.pairs import PairPostings
from search.whoosh.reading import Frequencies, Numbers, Scores
from search.whoosh.rising import concatenated, run_ends
from search.whoosh.sets import DocumentSet
from search.whoosh.state import State
from search.whoosh.top import up_to_about
from search.whoosh.words import WordPostings, bm25

PROBE = 6
"""Words are scored in all their documents where these are fewer than this for each document asked about, else
one by one. Measured: a search among 10,000 documents takes 25 ns, scoring one and adding it up 5 ns."""


@dataclass(frozen=True, slots=True)
class Entries:
    """Documents with their scores, in no order, each of them one time up to `times`."""

    documents: Numbers
    scores: Scores
    times: int

    def best(self, count: int) -> tuple[Numbers, Scores]:
        """Documents, rising, down to some score: at least `count` of them, or all."""
        documents, scores = self.documents, self.scores
        if len(documents) > count * self.times:
            chosen = up_to_about(-scores, count * self.times)
            documents, scores = documents[chosen], scores[chosen]
        order = np.argsort(documents)
        rising = documents[order]
        last = run_ends(rising)
        return rising[last], scores[order[last]]


MANY = 8
FEWER = 1.5
"""Chosen by hand."""


class Scoring:
    """Scores documents in one search. Scores add up in the order of the nodes: equal plans score equally."""

    def __init__(self, state: State, matching: Matching) -> None:
        self._state = state
        self._matching = matching
        self._normed: tuple[Numbers, Frequencies] | None = None

    def scores(self, node: Node, documents: Numbers) -> Scores | None:
        """The scores of documents that all match the node; None where all are 0. `documents` rise, and the
        scores are not to be written to."""
        match node:
            case Word(text):
                return self._word(self._matching.postings(text), documents)
            case And(nodes) | Or(nodes) | AtLeast(_, nodes):
                return self._sum(nodes, documents)
            case Maybe(child, extra):
                return self._sum((child, extra), documents)
            case Pairs():
                return self._pairs(node, documents) if node.weight else None
            case Constant(_, score):
                return np.full(len(documents), score, dtype=np.float64) if score else None
            case Recent(field, now, half_life, weight):
                ages = np.maximum(now - self._state.columns.dates(field)[documents], 0)
                return weight * np.exp2(-ages / half_life) if weight else None
            case _:
                return None

    def idf(self, postings: WordPostings | PairPostings) -> float:
        """The weight of a term for its rarity. Deleted documents count until they are merged away."""
        return self._state.ranking.idf(self._state.columns.count, postings.count)

    def entries(self, node: Node, found: DocumentSet, wanted: int) -> Entries | None:
        """The documents found, with their scores, for a node of nothing but words; None for other nodes, and
        where it takes less time to score each document once. `wanted` of them are the best."""
        if not isinstance(node, Or | AtLeast) or not all(isinstance(one, Word) for one in node.nodes):
            return None
        words = [self._matching.postings(one.text) for one in node.nodes if isinstance(one, Word)]
        entries = sum(word.count for word in words)
        if entries < MANY * wanted * len(words) or entries > FEWER * len(found):
            return None
        holding, scores = self._scored(words, self._state.norms)
        total = _summed(holding, scores, found.size)
        if found is not self._matching.find(node):
            holding = holding[found.mask[holding]]
        return Entries(holding, total[holding], len(words))

    def _word(self, postings: WordPostings, documents: Numbers) -> Scores:
        """The scores of documents, 0 where they do not hold the word."""
        frequencies = self._matching.known_frequencies(postings.word, documents)
        if frequencies is None:
            if postings.count < PROBE * len(documents) and not postings.documents.is_listed_as(documents):
                return self._added([postings], documents)
            frequencies = postings.frequencies_in(documents)
        normed = self._normed
        if normed is None or normed[0] is not documents:
            normed = self._normed = documents, self._state.norms[documents]
        return bm25(frequencies, normed[1], self._weight(postings)).astype(np.float64)

    def _weight(self, postings: WordPostings | PairPostings) -> float:
        return self.idf(postings) * (self._state.ranking.k1 + 1)

    def _sum(self, nodes: tuple[Node, ...], documents: Numbers) -> Scores | None:
        """The sum of what each of the nodes scores where it matches."""
        parts: list[WordPostings | Scores] = []
        unknown: list[WordPostings] = []
        for node in nodes:
            if isinstance(node, Word):
                postings = self._matching.postings(node.text)
                parts.append(postings)
                if self._matching.known_frequencies(postings.word, documents) is None:
                    unknown.append(postings)
            elif may_score(node):
                scores = self._where_matching(node, documents)
                if scores is not None:
                    parts.append(scores)
        if not parts:
            return None
        if len(unknown) > 1 and _is_worth_adding(unknown, len(documents)):
            return self._added(parts, documents)
        total: Scores | None = None
        for part in parts:
            scores = self._word(part, documents) if isinstance(part, WordPostings) else part
            total = scores if total is None else total + scores
        return total

    def _added(self, parts: Sequence[WordPostings | Scores], documents: Numbers) -> Scores:
        """The sum of scores of words and of scores beside `documents`, all words at once.

        For each document its scores are added in the order of the parts.
        """
        words = [part for part in parts if isinstance(part, WordPostings)]
        holding, of_words = self._scored(words, self._state.norms)
        if len(words) == len(parts):
            return _summed(holding, of_words, self._state.columns.count)[documents]
        places: list[Numbers] = []
        values: list[Scores | Frequencies] = []
        done = 0
        for part in parts:
            if isinstance(part, WordPostings):
                places.append(part.documents.documents)
                values.append(of_words[done : done + part.count])
                done += part.count
            else:
                places.append(documents)
                values.append(part)
        every: Any = np.concatenate(values)
        return _summed(np.concatenate(places), every, self._state.columns.count)[documents]

    def _pairs(self, node: Pairs, documents: Numbers) -> Scores:
        """What the pairs score in documents; 0 where none stands."""
        pairs = [postings for postings in self._matching.pair_postings(node) if postings.count]
        if not pairs:
            return np.zeros(len(documents))
        holding, scores = self._scored(pairs, self._state.character_norms(node.parts), node.weight)
        return _summed(holding, scores, self._state.columns.count)[documents]

    def _scored(
        self, terms: Sequence[WordPostings] | Sequence[PairPostings], norms: Frequencies, weight: float = 1.0
    ) -> tuple[Numbers, Frequencies]:
        """The documents of all terms, one term behind the other, and what the term scores in each."""
        holding = concatenated([term.documents.documents for term in terms])
        weights = np.array([self._weight(term) * weight for term in terms], dtype=np.float32)
        scores = bm25(
            np.concatenate([term.frequencies for term in terms]),
            norms[holding],
            weights.repeat([term.count for term in terms]),
        )
        return holding, scores

    def _where_matching(self, node: Node, documents: Numbers) -> Scores | None:
        """The scores of documents, 0 where they do not match the node."""
        matching = self._matching.find(node).holds(documents)
        if matching.all():
            return self.scores(node, documents)
        if not matching.any():
            return None
        scores = self.scores(node, documents[matching])
        if scores is None:
            return None
        everywhere = np.zeros(len(documents))
        everywhere[matching] = scores
        return everywhere


def _is_worth_adding(words: Sequence[WordPostings], documents: int) -> bool:
    return sum(word.count for word in words) < PROBE * len(words) * documents


def _summed(holding: Numbers, scores: Scores | Frequencies, size: int) -> Scores:
    """By document the sum of the scores beside it, reckoned in double precision; at least one is given."""
    # With weights it gives their sums, though its annotation knows only counts.
    total: Any = np.bincount(holding, scores, minlength=size)
    # Of nothing at all it makes integers.
    sums: Scores = total.astype(np.float64, copy=False)
    return sums


def may_score(node: Node) -> bool:
    """Whether any document may get another score from the node than 0."""
    match node:
        case Word():
            return True
        case Constant(_, score):
            return score != 0
        case Pairs() | Recent():
            return node.weight != 0
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return any(map(may_score, nodes))
        case Maybe(child, extra):
            return may_score(child) or may_score(extra)
        case _:
            return False

"""What documents that match a node score."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from search.plan import And, AtLeast, Constant, Maybe, Node, Or, Word
from search.whoosh.matching import Matching
from search.whoosh.reading import Numbers, Scores
from search.whoosh.rising import concatenated
from search.whoosh.state import State
from search.whoosh.words import WordPostings, bm25

PROBE = 6
"""Words are scored in all their documents where these are fewer than this for each document asked about, else
one by one. Measured: a search among 10,000 documents takes 25 ns, scoring one and adding it up 5 ns."""


class Scoring:
    """Scores documents in one search. Scores add up in the order of the nodes: equal plans score equally."""

    def __init__(self, state: State, matching: Matching) -> None:
        self._state = state
        self._matching = matching
        self._normed: tuple[Numbers, Scores] | None = None

    def scores(self, node: Node, documents: Numbers) -> Scores | None:
        """The scores of documents that all match the node; None where all are 0. `documents` rise, and the
        scores are not to be written to."""
        match node:
            case Word(text):
                return self._word(self._state.postings(text), documents)
            case And(nodes) | Or(nodes) | AtLeast(_, nodes):
                return self._sum(nodes, documents)
            case Maybe(child, extra):
                return self._sum((child, extra), documents)
            case Constant(_, score):
                return np.full(len(documents), score, dtype=np.float64) if score else None
            case _:
                return None

    def idf(self, postings: WordPostings) -> float:
        """The weight of a word for its rarity. Deleted documents count until they are merged away."""
        return self._state.ranking.idf(self._state.columns.count, postings.count)

    def _word(self, postings: WordPostings, documents: Numbers) -> Scores:
        """The scores of documents, 0 where they do not hold the word."""
        if postings.count < PROBE * len(documents) and documents is not postings.documents.documents:
            return self._added([postings], documents)
        frequencies = postings.frequencies_in(documents)
        if self._normed is None or self._normed[0] is not documents:
            self._normed = documents, self._state.norms[documents]
        return bm25(frequencies, self._normed[1], self._weight(postings))

    def _weight(self, postings: WordPostings) -> float:
        return self.idf(postings) * (self._state.ranking.k1 + 1)

    def _sum(self, nodes: tuple[Node, ...], documents: Numbers) -> Scores | None:
        """The sum of what each of the nodes scores where it matches."""
        parts: list[WordPostings | Scores] = []
        cost = words = 0
        for node in nodes:
            if isinstance(node, Word):
                postings = self._state.postings(node.text)
                parts.append(postings)
                cost += postings.count
                words += 1
            elif may_score(node):
                scores = self._where_matching(node, documents)
                if scores is not None:
                    parts.append(scores)
        if not parts:
            return None
        if words > 1 and cost < PROBE * words * len(documents):
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
        holding = concatenated([word.documents.documents for word in words])
        scores = bm25(
            np.concatenate([word.frequencies for word in words]),
            self._state.norms[holding],
            np.repeat([self._weight(word) for word in words], [len(word.documents) for word in words]),
        )
        places, values, done = [], [], 0
        for part in parts:
            if isinstance(part, WordPostings):
                places.append(part.documents.documents)
                values.append(scores[done : done + len(part.documents)])
                done += len(part.documents)
            else:
                places.append(documents)
                values.append(part)
        if len(words) < len(parts):
            holding, scores = np.concatenate(places), np.concatenate(values)
        # With weights it gives their sums, though its annotation knows only counts.
        total: Any = np.bincount(holding, scores, minlength=self._state.columns.count)
        # Of nothing at all it makes integers.
        wanted: Scores = total[documents].astype(np.float64, copy=False)
        return wanted

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


def may_score(node: Node) -> bool:
    """Whether any document may get another score from the node than 0."""
    match node:
        case Word():
            return True
        case Constant(_, score):
            return score != 0
        case And(nodes) | Or(nodes) | AtLeast(_, nodes):
            return any(map(may_score, nodes))
        case Maybe(child, extra):
            return may_score(child) or may_score(extra)
        case _:
            return False

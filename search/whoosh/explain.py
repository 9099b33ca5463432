"""Why an article scores what it scores."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from search.deadline import Deadline
from search.engine import Explanation
from search.plan import And, AtLeast, Maybe, Node, Or, Pairs, Word
from search.whoosh.matching import Matching
from search.whoosh.pairs import PairPostings
from search.whoosh.reading import Numbers
from search.whoosh.scoring import Scoring
from search.whoosh.state import State
from search.whoosh.words import WordPostings


class Explainer:
    """Explains the scores of one document, by the very steps that a search goes through."""

    def __init__(self, state: State, document: Numbers, deadline: Deadline) -> None:
        """`document` is an array of one number."""
        self._state = state
        self._document = document
        self._matching = Matching(state, deadline)
        self._scoring = Scoring(state, self._matching)
        # Matches are known by the identity of nodes, so that no node made here may go before the end.
        self._made: list[Node] = []

    def explain(self, node: Node) -> Explanation | None:
        """None where the document does not match. Raises SearchTimeout."""
        if not self._matching.find(node).holds(self._document)[0]:
            return None
        scores = self._scoring.scores(node, self._document)
        return Explanation(
            node=node,
            score=0.0 if scores is None else float(scores[0]),
            parts=self._parts(node),
            facts=self._facts(node),
        )

    def _parts(self, node: Node) -> tuple[Explanation, ...]:
        """Those whose scores add up to the node's; a constant score is made of nothing."""
        match node:
            case And(nodes) | Or(nodes) | AtLeast(_, nodes):
                return self._explained(nodes)
            case Maybe(child, extra):
                return self._explained((child, extra))
            case Pairs() if len(node.text) > 2:
                pairs = [replace(node, text=pair, count=1) for pair in node.pairs]
                self._made += pairs
                return self._explained(pairs)
            case _:
                return ()

    def _explained(self, nodes: Sequence[Node]) -> tuple[Explanation, ...]:
        return tuple(part for node in nodes if (part := self.explain(node)) is not None)

    def _facts(self, node: Node) -> Mapping[str, float] | None:
        """The numbers that the score of one term is made of; None of other nodes."""
        match node:
            case Word(text):
                return self._word_facts(text)
            case Pairs() if len(node.text) == 2:
                return self._pair_facts(node)
            case _:
                return None

    def _pair_facts(self, node: Pairs) -> Mapping[str, float]:
        (postings,) = self._matching.pair_postings(node)
        lengths = self._state.columns.characters(node.parts)
        at = int(postings.documents.documents.searchsorted(self._document[0]))
        return {
            "frequency": float(postings.frequencies[at]),
            "length": float(lengths[self._document[0]]),
            "average_length": float(lengths.mean()),
            **self._rarity(postings),
            "weight": node.weight,
        }

    def _word_facts(self, word: str) -> Mapping[str, float]:
        postings = self._state.postings(word)
        return {
            "frequency": float(postings.frequencies_in(self._document)[0]),
            "length": float(self._state.columns.lengths[self._document[0]]),
            "average_length": self._state.average_length,
            **self._rarity(postings),
        }

    def _rarity(self, postings: WordPostings | PairPostings) -> Mapping[str, float]:
        return {
            "documents": float(self._state.columns.count),
            "documents_with_it": float(postings.count),
            "idf": self._scoring.idf(postings),
        }

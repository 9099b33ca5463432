"""Why an article scores what it scores."""

from collections.abc import Mapping, Sequence

from search.deadline import Deadline
from search.engine import Explanation
from search.plan import And, AtLeast, Maybe, Node, Or, Word
from search.whoosh.matching import Matching
from search.whoosh.reading import Numbers
from search.whoosh.scoring import Scoring
from search.whoosh.state import State


class Explainer:
    """Explains the scores of one document, by the very steps that a search goes through."""

    def __init__(self, state: State, document: Numbers, deadline: Deadline) -> None:
        """`document` is an array of one number."""
        self._state = state
        self._document = document
        self._matching = Matching(state, deadline)
        self._scoring = Scoring(state, self._matching)

    def explain(self, node: Node) -> Explanation | None:
        """None where the document does not match. Raises SearchTimeout."""
        if not self._matching.find(node).holds(self._document)[0]:
            return None
        scores = self._scoring.scores(node, self._document)
        return Explanation(
            node=node,
            score=0.0 if scores is None else float(scores[0]),
            parts=self._parts(node),
            facts=self._facts(node.text) if isinstance(node, Word) else None,
        )

    def _parts(self, node: Node) -> tuple[Explanation, ...]:
        """Those whose scores add up to the node's; a constant score is made of nothing."""
        match node:
            case And(nodes) | Or(nodes) | AtLeast(_, nodes):
                return self._explained(nodes)
            case Maybe(child, extra):
                return self._explained((child, extra))
            case _:
                return ()

    def _explained(self, nodes: Sequence[Node]) -> tuple[Explanation, ...]:
        return tuple(part for node in nodes if (part := self.explain(node)) is not None)

    def _facts(self, word: str) -> Mapping[str, float]:
        postings = self._state.postings(word)
        return {
            "frequency": float(postings.frequencies_in(self._document)[0]),
            "length": float(self._state.columns.lengths[self._document[0]]),
            "average_length": self._state.average_length,
            "documents": float(self._state.columns.count),
            "documents_with_it": float(postings.count),
            "idf": self._scoring.idf(postings),
        }

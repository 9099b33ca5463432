"""Why an article scores what it scores."""

from collections.abc import Mapping, Sequence
from functools import reduce
from math import exp2
from operator import add
from typing import Any, Final

from index.averages import Averages
from index.documents import DATE_FIELDS
from index.opensearch.mapping import ID, LENGTH_FIELDS, PAIR_FIELDS, WORDS
from index.opensearch.published import Scoring
from index.opensearch.terms import SCALE, pair_term, word_term
from search.deadline import Deadline
from search.engine import Explanation
from search.opensearch.answer import Hit
from search.opensearch.conditions import condition, conditions_of, holds, parts_of
from search.opensearch.dsl import QueryWriter
from search.opensearch.errors import EngineUnavailable
from search.opensearch.queries import Query
from search.opensearch.state import State
from search.opensearch.term_statistics import TermStatistics, read_statistics
from search.plan import Constant, Node, Pairs, Recent, Word
from search.ranking import TUNED

NAMED: Final = 500
"""Conditions of one request at most (the cluster takes 1,024 clauses)."""


class Explainer:
    """Explains the scores of one article.

    Which conditions hold, frequencies and rarities are those of the cluster, for the same state; scores are
    reckoned from them in double precision, where the cluster's own are rounded to single precision.
    """

    def __init__(
        self, state: State, scoring: Scoring, averages: Averages, article_id: str, deadline: Deadline
    ) -> None:
        self._state = state
        self._scoring = scoring
        self._averages = averages
        self._id = article_id
        self._deadline = deadline
        self._writer = QueryWriter(scoring.k1)
        self._held: set[Node] = set()
        self._terms: dict[Node, TermStatistics] = {}
        self._values: dict[str, float] = {}

    def explain(self, node: Node) -> Explanation | None:
        """None where the article does not match. Raises what `State.search` does."""
        conditions = tuple(dict.fromkeys(conditions_of(node)))
        for start in range(0, max(1, len(conditions)), NAMED):
            if not self._ask(conditions[start : start + NAMED], repr(node)):
                return None
        return self._explained(node) if holds(node, self._held) else None

    def _ask(self, conditions: Sequence[Node], key: str) -> bool:
        """Know which of the conditions hold, and the numbers behind them. False: there is no such article."""
        body: dict[str, Any] = {
            "size": 1,
            "query": {
                "bool": {
                    "filter": [{"term": {ID: self._id}}],
                    "should": [self._named(one, str(at)) for at, one in enumerate(conditions)],
                }
            },
            "explain": True,
            "docvalue_fields": [*DATE_FIELDS, *LENGTH_FIELDS.values()],
        }
        hits = self._state.search(body, self._deadline, key).hits.hits
        if not hits:
            return False
        (hit,) = hits
        self._values |= {field: float(values[0]) for field, values in hit.fields.items()}
        held = [conditions[at] for at in sorted(map(int, hit.matched_queries))]
        self._held.update(held)
        terms = [one for one in held if isinstance(one, Word | Pairs)]
        if terms:
            self._terms |= _statistics(terms, hit)
        return True

    def _named(self, asked: Node, name: str) -> Query:
        """The query of a condition, with its name; a term scores by itself, to be explained."""
        match asked:
            case Word(text) | Pairs(text) if text:
                field, term = _term(asked)
                return {"term": {field: {"value": term, "_name": name}}}
            case _:
                query = self._writer.query(asked)
                return {"constant_score": {"filter": query, "boost": 0.0, "_name": name}}

    def _explained(self, node: Node) -> Explanation:
        parts = tuple(self._explained(part) for part in parts_of(node) if holds(part, self._held))
        facts = self._facts(node)
        score = reduce(add, (part.score for part in parts), 0.0) if parts else self._score(node, facts)
        return Explanation(node=node, score=score, parts=parts, facts=facts)

    def _score(self, node: Node, facts: Mapping[str, float] | None) -> float:
        """Of a node without parts."""
        match node:
            case Word():
                return self._bm25(node, facts)
            case Pairs():
                return node.weight * self._bm25(node, facts)
            case Constant(_, score):
                return score
            case Recent(field, now, half_life, weight):
                return weight * exp2(-max(now - self._values[field], 0.0) / half_life)
            case _:
                return 0.0

    def _bm25(self, node: Node, facts: Mapping[str, float] | None) -> float:
        """As the cluster, from the frequency that has the length in it."""
        statistics = self._terms.get(condition(node))
        if statistics is None or facts is None:
            return 0.0
        k1, frequency = self._scoring.k1, statistics.frequency
        return facts["idf"] * (k1 + 1) * frequency / (frequency + k1 * SCALE)

    def _facts(self, node: Node) -> Mapping[str, float] | None:
        """The numbers that the score of one term is made of; None of other nodes."""
        statistics = self._terms.get(condition(node))
        if statistics is None:
            return None
        field, average = WORDS, self._averages.words
        if isinstance(node, Pairs):
            field, average = PAIR_FIELDS[frozenset(node.parts)], self._averages.of_parts(node.parts)
        length, b = self._values[LENGTH_FIELDS[field]], self._scoring.b
        facts = {
            # The frequency that Lucene has was rounded; what it was before is a whole number.
            "frequency": float(round(statistics.frequency * (1 - b + b * length / average) / SCALE)),
            "length": length,
            "average_length": average,
            "documents": float(statistics.documents),
            "documents_with_it": float(statistics.holding),
            "idf": TUNED.idf(statistics.documents, statistics.holding),
        }
        return facts | {"weight": node.weight} if isinstance(node, Pairs) else facts


def _statistics(terms: Sequence[Word | Pairs], hit: Hit) -> dict[Node, TermStatistics]:
    """Of terms that the article holds. Raises EngineUnavailable where the cluster does not give them."""
    found = {} if hit.explanation is None else read_statistics(hit.explanation)
    try:
        # By what they are: the cluster explains them in an order of its own.
        return {one: found[":".join(_term(one))] for one in terms}
    except KeyError as error:
        raise EngineUnavailable(f"the search cluster does not explain the score of {error}") from error


def _term(node: Word | Pairs) -> tuple[str, str]:
    """The field and the term of a word, or of a pair in one field."""
    if isinstance(node, Word):
        return WORDS, word_term(node.text)
    return PAIR_FIELDS[frozenset(node.parts)], pair_term(node.text)

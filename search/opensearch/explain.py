"""Why articles score what they score."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
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
    """Explains the scores of articles.

    Which conditions hold, frequencies and rarities are those of the cluster, for the same state; scores are
    reckoned from them in double precision, where the cluster's own are rounded to single precision.
    """

    def __init__(self, state: State, scoring: Scoring, averages: Averages, deadline: Deadline) -> None:
        self._state = state
        self._scoring = scoring
        self._averages = averages
        self._deadline = deadline
        self._writer = QueryWriter(scoring.k1)

    def explain(self, node: Node, ids: Sequence[str]) -> Mapping[str, Explanation]:
        """Of those of these articles that match. All are asked for at once: their number is the caller's to
        bound. Raises what `State.search` does."""
        conditions = tuple(dict.fromkeys(conditions_of(node)))
        known: dict[str, _Known] = {}
        for start in range(0, max(1, len(conditions)), NAMED):
            self._ask(conditions[start : start + NAMED], ids, node, known)
        return {
            name: _Reckoning(one, self._scoring, self._averages).explained(node)
            for name, one in known.items()
            if holds(node, one.held)
        }

    def _ask(
        self, conditions: Sequence[Node], ids: Sequence[str], key: Node, known: dict[str, "_Known"]
    ) -> None:
        """Know which of the conditions hold for each of the articles that are there, and the numbers behind
        them."""
        body: dict[str, Any] = {
            "size": len(ids),
            "query": {
                "bool": {
                    "filter": [{"terms": {ID: list(ids)}}],
                    "should": [self._named(one, str(at)) for at, one in enumerate(conditions)],
                }
            },
            "explain": True,
            "docvalue_fields": [ID, *DATE_FIELDS, *LENGTH_FIELDS.values()],
        }
        for hit in self._state.search(body, self._deadline, key).hits.hits:
            known.setdefault(str(hit.fields[ID][0]), _Known()).add(hit, conditions)

    def _named(self, asked: Node, name: str) -> Query:
        """The query of a condition, with its name; a term scores by itself, to be explained."""
        match asked:
            case Word(text) | Pairs(text) if text:
                field, term = _term(asked)
                return {"term": {field: {"value": term, "_name": name}}}
            case _:
                query = self._writer.query(asked)
                return {"constant_score": {"filter": query, "boost": 0.0, "_name": name}}


@dataclass(slots=True)
class _Known:
    """What the cluster says of one article: conditions that hold, numbers of terms, and values of fields."""

    held: set[Node] = field(default_factory=set)
    terms: dict[Node, TermStatistics] = field(default_factory=dict)
    values: dict[str, float] = field(default_factory=dict)

    def add(self, hit: Hit, conditions: Sequence[Node]) -> None:
        """Take in what one answer says. Raises EngineUnavailable where that is not all."""
        self.values |= {name: float(values[0]) for name, values in hit.fields.items() if name != ID}
        held = [conditions[at] for at in sorted(map(int, hit.matched_queries))]
        self.held.update(held)
        terms = [one for one in held if isinstance(one, Word | Pairs)]
        if terms:
            self.terms |= _statistics(terms, hit)


@dataclass(frozen=True, slots=True)
class _Reckoning:
    """Reckons the scores of one article."""

    known: _Known
    scoring: Scoring
    averages: Averages

    def explained(self, node: Node) -> Explanation:
        """Of a node that matches."""
        parts = tuple(self.explained(part) for part in parts_of(node) if holds(part, self.known.held))
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
                return weight * exp2(-max(now - self.known.values[field], 0.0) / half_life)
            case _:
                return 0.0

    def _bm25(self, node: Node, facts: Mapping[str, float] | None) -> float:
        """As the cluster, from the frequency that has the length in it."""
        statistics = self.known.terms.get(condition(node))
        if statistics is None or facts is None:
            return 0.0
        k1, frequency = self.scoring.k1, statistics.frequency
        return facts["idf"] * (k1 + 1) * frequency / (frequency + k1 * SCALE)

    def _facts(self, node: Node) -> Mapping[str, float] | None:
        """The numbers that the score of one term is made of; None of other nodes."""
        statistics = self.known.terms.get(condition(node))
        if statistics is None:
            return None
        field, average = WORDS, self.averages.words
        if isinstance(node, Pairs):
            field, average = PAIR_FIELDS[frozenset(node.parts)], self.averages.of_parts(node.parts)
        length, b = self.known.values[LENGTH_FIELDS[field]], self.scoring.b
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

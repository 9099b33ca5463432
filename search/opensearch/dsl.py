"""Nodes of a plan as queries of the cluster. Pure: nothing is sent.

What a node matches is exact. Scores are those of BM25 with the length inside the frequency
(`index.opensearch.terms.frequencies`), in single precision; for scores below 0, which cannot be sent, see
`score_bound.sent_scores`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import assert_never

from index.opensearch.mapping import WORD_COUNT, WORDS
from index.opensearch.terms import KEPT_UNITS, pair_term, prefix_term, word_term
from search.opensearch.characters import characters_query, near_query
from search.opensearch.errors import UnsupportedPlan
from search.opensearch.pair_fields import pair_fields
from search.opensearch.queries import NONE, Query, any_of, constant, guarded, has_field, unscored
from search.plan import (
    And,
    AtLeast,
    Characters,
    Constant,
    DateRange,
    Every,
    Keyword,
    Maybe,
    Missing,
    Near,
    Node,
    Not,
    Or,
    Pairs,
    Prefix,
    Recent,
    Word,
)


@dataclass(frozen=True, slots=True)
class QueryWriter:
    """Writes nodes as queries; `k1` as in `search.ranking.Ranking`."""

    k1: float

    def query(self, node: Node) -> Query:  # noqa: C901, PLR0911, PLR0912 - one case for each kind
        """Raises UnsupportedPlan."""
        match node:
            case Every():
                return {"match_all": {"boost": 0.0}}
            case Word(text):
                return self._term(WORDS, word_term(text), 1.0) if text else NONE
            case Prefix(text):
                return _prefix(text)
            case Characters():
                return unscored(characters_query(node))
            case Near():
                return unscored(near_query(node))
            case Pairs():
                return self._pairs(node)
            case Keyword(field, values):
                return unscored({"terms": {field: list(values)}}) if values else NONE
            case Missing(field):
                return _without({"exists": {"field": field}})
            case DateRange(field, low, high):
                return _date_range(field, low, high)
            case Recent():
                return _recent(node)
            case And(nodes):
                return {"bool": {"must": self._each(nodes)}} if nodes else self.query(Every())
            case Or(nodes):
                return self._at_least(1, nodes)
            case AtLeast(count, nodes):
                return self._at_least(count, nodes)
            case Not(child):
                return _without(self.query(child))
            case Maybe(child, extra):
                return {"bool": {"must": [self.query(child)], "should": [self.query(extra)]}}
            case Constant(child, score):
                # Below 0 it can only be where no score counts: `sent_scores` has taken care of all others.
                return constant(self.query(child), max(score, 0.0))
            case _:
                assert_never(node)

    def _each(self, nodes: Iterable[Node]) -> list[Query]:
        return [self.query(node) for node in nodes]

    def _at_least(self, count: int, nodes: tuple[Node, ...]) -> Query:
        if count > len(nodes):
            return NONE
        return {"bool": {"should": self._each(nodes), "minimum_should_match": count}}

    def _term(self, field: str, term: str, weight: float) -> Query:
        # The cluster leaves out the factor k1 + 1 of BM25.
        return {"term": {field: {"value": term, "boost": weight * (self.k1 + 1)}}}

    def _pairs(self, node: Pairs) -> Query:
        fields = pair_fields(node.parts)
        pairs = node.pairs
        if not fields or node.count > len(pairs):
            return NONE
        clauses: list[Query] = []
        for pair in pairs:
            terms = [self._term(field, pair_term(pair), node.weight) for field in fields]
            clauses.append(any_of(terms))
        return {"bool": {"should": clauses, "minimum_should_match": node.count}}


def _without(query: Query) -> Query:
    return unscored(guarded({"bool": {"must_not": [query]}}))


def _prefix(text: str) -> Query:
    if not text:
        return has_field(WORD_COUNT)
    try:
        return unscored({"prefix": {WORDS: {"value": prefix_term(text)}}})
    except ValueError as error:
        raise UnsupportedPlan(
            f"the beginning of a word has at most {KEPT_UNITS} UTF-16 units here; ask for a shorter one"
        ) from error


def _date_range(field: str, low: int | None, high: int | None) -> Query:
    bounds = {name: bound for name, bound in (("gte", low), ("lt", high)) if bound is not None}
    return unscored(guarded({"range": {field: bounds}})) if bounds else has_field(field)


def _recent(node: Recent) -> Query:
    """No script: what is dated before `now` decays, all else has the whole weight."""
    if not node.weight:
        return has_field(node.field)
    decay = {"origin": node.now, "scale": node.half_life, "decay": 0.5}
    return {
        "function_score": {
            "query": has_field(node.field, 1.0),
            "functions": [
                {
                    "filter": {"range": {node.field: {"lt": node.now}}},
                    "exp": {node.field: decay},
                    "weight": node.weight,
                },
                {"filter": {"range": {node.field: {"gte": node.now}}}, "weight": node.weight},
            ],
            "score_mode": "first",
            # Lucene sends equal queries once, with twice the boost, which comes in here by the query's score.
            "boost_mode": "multiply",
        }
    }

"""Plans as queries of tantivy."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import tantivy

from search.plan import And, Characters, DateRange, Every, Keyword, Node, Not, Or, Plan, Word


@dataclass(frozen=True, slots=True)
class TantivyQueries:
    """Queries for one index; `of` gives None for what these fields cannot answer."""

    schema: Any
    searcher: Any

    def of(self, plan: Plan) -> Any | None:
        """The query with its filters, which tantivy has to be told not to score."""
        if any(facet.filters != plan.filters for facet in plan.facets):
            return None
        query = self._query(plan.query)
        if query is None or not plan.filters:
            return query
        filters = [self._query(node) for node in plan.filters]
        if None in filters:
            return None
        must = tantivy.Occur.Must
        unscored = [(must, tantivy.Query.const_score_query(each, 0.0)) for each in filters]
        return tantivy.Query.boolean_query([(must, query), *unscored])

    def _query(self, node: Node) -> Any | None:
        match node:
            case Every():
                return tantivy.Query.all_query()
            case Word(text):
                return tantivy.Query.term_query(self.schema, "words", text, index_option="freq")
            case Characters(text=text):
                return self._characters(text)
            case Keyword(field, (value,)):
                return tantivy.Query.term_query(self.schema, field, value, index_option="basic")
            case Keyword(field, values):
                return tantivy.Query.term_set_query(self.schema, field, list(values))
            case DateRange(field, low, high):
                return tantivy.Query.range_query(
                    self.schema, field, tantivy.FieldType.Integer, low, high, include_upper=False
                )
            case And(nodes):
                return self._joined(nodes, tantivy.Occur.Must)
            case Or(nodes):
                return self._joined(nodes, tantivy.Occur.Should)
            case _:
                return None

    def _joined(self, nodes: tuple[Node, ...], occur: Any) -> Any | None:
        clauses = []
        for node in nodes:
            inner, how = (node.node, tantivy.Occur.MustNot) if isinstance(node, Not) else (node, occur)
            query = self._query(inner)
            if query is None:
                return None
            clauses.append((how, query))
        return tantivy.Query.boolean_query(clauses)

    def _characters(self, text: str) -> Any | None:
        """Every second pair and the last: measured faster than all of them."""
        if len(text) == 1:
            return tantivy.Query.term_query(self.schema, "characters", text, index_option="basic")
        if len(text) == 2:
            return tantivy.Query.term_query(self.schema, "pairs", text, index_option="basic")
        return tantivy.Query.phrase_query(
            self.schema, "pairs", [(place, text[place : place + 2]) for place in _cover(len(text))]
        )


def _cover(length: int) -> Iterator[int]:
    """Where pairs begin that together hold each of `length` characters."""
    yield from range(0, length - 2, 2)
    yield length - 2

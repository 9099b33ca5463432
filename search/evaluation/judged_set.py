"""Queries with the articles that answer them."""

from collections.abc import Mapping
from dataclasses import dataclass

Grades = Mapping[str, int]
"""Article id to grade, for one query: above 0 is relevant, more is better; the others are not relevant."""


@dataclass(frozen=True, slots=True)
class Query:
    """One query as a person types it."""

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgedSet:
    """A set of queries; each of `queries` has at least one relevant article in `grades`.

    `unjudged`: ids of queries that came without one, so that nothing can be measured with them.
    """

    name: str
    queries: tuple[Query, ...]
    grades: Mapping[str, Grades]
    unjudged: tuple[str, ...] = ()

    @property
    def relevant(self) -> frozenset[str]:
        """Ids of all articles that are relevant to some query."""
        return frozenset(
            article for query in self.queries for article, grade in self.grades[query.id].items() if grade > 0
        )

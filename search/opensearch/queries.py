"""What queries of the cluster are made of."""

from collections.abc import Iterable
from typing import Any, Final

from index.opensearch.mapping import ID

Query = dict[str, Any]
"""A query, or another part of a request's body, as JSON."""

NONE: Final[Query] = {"match_none": {}}
NEVER: Final[Query] = {"term": {ID: ""}}
"""Matches no article, which no shard knows before it looks."""


def guarded(query: Query) -> Query:
    """The same for queries that a shard may know to match nothing, as it knows its dates.

    It would drop all that has to match beside them before rarities of terms are gathered, and so the
    scores on all other shards would change.
    """
    return {"bool": {"should": [query, NEVER], "minimum_should_match": 1}}


def filtered(query: Query, filters: Iterable[Query]) -> Query:
    """The scored query among those that match all filters."""
    wanted = list(filters)
    return {"bool": {"must": [query], "filter": wanted}} if wanted else query


def has_field(field: str, score: float = 0.0) -> Query:
    """The articles that have a value of the field, each with this score."""
    return constant(guarded({"exists": {"field": field}}), score)


def unscored(query: Query) -> Query:
    """The same articles, each with the score 0."""
    return constant(query, 0.0)


def constant(query: Query, score: float) -> Query:
    """The same articles, each with this score, from 0 on."""
    return {"constant_score": {"filter": query, "boost": score}}


def any_of(queries: Iterable[Query]) -> Query:
    """The articles that match at least one; scores the sum. Of none: none."""
    listed = list(queries)
    if len(listed) < 2:
        return listed[0] if listed else NONE
    return {"bool": {"should": listed, "minimum_should_match": 1}}

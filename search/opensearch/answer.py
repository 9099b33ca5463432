"""Answers of the cluster to searches. What is not whole is an error, never a shorter answer."""

from collections.abc import Mapping
from typing import Any, Final

import msgspec

from index.decoding import Converter
from search.errors import SearchTimeout
from search.opensearch.errors import EngineUnavailable

SortValue = str | int | float
"""What a hit is ordered by; to go on behind it, the same is sent back."""


class Explained(msgspec.Struct, frozen=True):
    """How Lucene came to a number: a tree."""

    value: float
    description: str
    details: tuple["Explained", ...] = ()


class Hit(msgspec.Struct, frozen=True):
    """An article that was found. The cluster knows it by `id` (`index.opensearch.terms.document_key`).

    `matched_queries` are the named ones that it matches, `fields` the values that were asked for.
    """

    id: str = msgspec.field(name="_id")
    score: float | None = msgspec.field(name="_score", default=None)
    sort: tuple[SortValue, ...] = ()
    matched_queries: tuple[str, ...] = ()
    fields: Mapping[str, tuple[SortValue, ...]] = {}
    explanation: Explained | None = msgspec.field(name="_explanation", default=None)


class Total(msgspec.Struct, frozen=True):
    """How many articles match: `eq` says that the number is exact."""

    value: int
    relation: str


class Hits(msgspec.Struct, frozen=True):
    """The articles found, of which there are `total`; None: not asked for."""

    hits: tuple[Hit, ...] = ()
    total: Total | None = None


class Shards(msgspec.Struct, frozen=True):
    """How many shards were asked, and how many answered."""

    total: int
    successful: int
    failed: int


class Answer(msgspec.Struct, frozen=True):
    """A whole answer. `aggregations` are what was counted, by the names that were asked for."""

    timed_out: bool
    shards: Shards = msgspec.field(name="_shards")
    hits: Hits
    aggregations: Mapping[str, Any] = {}

    @property
    def total(self) -> int:
        """How many articles match; 0 where it was not asked for."""
        return 0 if self.hits.total is None else self.hits.total.value


_ANSWER: Final = Converter(Answer)


def read_answer(body: object) -> Answer:
    """The answer, which is whole. Raises SearchTimeout and EngineUnavailable."""
    try:
        answer = _ANSWER.convert(body)
    except msgspec.ValidationError as error:
        raise EngineUnavailable(f"the search cluster gave an answer that cannot be read: {error}") from error
    if answer.timed_out:
        raise SearchTimeout("the search took too long; ask for rarer words, or fewer of them")
    shards = answer.shards
    if shards.failed or shards.successful != shards.total:
        raise EngineUnavailable(
            f"{shards.total - shards.successful} of {shards.total} shards of the index did not answer"
        )
    if answer.hits.total is not None and answer.hits.total.relation != "eq":
        raise EngineUnavailable("the search cluster did not count all hits")
    return answer

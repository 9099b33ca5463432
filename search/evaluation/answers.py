"""The answers to queries: asked of the product's own search service."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from search.errors import QueryTooComplex, QueryTooLong, SearchTimeout
from search.evaluation.judged_set import JudgedSet, Query
from search.evaluation.measures import DEPTH
from search.request import Collapse, Marking, SearchRequest
from search.results import SearchResult


@dataclass(frozen=True, slots=True)
class Answer:
    """Article ids for one query, best first; where there is a `refusal`, it says why the query has none."""

    ids: tuple[str, ...]
    refusal: str | None = None


Answers = Mapping[str, Answer]
"""By the id of the query; a query that is not in it found nothing."""


def ask(search: Callable[[SearchRequest], SearchResult], sets: Iterable[JudgedSet]) -> dict[str, Answer]:
    """The first DEPTH hits of every query, in the order that a person would see with copies one by one: it is
    articles that are judged, and one copy may be judged in place of another.

    Raises what `SearchService.search` raises where it is not the query that is at fault.
    """
    return {query.id: _answer(search, query) for judged in sets for query in judged.queries}


def _answer(search: Callable[[SearchRequest], SearchResult], query: Query) -> Answer:
    request = SearchRequest(
        q=query.text, limit=DEPTH, snippets=0, marking=Marking.NONE, collapse=Collapse.NONE
    )
    try:
        result = search(request)
    except (QueryTooLong, QueryTooComplex, SearchTimeout) as error:
        return Answer((), str(error))
    return Answer(tuple(hit.article.id for hit in result.hits))

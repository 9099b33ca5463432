"""What was measured on a judged set."""

from collections.abc import Mapping
from dataclasses import dataclass

from search.evaluation.answers import Answer, Answers
from search.evaluation.bootstrap import Estimate, estimate
from search.evaluation.judged_set import Grades, JudgedSet, Query
from search.evaluation.measures import DEPTH, Measure, value_of


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryResult:
    """One query: how many hits it had, DEPTH at most, and its measures; `refusal` as in its answer."""

    id: str
    text: str
    hits: int
    values: Mapping[Measure, float]
    refusal: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetResult:
    """A set: its measures as means over its queries, and each query.

    `without_hits` is the share of queries that found nothing, from 0 to 1; `unjudged` as in the set.
    """

    name: str
    means: Mapping[Measure, Estimate]
    without_hits: float
    queries: tuple[QueryResult, ...]
    unjudged: tuple[str, ...] = ()


def measure_set(judged: JudgedSet, answers: Answers) -> SetResult:
    """The measures of a set; a query without an answer found nothing."""
    queries = tuple(
        _query_result(query, answers.get(query.id, Answer(())), judged.grades[query.id])
        for query in judged.queries
    )
    return SetResult(
        name=judged.name,
        means={measure: estimate([query.values[measure] for query in queries]) for measure in Measure},
        without_hits=sum(not query.hits for query in queries) / len(queries),
        queries=queries,
        unjudged=judged.unjudged,
    )


def _query_result(query: Query, answer: Answer, grades: Grades) -> QueryResult:
    return QueryResult(
        id=query.id,
        text=query.text,
        hits=len(answer.ids[:DEPTH]),
        values={measure: value_of(measure, answer.ids, grades) for measure in Measure},
        refusal=answer.refusal,
    )

"""Answers that are not whole are refused, whatever they hold."""

from typing import Any

import pytest

from search.errors import SearchTimeout
from search.opensearch.answer import read_answer
from search.opensearch.errors import EngineUnavailable

WHOLE: dict[str, Any] = {
    "took": 3,
    "timed_out": False,
    "_shards": {"total": 3, "successful": 3, "skipped": 0, "failed": 0},
    "hits": {
        "total": {"value": 7, "relation": "eq"},
        "hits": [{"_id": "a", "_score": 1.5, "sort": [1.5, "a"], "matched_queries": ["0"]}],
    },
    "aggregations": {"facet-0": {"doc_count": 2}},
}


def test_a_whole_answer_is_read() -> None:
    answer = read_answer(WHOLE)
    (hit,) = answer.hits.hits
    assert (answer.total, hit.id, hit.score, hit.sort) == (7, "a", 1.5, (1.5, "a"))
    assert hit.matched_queries == ("0",)
    assert answer.aggregations == WHOLE["aggregations"]


def test_without_a_total_there_is_none() -> None:
    assert read_answer(WHOLE | {"hits": {"hits": []}}).total == 0


@pytest.mark.parametrize(
    ("change", "error", "reason"),
    [
        ({"timed_out": True}, SearchTimeout, "too long"),
        ({"_shards": {"total": 3, "successful": 2, "failed": 1}}, EngineUnavailable, "1 of 3 shards"),
        ({"_shards": {"total": 3, "successful": 2, "failed": 0}}, EngineUnavailable, "1 of 3 shards"),
        ({"hits": {"total": {"value": 7, "relation": "gte"}, "hits": []}}, EngineUnavailable, "count"),
        ({"hits": {"hits": [{"_score": 1.0}]}}, EngineUnavailable, "cannot be read"),
        ({"hits": "x"}, EngineUnavailable, "cannot be read"),
    ],
    ids=["timed out", "failed shard", "silent shard", "lower bound", "no id", "no hits"],
)
def test_any_other_answer_is_an_error(change: dict[str, Any], error: type[Exception], reason: str) -> None:
    with pytest.raises(error, match=reason):
        read_answer(WHOLE | change)

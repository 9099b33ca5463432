"""What is kept of a search."""

from datetime import UTC, datetime

import pytest

from search.query_log.record import QueryRecord, is_recorded
from search.request import MAX_QUERY, Filters, Match, SearchRequest
from tests.search.query_log.samples import request, result


def test_a_record_says_what_was_asked_and_how_much_was_found() -> None:
    asked = SearchRequest(
        q=" 碳汇 贷",
        match=Match.ALL,
        filters=Filters(source=("甲网", "乙网"), published_after=datetime(2024, 3, 1, 16, tzinfo=UTC)),
    )
    assert QueryRecord.of(asked, result(asked.q, 3)) == QueryRecord(
        q=" 碳汇 贷",
        filters={"source": ("甲网", "乙网"), "published_after": ("2024-03-01",)},
        match="all",
        sort="relevance",
        total=3,
        full=3,
        took_ms=13,
    )


def test_of_a_relaxed_answer_it_counts_the_articles_with_all_of_the_query() -> None:
    record = QueryRecord.of(request("碳汇 贷款"), result("碳汇 贷款", 7, strict_total=0))
    assert (record.total, record.full) == (7, 0)


def test_a_query_is_bounded() -> None:
    assert len(QueryRecord.of(request("碳" * 2 * MAX_QUERY), result("", 0)).q) == MAX_QUERY


@pytest.mark.parametrize(
    "asked",
    [request("碳汇贷", offset=10), request(""), request(" \u3000")],
    ids=["second-page", "no-query", "white-space"],
)
def test_what_is_no_question_of_its_own_is_not_recorded(asked: SearchRequest) -> None:
    assert not is_recorded(asked)


def test_a_question_is_recorded() -> None:
    assert is_recorded(request("碳汇贷"))

"""Queries that were planned last stay, where no state of the index has a say in how they are read."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from search.engine import Snapshot
from search.errors import QuerySyntax, QueryTooLong
from search.expansion.expander import Expander
from search.language.lookups import MAX_WORDS
from search.language.query import Prefix, Run
from search.language.understanding import Understanding
from search.planning.query_plans import PlannedQuery, QueryPlans
from search.ranking import Ranking
from search.request import MAX_QUERY, Match, Reading, SearchRequest, Sort, Wording
from tests.engines import regions_of


def plans(analyzer: Analyzer, max_bytes: int = 1 << 20) -> QueryPlans:
    understanding = Understanding(analyzer, regions_of(analyzer.folding), Expander(analyzer.folding, ()))
    return QueryPlans(analyzer, Ranking(), understanding, max_bytes)


def state(words: int) -> Snapshot:
    """One with so many words that begin with any prefix: all that is asked of it."""
    return cast(Snapshot, SimpleNamespace(words_with=lambda _: words))


def planned(
    queries: QueryPlans, request: SearchRequest, words: int = 1, sort: Sort = Sort.RELEVANCE
) -> PlannedQuery:
    return queries.of(request, sort, state(words))


ASKED = SearchRequest(q="协同创新 -补贴", match=Match.SMART)


def test_the_next_page_has_the_same_plan(analyzer: Analyzer) -> None:
    queries = plans(analyzer)
    assert planned(queries, replace(ASKED, offset=10)) is planned(queries, ASKED)
    assert planned(plans(analyzer), ASKED) == planned(queries, ASKED)


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, q="协同创新"),
        replace(ASKED, match=Match.ANY),
        replace(ASKED, wording=Wording.AS_TYPED),
        replace(ASKED, parts=(Part.TITLE,)),
    ],
    ids=["text", "match", "wording", "parts"],
)
def test_another_question_has_a_plan_of_its_own(analyzer: Analyzer, other: SearchRequest) -> None:
    queries = plans(analyzer)
    first = planned(queries, ASKED)
    assert planned(queries, other) == planned(plans(analyzer), other)
    assert planned(queries, other) is not first
    assert planned(queries, ASKED) is first


def test_another_order_has_a_plan_of_its_own(analyzer: Analyzer) -> None:
    queries = plans(analyzer)
    assert planned(queries, ASKED, sort=Sort.NEWEST) is not planned(queries, ASKED)


@pytest.mark.parametrize("q", ["kj*", "补贴 (创新 OR -kj*)"])
def test_what_an_index_decides_is_read_anew_on_each_state(analyzer: Analyzer, q: str) -> None:
    queries, request = plans(analyzer), SearchRequest(q=q)
    narrow, broad = planned(queries, request), planned(queries, request, MAX_WORDS + 1)
    assert "Prefix" in repr(narrow.understood)
    assert "Prefix" not in repr(broad.understood)
    assert (len(narrow.read.notices), len(broad.read.notices)) == (0, 1)
    assert planned(queries, request) == narrow


def test_a_prefix_alone(analyzer: Analyzer) -> None:
    queries, request = plans(analyzer), SearchRequest(q="kj*")
    assert isinstance(planned(queries, request).understood.query, Prefix)
    assert isinstance(planned(queries, request, MAX_WORDS + 1).understood.query, Run)


def test_a_strict_reading_is_refused_whether_or_not_it_was_planned_before(analyzer: Analyzer) -> None:
    queries, request = plans(analyzer), SearchRequest(q="补贴 AND (创新")
    strict = replace(request, reading=Reading.STRICT)
    for _ in range(2):
        with pytest.raises(QuerySyntax):
            planned(queries, strict)
        assert planned(queries, request).read.notices


def test_without_room_nothing_is_kept(analyzer: Analyzer) -> None:
    queries = plans(analyzer, 0)
    assert planned(queries, ASKED) is not planned(queries, ASKED)


def test_a_query_that_is_refused_is_refused_again(analyzer: Analyzer) -> None:
    queries = plans(analyzer)
    for _ in range(2):
        with pytest.raises(QueryTooLong):
            planned(queries, SearchRequest(q="创" * (MAX_QUERY + 1)))

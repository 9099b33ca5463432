"""Asking the service, and what is measured on its answers."""

import pytest

from search.errors import IndexUnavailable, QueryTooComplex, QueryTooLong, SearchTimeout
from search.evaluation.answers import Answer, ask
from search.evaluation.judged_set import JudgedSet, Query
from search.evaluation.measures import DEPTH, Measure
from search.evaluation.set_result import measure_set
from search.request import Collapse, Marking, SearchRequest, Sort
from search.results import Hit, SearchResult
from tests.engines import make_article

JUDGED = JudgedSet(
    name="small",
    queries=(Query("q1", "甲"), Query("q2", "乙"), Query("q3", "丙")),
    grades={"q1": {"a": 1}, "q2": {"a": 2, "b": 1}, "q3": {"a": 1}},
    unjudged=("q4",),
)


def result_of(request: SearchRequest, ids: tuple[str, ...]) -> SearchResult:
    hits = tuple(
        Hit(
            article=make_article(name, "题"),
            score=1.0,
            highlights={},
            highlights_truncated=False,
            snippets=(),
        )
        for name in ids
    )
    return SearchResult(
        q=request.q,
        read_as=(),
        notices=(),
        repaired=None,
        sort=Sort.RELEVANCE,
        total=len(ids),
        clusters=len(ids),
        offset=request.offset,
        limit=request.limit,
        hits=hits,
        generation="1.1",
        took_ms=1.0,
    )


class TestAsking:
    def test_every_query_is_asked_as_it_is_typed_for_hits_alone(self) -> None:
        asked: list[SearchRequest] = []

        def search(request: SearchRequest) -> SearchResult:
            asked.append(request)
            return result_of(request, ("b", "a"))

        found = ask(search, [JUDGED])
        assert found == {name: Answer(("b", "a")) for name in ("q1", "q2", "q3")}
        assert [request.q for request in asked] == ["甲", "乙", "丙"]
        assert all(request.limit == DEPTH and not request.needs_places for request in asked)
        # Whatever else a person leaves alone is left to the service.
        assert asked[0] == SearchRequest(
            q="甲", limit=DEPTH, snippets=0, marking=Marking.NONE, collapse=Collapse.NONE
        )

    @pytest.mark.parametrize("refusal", [QueryTooLong, QueryTooComplex, SearchTimeout])
    def test_a_query_that_is_refused_found_nothing_and_says_why(self, refusal: type[Exception]) -> None:
        def search(request: SearchRequest) -> SearchResult:
            if request.q == "乙":
                raise refusal("too much")
            return result_of(request, ("a",))

        found = ask(search, [JUDGED])
        assert found["q2"] == Answer((), "too much")
        measured = measure_set(JUDGED, found)
        assert [query.refusal for query in measured.queries] == [None, "too much", None]
        assert measured.queries[1].values == dict.fromkeys(Measure, 0.0)

    def test_what_is_not_the_fault_of_a_query_ends_it(self) -> None:
        def search(_request: SearchRequest) -> SearchResult:
            raise IndexUnavailable("no index")

        with pytest.raises(IndexUnavailable):
            ask(search, [JUDGED])


class TestMeasuring:
    def test_means_are_over_all_queries_that_something_answers(self) -> None:
        measured = measure_set(JUDGED, {"q1": Answer(("x", "a")), "q2": Answer(("a", "b"))})
        assert measured.name == "small"
        assert {measure: found.mean for measure, found in measured.means.items()} == pytest.approx(
            {
                Measure.NDCG_10: (0.63093 + 1 + 0) / 3,
                Measure.MRR_10: (0.5 + 1 + 0) / 3,
                Measure.RECALL_100: (1 + 1 + 0) / 3,
            },
            abs=1e-5,
        )
        assert measured.without_hits == pytest.approx(1 / 3)
        assert [query.hits for query in measured.queries] == [2, 2, 0]
        assert measured.unjudged == ("q4",)

    def test_no_more_hits_count_than_are_asked_for(self) -> None:
        deep = Answer(tuple(map(str, range(DEPTH + 5))))
        assert measure_set(JUDGED, {"q1": deep}).queries[0].hits == DEPTH

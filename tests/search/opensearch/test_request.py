"""Plans as bodies of one search: which filters hold for hits, and which for each count."""

from dataclasses import replace

import pytest

from index.documents import PUBLISHED
from search.opensearch.counting import MAX_BUCKETS, MAX_OF_ONE, Room
from search.opensearch.dsl import QueryWriter
from search.opensearch.queries import Query
from search.opensearch.request import WINDOW, PlanQuery, facet_name, histogram_name
from search.plan import (
    ByDate,
    ByScore,
    Direction,
    Facet,
    Grouping,
    Histogram,
    Interval,
    Keyword,
    Plan,
    Word,
)

WRITER = QueryWriter(k1=1.0)
SOURCE, TOPIC, YEAR = Keyword("source", ("甲报",)), Keyword("topic", ("科技",)), Keyword("year", ("2024",))
PLAN = Plan(query=Word("中国"), filters=(), order=ByScore(), offset=20, limit=10)


def body(plan: Plan) -> Query:
    return PlanQuery.of(plan, WRITER).page()


def queries(*nodes: Keyword) -> list[Query]:
    return [WRITER.query(node) for node in nodes]


def test_a_page_is_asked_for_by_its_place_in_an_order_that_ends_with_ids() -> None:
    found = body(PLAN)
    assert (found["from"], found["size"], found["track_total_hits"]) == (20, 10, True)
    assert found["sort"] == [{"_score": {"order": "desc"}}, {"id": {"order": "asc"}}]
    assert found["query"] == WRITER.query(Word("中国"))
    assert found.keys().isdisjoint({"post_filter", "aggs", "collapse"})


@pytest.mark.parametrize(
    ("direction", "order"), [(Direction.NEWEST_FIRST, "desc"), (Direction.OLDEST_FIRST, "asc")]
)
def test_undated_articles_are_the_last_in_both_orders(direction: Direction, order: str) -> None:
    found = body(replace(PLAN, order=ByDate(PUBLISHED, direction)))
    assert found["sort"][0] == {PUBLISHED: {"order": order, "missing": "_last"}}
    assert found["track_scores"] is True


def test_filters_that_all_facets_have_choose_articles_and_others_the_hits_alone() -> None:
    facets = (Facet("source", (YEAR, TOPIC), 5), Facet("topic", (YEAR, SOURCE), 5))
    histogram = Histogram(PUBLISHED, Interval.YEAR)
    plan = replace(PLAN, filters=(YEAR, SOURCE, TOPIC), facets=facets, histograms=(histogram,))
    found = body(plan)
    assert found["query"]["bool"]["filter"] == queries(YEAR)
    assert found["post_filter"] == {"bool": {"filter": queries(SOURCE, TOPIC)}}
    wanted = {
        facet_name(0): queries(TOPIC),
        facet_name(1): queries(SOURCE),
        histogram_name(0): queries(SOURCE, TOPIC),
    }
    assert {name: count["filter"]["bool"]["filter"] for name, count in found["aggs"].items()} == wanted


def test_without_facets_all_filters_choose_articles() -> None:
    found = body(replace(PLAN, filters=(YEAR, SOURCE), grouping=Grouping.CLUSTERS))
    assert found["query"]["bool"]["filter"] == queries(YEAR, SOURCE)
    assert "post_filter" not in found
    assert found["collapse"] == {"field": "cluster"}


@pytest.mark.parametrize(("offset", "size"), [(WINDOW - 10, 10), (WINDOW - 9, 0)])
def test_the_cluster_is_asked_for_no_page_outside_its_window(offset: int, size: int) -> None:
    assert body(replace(PLAN, offset=offset))["size"] == size


def test_a_prefix_of_a_facet_is_taken_letter_by_letter() -> None:
    plan = replace(PLAN, facets=(Facet("source", (), 5, named=("x", "x"), prefix="a.*|@甲"),))
    aggregations = body(plan)["aggs"][facet_name(0)]["aggs"]
    assert aggregations["values"]["terms"]["include"] == r"a\.\*\|\@甲.*"
    assert aggregations["named"]["terms"]["include"] == ["x"]


@pytest.mark.parametrize("counts", [0, 1, 5, 11, 40])
def test_all_counts_together_have_room_in_one_answer(counts: int) -> None:
    room = Room(counts)
    assert 0 < room.of_one <= MAX_OF_ONE
    assert counts * room.of_one + room.of_clusters == MAX_BUCKETS
    assert room.of_clusters >= room.of_one

"""Counts of facets from what the cluster counted, or from a walk where that was too much."""

from collections.abc import Iterator

from search.engine import FacetCounts
from search.opensearch.facets import facet_counts
from search.plan import Facet, FacetOrder

COUNTS = {"甲": 2, "乙": 5, "a": 2, "ab": 1}
NAMED = {"buckets": [{"key": "a", "doc_count": 2}]}


def found(others: int = 0, error: int = 0) -> dict[str, object]:
    """What the cluster answers; `others`: articles whose values did not fit, `error`: what counts lack."""
    buckets = [{"key": value, "doc_count": count} for value, count in COUNTS.items()]
    values = {"buckets": buckets, "sum_other_doc_count": others, "doc_count_error_upper_bound": error}
    return {"values": values, "missing": {"doc_count": 3}, "named": NAMED}


def never() -> Iterator[tuple[str, int]]:
    raise AssertionError("all values are there")


def test_the_commonest_come_first_and_equal_ones_by_value() -> None:
    counts = facet_counts(Facet("source", (), 3, named=("没有", "a")), found(), never)
    assert counts == FacetCounts(
        field="source",
        values=(("乙", 5), ("a", 2), ("甲", 2)),
        named=(("没有", 0), ("a", 2)),
        distinct=4,
        total=10,
        missing=3,
    )


def test_the_smallest_values_come_first_where_that_is_asked_for() -> None:
    counts = facet_counts(Facet("source", (), 2, order=FacetOrder.BY_VALUE), found(), never)
    assert counts.values == (("a", 2), ("ab", 1))


def test_what_did_not_fit_is_walked_over() -> None:
    walk = [("a", 1), ("ab", 4), ("b", 9)]
    for answer in (found(others=1), found(error=1)):
        counts = facet_counts(Facet("source", (), 9, prefix="a"), answer, lambda: walk)
        assert (counts.values, counts.distinct, counts.total) == ((("ab", 4), ("a", 1)), 2, 5)

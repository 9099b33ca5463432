"""Facets over many values and several segments: exact counts, and what it costs to open the next state."""

from collections import Counter
from random import Random

import numpy as np
import pytest

from search.deadline import Deadline
from search.engine import FacetCounts
from search.plan import ByScore, Every, Facet, Plan
from search.whoosh.snapshot import WhooshSnapshot
from tests.search.whoosh.memory_segment import MemorySegment, MemoryValues, make_document, open_snapshot

FIELD = "source"


def segment_of(first: int, values: list[tuple[str, ...]]) -> MemorySegment:
    return MemorySegment(
        [make_document(f"{first + at:05}", keywords={FIELD: value}) for at, value in enumerate(values)]
    )


def facet(snapshot: WhooshSnapshot, limit: int) -> FacetCounts:
    plan = Plan(
        query=Every(), filters=(), order=ByScore(), offset=0, limit=0, facets=(Facet(FIELD, (), limit),)
    )
    return snapshot.search(plan, Deadline.never()).facets[0]


@pytest.mark.parametrize("pieces", [1, 2, 5])
@pytest.mark.parametrize("most", [1, 4])
@pytest.mark.parametrize("distinct", [3, 60, 1000])
def test_counts_are_those_of_a_plain_count(distinct: int, most: int, pieces: int) -> None:
    random = Random(distinct * most)
    names = [f"{random.randrange(10**6):06}" for _ in range(distinct)]
    values = [
        tuple(random.sample(names, min(random.randint(0 if most > 1 else 1, most), distinct)))
        for _ in range(300)
    ]
    size = 300 // pieces
    segments = [segment_of(at, values[at : at + size]) for at in range(0, 300, size)]
    counted = Counter(value for each in values for value in set(each))
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    snapshot = open_snapshot(segments)
    for limit in (0, 1, 7, 299, 10**6):
        assert facet(snapshot, limit) == FacetCounts(
            field=FIELD,
            values=tuple(ordered[:limit]),
            named=(),
            distinct=len(counted),
            total=sum(map(len, values[: size * pieces])),
            missing=values[: size * pieces].count(()),
        )


def test_a_small_commit_reads_few_of_many_values() -> None:
    """The values of a large segment are numbered once, not with each commit."""
    large = segment_of(0, [(f"{number:05}",) for number in range(1500)])
    first = open_snapshot([large, segment_of(2000, [("00007",)])])
    assert facet(first, 1).values == (("00007", 2),)
    values = large.keyword_values(FIELD)
    assert isinstance(values, MemoryValues)
    values.asked = 0
    small = [segment_of(2000, [("00007",)]), segment_of(3000, [("new", "00008")])]
    second = open_snapshot([large, *small], former=first.columns)
    assert facet(second, 3).distinct == 1501
    assert values.asked < 100


def test_a_merge_numbers_anew_what_it_replaced() -> None:
    large, small = segment_of(0, [("b",), ("c",), ("d",)]), segment_of(10, [("a", "c")])
    before = open_snapshot([large, small])
    assert facet(before, 2).values == (("c", 2), ("a", 1))
    merged = segment_of(20, [("a", "c"), ("e",), ("b",), ("c",), ("d",), ("f",)])
    after = open_snapshot([merged, segment_of(40, [("a",)])], former=before.columns)
    assert facet(after, 9).values == (("a", 2), ("c", 2), ("b", 1), ("d", 1), ("e", 1), ("f", 1))
    assert after.columns.values(FIELD).names == after.columns.names
    held = {numbered.name for numbered in after.columns.values(FIELD).numbered}
    assert held == set(after.columns.names), "a merged segment is let go of"


def test_a_state_without_segments_has_no_values() -> None:
    """Between them lies a state that nobody asked for a facet."""
    two = [segment_of(0, [("b",), ("c",)]), segment_of(10, [("a",)])]
    asked = open_snapshot(two)
    assert facet(asked, 9).distinct == 3
    unasked = open_snapshot([*two, segment_of(20, [("a",)])], former=asked.columns)
    emptied = open_snapshot([], former=unasked.columns)
    assert facet(emptied, 9) == FacetCounts(field=FIELD, values=(), named=(), distinct=0, total=0, missing=0)


def test_a_hundred_thousand_values_are_counted_without_reading_them() -> None:
    class ManyValues:
        count = 100_000
        starts = np.arange(100_001, dtype=np.uint32)
        ordinals = np.arange(100_000, dtype=np.uint32)
        asked = 0

        def value(self, ordinal: int) -> str:
            self.asked += 1
            return f"{ordinal:06}"

    class ManySegment(MemorySegment):
        def __init__(self) -> None:
            super().__init__([])
            self.count = 100_000
            self.values = ManyValues()

        def keyword_values(self, field: str) -> ManyValues:  # type: ignore[override]  # noqa: ARG002
            return self.values

    segment = ManySegment()
    found = facet(open_snapshot([segment]), 3)
    assert found.values == (("000000", 1), ("000001", 1), ("000002", 1))
    assert (found.distinct, found.total, found.missing) == (100_000, 100_000, 0)
    assert segment.values.asked == 3

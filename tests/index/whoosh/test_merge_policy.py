"""Which segments are merged: tables for each rule, and the laws over whole histories of commits."""

from collections.abc import Iterator, Sequence
from math import ceil, log
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.whoosh.codec.positions import MAX_EXTENT
from index.whoosh.merge_policy import (
    DEAD_PART,
    FANOUT,
    MAX_DOCUMENTS,
    MAX_SEGMENT_POSITIONS,
    Group,
    MergePolicy,
    SegmentSize,
    all_merges,
    due_merges,
)

HALF = MAX_DOCUMENTS // 2
TIERS = ceil(log(MAX_DOCUMENTS, FANOUT))
"""Tiers below a full segment."""


def whole(*documents: int) -> tuple[SegmentSize, ...]:
    """Segments without deleted documents, a thousand positions to a document."""
    return tuple(SegmentSize(count, 0, count * 1_000) for count in documents)


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ((), ()),
        (whole(1), ()),
        (whole(*[1] * 7), ()),
        (whole(*[1] * 8), (tuple(range(8)),)),
        (whole(*[1] * 7, 8), ()),
        (whole(500, *[7] * 8), (tuple(range(1, 9)),)),
        (whole(3, *[1] * 8), (tuple(range(1, 9)),)),
        (whole(*[1] * 8, *[8] * 7), (tuple(range(15)),)),
        (whole(*[1] * 8, *[8] * 7, *[64] * 7, *[512] * 6), (tuple(range(22)),)),
        (whole(*[10_000] * 8), (tuple(range(8)),)),
        (whole(HALF + 1, *[10_000] * 7), ()),
        (whole(HALF, HALF), ()),
        (whole(HALF, HALF, HALF), ((0, 1),)),
        (whole(40_000, 40_000, 40_000), ()),
        (whole(40_000, 40_000, 40_000, 40_000), ((0, 1, 2),)),
        (whole(*[HALF + 1] * 20), ()),
    ],
    ids=[
        "nothing",
        "one",
        "one less than a tier holds",
        "a full tier",
        "a tier and a neighbour",
        "a full tier beside a large one",
        "the smallest of a tier are merged",
        "what comes out fills the next tier",
        "through three tiers, but not the fourth",
        "batches of a rebuild",
        "a full segment is left alone",
        "two that fill the cap wait for a third",
        "as many as the cap allows",
        "below the cap they wait",
        "the cap before the tier",
        "full segments only",
    ],
)
def test_full_tiers_are_merged(sizes: Sequence[SegmentSize], groups: tuple[Group, ...]) -> None:
    assert due_merges(sizes) == groups


@pytest.mark.parametrize(
    ("documents", "deleted", "groups"),
    [(100, 24, ()), (100, 25, ((0,),)), (1, 0, ()), (MAX_DOCUMENTS, MAX_DOCUMENTS // DEAD_PART, ((0,),))],
)
def test_a_segment_a_quarter_dead_is_rewritten(
    documents: int, deleted: int, groups: tuple[Group, ...]
) -> None:
    assert due_merges([SegmentSize(documents, deleted, documents)]) == groups


def test_a_segment_that_is_merged_is_not_rewritten_before() -> None:
    sizes = (*whole(*[4] * 7), SegmentSize(8, 4, 8))
    assert due_merges(sizes) == (tuple(range(8)),)


def test_positions_are_capped_too() -> None:
    long = SegmentSize(2, 0, MAX_SEGMENT_POSITIONS // 3)
    assert due_merges([long] * 4) == ((0, 1, 2),)
    assert all_merges([long] * 4) == ((0, 1, 2),)
    assert due_merges([SegmentSize(1, 0, MAX_SEGMENT_POSITIONS)] * 20) == ()


def test_no_merge_has_more_positions_than_a_segment_can_number() -> None:
    assert MAX_SEGMENT_POSITIONS <= MAX_EXTENT


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ((), ()),
        (whole(5), ()),
        ((SegmentSize(5, 1, 5),), ((0,),)),
        (whole(1, 100_000), ((0, 1),)),
        (whole(100_000, 100_000), ()),
        (whole(100_000, 100_000, 20_000, 11_072), ((0, 2, 3),)),
        (whole(MAX_DOCUMENTS, 1), ()),
        ((*whole(MAX_DOCUMENTS), SegmentSize(MAX_DOCUMENTS, 1, 1), *whole(1)), ((1, 2),)),
    ],
    ids=[
        "nothing",
        "one",
        "one with a deleted document",
        "two",
        "too large",
        "best fit",
        "cap",
        "a place free",
    ],
)
def test_all_merges_leave_as_few_as_the_caps_allow(
    sizes: Sequence[SegmentSize], groups: tuple[Group, ...]
) -> None:
    assert all_merges(sizes) == groups


def sizes_of(largest: int) -> st.SearchStrategy[list[SegmentSize]]:
    def size(documents: int, dead: float, positions: int) -> SegmentSize:
        deleted = int(dead * (documents - 1))
        return SegmentSize(documents, deleted, (documents - deleted) * positions)

    counts = st.integers(1, largest) | st.integers(1, 20)
    return st.lists(st.builds(size, counts, st.floats(0, 1), st.integers(1, 2**14)), max_size=40)


def after(sizes: Sequence[SegmentSize], groups: tuple[Group, ...]) -> Iterator[SegmentSize]:
    merged = {at for group in groups for at in group}
    yield from (size for at, size in enumerate(sizes) if at not in merged)
    for group in groups:
        positions = sum(sizes[at].positions for at in group)
        yield SegmentSize(sum(sizes[at].live for at in group), 0, positions)


@pytest.mark.parametrize("policy", [due_merges, all_merges])
@given(sizes=sizes_of(MAX_DOCUMENTS))
def test_groups_are_disjoint_within_the_caps_and_final(policy: MergePolicy, sizes: list[SegmentSize]) -> None:
    groups = policy(sizes)
    members = [at for group in groups for at in group]
    assert len(members) == len(set(members))
    for group in groups:
        assert list(group) == sorted(group)
        if len(group) > 1:
            assert sum(sizes[at].live for at in group) <= MAX_DOCUMENTS
            assert sum(sizes[at].positions for at in group) <= MAX_SEGMENT_POSITIONS
    assert policy(list(after(sizes, groups))) == ()


def rewrites(policy: MergePolicy, batches: Sequence[int]) -> tuple[int, int]:
    """How often a document was rewritten, and how many segments there were, at most, with such commits.

    A segment is here a count and the rewrites of its oldest document.
    """
    segments: list[tuple[int, int]] = []
    most = 0
    for batch in batches:
        segments.append((batch, 0))
        groups = policy(whole(*(count for count, _ in segments)))
        merged = {at for group in groups for at in group}
        segments = [segment for at, segment in enumerate(segments) if at not in merged] + [
            (sum(segments[at][0] for at in group), 1 + max(segments[at][1] for at in group))
            for group in groups
        ]
        most = max(most, len(segments))
    return max(times for _, times in segments), most


def is_logarithmic(policy: MergePolicy, batches: Sequence[int]) -> bool:
    documents = sum(batches)
    tiers = min(TIERS, ceil(log(documents + 1, FANOUT)))
    times, segments = rewrites(policy, batches)
    return times <= tiers + 1 and segments <= (FANOUT - 1) * tiers + ceil(documents / (MAX_DOCUMENTS // 2))


@pytest.mark.parametrize(
    "batches",
    [
        [1] * 5_000,
        [10_000] * 60,
        [100] * 3_000,
        [Random(5).choice((1, 1, 3, 200, 9_000)) for _ in range(2_000)],
    ],
    ids=["singles", "a rebuild", "hundreds", "mixed"],
)
def test_segments_and_rewrites_grow_with_the_logarithm(batches: list[int]) -> None:
    assert is_logarithmic(due_merges, batches)


@given(batches=st.lists(st.integers(1, 20_000) | st.integers(1, 9), min_size=1, max_size=150))
def test_they_do_for_any_batches(batches: list[int]) -> None:
    assert is_logarithmic(due_merges, batches)


@pytest.mark.parametrize(
    "policy", [lambda _: (), all_merges], ids=["never merging", "always merging everything"]
)
def test_control_other_policies_do_not(policy: MergePolicy) -> None:
    assert not is_logarithmic(policy, [1] * 200)

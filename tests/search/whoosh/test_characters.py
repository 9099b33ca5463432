"""Runs of characters and neighbours beside the oracle: parts, anchors, borders, overlaps."""

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.article import Part
from index.documents import IndexDocument
from search.deadline import Deadline
from search.plan import ALL_PARTS, Anchor, ByScore, Characters, Near, Node, Plan
from search.whoosh.characters import documents_near, documents_with, occurrences
from tests.plan_oracle import holds
from tests.search.whoosh.memory_segment import (
    Mask,
    MemorySegment,
    Numbers,
    listed,
    make_document,
    open_snapshot,
)

few = st.text("ab", max_size=4)
parts = st.just(ALL_PARTS) | st.lists(st.sampled_from(Part), max_size=3, unique=True).map(tuple)
documents = st.builds(
    lambda characters: make_document("a", characters=characters), st.dictionaries(st.sampled_from(Part), few)
)


def between() -> None:
    """There is always time left."""


@settings(max_examples=600, deadline=None)
@given(
    st.lists(documents, max_size=4),
    st.builds(Characters, st.text("ab", max_size=5), parts, st.sampled_from(Anchor)),
)
def test_documents_with_a_run_are_those_whose_text_holds_it(
    shelf: Sequence[IndexDocument], node: Characters
) -> None:
    expected = [at for at, document in enumerate(shelf) if holds(node, document)]
    assert listed(documents_with(node, MemorySegment(shelf), between)) == expected


@settings(max_examples=1500, deadline=None)
@given(
    st.lists(documents, max_size=4),
    st.builds(Near, st.text("ab", max_size=3), st.text("ab", max_size=3), st.integers(0, 5), parts),
)
@example([make_document("a", "b", characters={Part.LEAD: "a"})], Near("a", "b", 5))
@example([make_document("a", "b", characters={Part.LEAD: "a"})], Near("b", "a", 5))
@example([make_document("a", "aaa")], Near("aa", "aa", 9))
@example([make_document("a", "aaaa")], Near("aa", "aa", 0))
def test_documents_with_neighbours_are_those_whose_text_holds_both(
    shelf: Sequence[IndexDocument], node: Near
) -> None:
    expected = [at for at, document in enumerate(shelf) if holds(node, document)]
    assert documents_near(node, MemorySegment(shelf), between).tolist() == expected


@settings(max_examples=300, deadline=None)
@given(st.lists(documents, max_size=3), st.text("ab", min_size=1, max_size=5))
def test_a_run_stands_where_the_text_has_it(shelf: Sequence[IndexDocument], run: str) -> None:
    segment = MemorySegment(shelf)
    expected = [
        at
        for at in sorted(segment.text)
        if all(segment.text.get(at + offset) == character for offset, character in enumerate(run))
    ]
    assert occurrences(run, segment, between).tolist() == expected


class CountingSegment(MemorySegment):
    """Remembers which pairs were read; each stands so many times that it matters which."""

    def __init__(self, shelf: Sequence[IndexDocument]) -> None:
        super().__init__(shelf)
        self.read: list[str] = []

    def pair_count(self, ordinal: int) -> int:
        return len(super().pair_positions(ordinal)) * 2_000

    def pair_positions(self, ordinal: int) -> Numbers:
        self.read.append("".join(self.pairs[ordinal]))
        return super().pair_positions(ordinal)

    def pair_stands_at(self, ordinal: int, positions: Numbers) -> Mask:
        self.read.append("".join(self.pairs[ordinal]))
        return np.isin(positions, super().pair_positions(ordinal))


@pytest.mark.parametrize(
    ("run", "pairs"),
    [
        pytest.param("wxyz", ["wx", "yz"], id="a pair that others cover is not read"),
        pytest.param("abcd", ["bc", "ab", "cd"], id="but one that is far rarer is, and first"),
        pytest.param("wxy", ["wx", "xy"], id="three characters are two pairs"),
        pytest.param("wxn", [], id="a pair that is nowhere: none is read"),
        pytest.param("yzw", ["zw", "yz"], id="the rarer pair first"),
        pytest.param("wxzw", [], id="one that is nowhere in the middle"),
    ],
)
def test_the_rarest_pairs_are_read_first_and_covered_ones_not_at_all(run: str, pairs: list[str]) -> None:
    segment = CountingSegment([make_document("a", "wxyz，wxyz，yzyzw，abcd" + "，ab" * 9 + "，cd" * 9)])
    occurrences(run, segment, between)
    assert segment.read == pairs


def test_what_is_left_with_nothing_reads_no_further() -> None:
    segment = CountingSegment([make_document("a", "ab，bc，cd，cd，de，de，de，ef，ef，ef")])
    assert occurrences("abcdef", segment, between).tolist() == []
    assert segment.read == ["ab", "cd"]


def test_a_character_anywhere_needs_no_positions(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(self: MemorySegment, character: str) -> None:
        pytest.fail("positions were read")

    monkeypatch.setattr(MemorySegment, "character_positions", never)
    assert listed(documents_with(Characters("a"), MemorySegment([make_document("a", "ba")]), between)) == [0]


@pytest.mark.parametrize("length", [1, 251, 252, 253, 254, 255, 256, 257, 512])
def test_a_document_ends_where_its_units_end(length: int) -> None:
    """Lengths around the 256 positions at which the next document begins."""
    shelf = [make_document(name, "x" * (length - 1) + "y") for name in "abc"]
    snapshot = open_snapshot([MemorySegment(shelf[:2]), MemorySegment(shelf[2:])])

    def found(node: Node) -> str:
        plan = Plan(query=node, filters=(), order=ByScore(), offset=0, limit=9)
        return "".join(hit.id for hit in snapshot.search(plan, Deadline.never()).hits)

    assert found(Characters("x" * (length - 1) + "y", (Part.BODY,), Anchor.WHOLE)) == "abc"
    assert found(Characters("yx")) == ""
    assert found(Near("y", "x", 2**20)) == ("" if length == 1 else "abc")
    assert found(Near("y", "y", 2**20)) == ""

"""Packed lists come back as they were put in, one by one and together."""

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.whoosh.codec import packed_lists
from index.whoosh.codec.array_file import ArrayFile, write_arrays
from index.whoosh.codec.list_forms import form_of, forms_of
from index.whoosh.codec.packed_lists import ListPacker, Lists, Numbers, PackedLists

UNIVERSES = (1, 2, 255, 256, 257, 65_536, 70_000, 2**20, 2**24, 2**32 - 256)
LENGTHS = (0, 1, 2, 3, 15, 16, 17, 40, 41, 129, 1_000, 1_001, 9_999, 60_000)


@pytest.fixture(params=["as it is", "never decoded"], autouse=True)
def looking_up(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Numbers are looked for in a list as its length has it, or always in its codes."""
    if request.param == "never decoded":
        monkeypatch.setattr(packed_lists, "PROBED_FROM", 0)
        monkeypatch.setattr(packed_lists, "PROBED", 0)


def lists_of(groups: Sequence[Numbers]) -> Lists:
    starts = np.cumsum([0, *map(len, groups)])
    return Lists(starts, np.concatenate([np.zeros(0, dtype=np.uint32), *groups]))


def packed(groups: Sequence[Numbers], universe: int, chunks: int) -> PackedLists:
    packer = ListPacker(universe)
    for at in range(chunks):
        packer.add(lists_of(groups[at * len(groups) // chunks : (at + 1) * len(groups) // chunks]))
    with TemporaryDirectory() as folder:
        path = Path(folder) / "lists"
        write_arrays(path, packer.arrays("a"))
        return PackedLists(ArrayFile(path), "a", universe)


@pytest.mark.parametrize("universe", UNIVERSES)
@pytest.mark.parametrize("chunks", [1, 3])
def test_lists_of_all_lengths_come_back(universe: int, chunks: int) -> None:
    random = np.random.default_rng(universe)
    groups = [
        np.unique(random.integers(0, universe, length)).astype(np.uint32)
        for length in LENGTHS
        for _ in range(2)
    ]
    groups.append(np.arange(min(universe, 5_000), dtype=np.uint32))
    groups.append(np.arange(max(0, universe - 300), universe, dtype=np.uint32))
    random.shuffle(order := list(range(len(groups))))
    groups = [groups[at] for at in order]
    lists = packed(groups, universe, chunks)
    assert len(lists) == len(groups)
    assert lists.counts().tolist() == [len(group) for group in groups]
    for at, group in enumerate(groups):
        assert lists.count(at) == len(group)
        assert np.array_equal(lists.numbers(at), group), at
        assert np.array_equal(lists.indices(at), group), at
        members = lists.members(at)
        assert np.array_equal(members.nonzero()[0] if members.dtype == np.bool_ else members, group), at
        if len(group):
            wanted = np.unique(np.append(random.integers(0, universe, 300), group[::3])).astype(np.uint32)
            places = {number: place for place, number in enumerate(group.tolist())}
            expected_places = [places.get(number, -1) for number in wanted.tolist()]
            assert lists.places(at, wanted).tolist() == expected_places
            assert lists.places(at, wanted.astype(np.intp)).tolist() == expected_places
    for _ in range(50):
        low, high = sorted(random.integers(0, len(groups) + 1, 2).tolist())
        together = lists.lists(low, high)
        expected = lists_of(groups[low:high])
        assert np.array_equal(together.values, expected.values)
        assert np.array_equal(together.starts, expected.starts)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    universe=st.sampled_from([1, 300, 70_000, 2**27]),
    seeds=st.lists(st.lists(st.floats(0, 1, exclude_max=True), max_size=80), max_size=12),
)
def test_any_lists_come_back(universe: int, seeds: list[list[float]]) -> None:
    groups = [np.unique(np.array([int(x * universe) for x in seed], dtype=np.uint32)) for seed in seeds]
    lists = packed(groups, universe, 1)
    for at, group in enumerate(groups):
        assert np.array_equal(lists.numbers(at), group)
    assert np.array_equal(lists.lists(0, len(groups)).values, lists_of(groups).values)


def test_one_list_and_many_are_packed_by_the_same_rule() -> None:
    """The reader works out anew how the writer packed a list; for one list by a formula of its own."""
    counts = np.arange(0, 70_000, 37)
    for universe in UNIVERSES:
        together = forms_of(counts, universe)
        alone = [form_of(count, universe) for count in counts.tolist()]
        assert together.tolist() == alone


@pytest.mark.parametrize(("length", "most"), [(100, 24), (1_000, 19), (30_000, 18), (1_000_000, 10)])
def test_bits_a_number(length: int, most: float) -> None:
    universe = 114_000_000
    numbers = np.unique(np.random.default_rng(1).integers(0, universe, length)).astype(np.uint32)
    packer = ListPacker(universe)
    packer.add(lists_of([numbers]))
    size = sum(array.nbytes for array in packer.arrays("a").values())
    assert size * 8 / len(numbers) < most + 8 * 40 / length

from collections.abc import Mapping

import pytest

from index.reposts.components import components

CASES: dict[str, tuple[list[int], Mapping[int, set[int]], set[frozenset[int]]]] = {
    "nothing": ([], {}, set()),
    "alone": ([1], {}, {frozenset({1})}),
    "a pair": ([1], {1: {2}, 2: {1}}, {frozenset({1, 2})}),
    "asked for twice": ([1, 2], {1: {2}, 2: {1}}, {frozenset({1, 2})}),
    "a chain": ([3], {1: {2}, 2: {1, 3}, 3: {2}}, {frozenset({1, 2, 3})}),
    "a ring": ([1], {1: {2, 3}, 2: {1, 3}, 3: {1, 2}}, {frozenset({1, 2, 3})}),
    "two parts": ([1, 3], {1: {2}, 2: {1}, 3: {4}, 4: {3}}, {frozenset({1, 2}), frozenset({3, 4})}),
    "one of two parts": ([1], {1: {2}, 2: {1}, 3: {4}, 4: {3}}, {frozenset({1, 2})}),
}


@pytest.mark.parametrize(("nodes", "graph", "parts"), CASES.values(), ids=CASES.keys())
def test_what_hangs_together_is_one_part(
    nodes: list[int], graph: Mapping[int, set[int]], parts: set[frozenset[int]]
) -> None:
    found = list(components(nodes, lambda node: graph.get(node, set())))
    assert set(found) == parts
    assert len(found) == len(parts)


def test_a_chain_of_any_length_is_one_part() -> None:
    """No recursion: a cluster of thousands is found."""
    chain = components([0], lambda node: {node - 1, node + 1} & set(range(5_000)) if node < 5_000 else ())
    assert [len(part) for part in chain] == [5_000]

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import reduce
from itertools import permutations

import pytest

from index.errors import CorpusDamaged
from index.reposts.cluster import Cluster, Copy, CopyFacts, best_of, cluster_of, earliest_first
from tests.index.reposts.samples import DAY

PLAIN = CopyFacts(key=1, id="a", published=DAY, has_source=True, is_damaged=False, size=500)


def ids(copies: tuple[CopyFacts, ...]) -> list[str]:
    return [copy.id for copy in copies]


def test_copies_come_in_the_order_of_publication_and_those_without_a_date_last() -> None:
    copies = [
        replace(PLAIN, id="undated", published=None),
        replace(PLAIN, id="later", published=DAY + timedelta(hours=1)),
        replace(PLAIN, id="b"),
        replace(PLAIN, id="a", published=DAY.astimezone(UTC)),
        replace(PLAIN, id="first", published=datetime.min.replace(tzinfo=UTC)),
    ]
    for order in permutations(copies):
        assert ids(earliest_first(order)) == ["first", "a", "b", "later", "undated"]


WORSE: dict[str, Callable[[CopyFacts], CopyFacts]] = {
    "cut": lambda copy: replace(copy, size=449),
    "damaged": lambda copy: replace(copy, is_damaged=True),
    "without a source": lambda copy: replace(copy, has_source=False),
    "without a date": lambda copy: replace(copy, published=None),
    "later": lambda copy: replace(copy, published=DAY + timedelta(seconds=1)),
    "a little shorter": lambda copy: replace(copy, size=499),
    "a greater id": lambda copy: copy,
}
"""From what weighs most to what weighs least."""


@pytest.mark.parametrize("spoil", WORSE.values(), ids=WORSE.keys())
def test_the_best_copy_is_better_in_the_first_thing_that_differs(
    spoil: Callable[[CopyFacts], CopyFacts],
) -> None:
    worse = spoil(replace(PLAIN, key=2, id="b"))
    assert best_of([PLAIN, worse]) == best_of([worse, PLAIN]) == PLAIN


@pytest.mark.parametrize("at", range(len(WORSE) - 1), ids=list(WORSE)[:-1])
def test_what_comes_first_outweighs_all_that_follows(at: int) -> None:
    spoils = list(WORSE.values())
    worse = spoils[at](replace(PLAIN, id="a"))
    better = reduce(lambda copy, spoil: spoil(copy), spoils[at + 1 :], replace(PLAIN, id="b"))
    assert best_of([worse, better]) == better


def pairs(graph: Mapping[tuple[int, int], float]) -> Mapping[int, Mapping[int, float]]:
    found: dict[int, dict[int, float]] = {}
    for (first, second), similar in graph.items():
        found.setdefault(first, {})[second] = similar
        found.setdefault(second, {})[first] = similar
    return found


def cluster(copies: list[CopyFacts], graph: Mapping[tuple[int, int], float]) -> Cluster:
    known = pairs(graph)
    return cluster_of(copies, lambda key: known.get(key, {}))


FIRST = replace(PLAIN, key=7, id="first")
SECOND = replace(PLAIN, key=3, id="second", published=DAY + timedelta(days=1))
THIRD = replace(PLAIN, key=5, id="third", published=None)


def test_a_cluster_has_the_id_of_the_copy_stored_first() -> None:
    assert cluster([FIRST, SECOND], {(3, 7): 0.9}) == Cluster(
        id="second", copies=(Copy("first", 1.0), Copy("second", 0.9)), earliest="first", best="first"
    )


@pytest.mark.parametrize(
    ("graph", "similar"),
    [
        ({(7, 3): 0.9, (7, 5): 0.8, (3, 5): 1.0}, 0.8),
        ({(7, 3): 0.9, (3, 5): 0.8}, 0.72),
        ({(7, 3): 0.9, (3, 5): 0.8, (7, 9): 1.0, (9, 5): 0.9}, 0.9),
    ],
    ids=["a pair", "by way of another", "by way of the more similar of two"],
)
def test_a_copy_has_its_similarity_to_the_best(
    graph: Mapping[tuple[int, int], float], similar: float
) -> None:
    copies = cluster([FIRST, SECOND, THIRD], graph).copies
    assert copies[:2] == (Copy("first", 1.0), Copy("second", 0.9))
    assert copies[2].similarity == pytest.approx(similar)


def test_copies_that_no_pair_joins_are_damage() -> None:
    with pytest.raises(CorpusDamaged, match="copies of article first do not hang together"):
        cluster([FIRST, SECOND, THIRD], {(7, 3): 0.9})

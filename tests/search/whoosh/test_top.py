"""Selection of the best beside a plain sort: few and many, with few ties and many, over several segments."""

from random import Random

import numpy as np
import pytest

from search.whoosh.columns import Columns
from search.whoosh.top import best
from tests.search.whoosh.memory_segment import MemorySegment, make_document


def shuffled_columns(count: int, pieces: int, random: Random) -> tuple[Columns, list[str]]:
    names = [f"{number:05}" for number in range(count)]
    random.shuffle(names)
    size = -(-count // pieces)
    segments = [
        MemorySegment([make_document(name) for name in names[at : at + size]]) for at in range(0, count, size)
    ]
    return Columns([(str(at), segment) for at, segment in enumerate(segments)], None), names


@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize("values", [1, 3, 50, 10**9], ids="{} values".format)
@pytest.mark.parametrize("count", [1, 200, 300, 700])
def test_the_best_are_those_of_a_sort(count: int, values: int, pieces: int) -> None:
    random = Random(count * values)
    columns, names = shuffled_columns(count, pieces, random)
    documents = np.arange(columns.count)
    keys = np.array([random.randrange(values) for _ in range(columns.count)], dtype=np.int64)
    expected = sorted(documents.tolist(), key=lambda document: (keys[document], names[document]))
    for first, last in (
        (0, 1),
        (0, 10),
        (5, 12),
        (0, 650),
        (640, 650),
        (0, 10**6),
        (10**6, 10**6 + 1),
        (3, 3),
    ):
        found = best(documents, keys, first, last, columns.ids)
        assert found.tolist() == expected[first:last]


def test_blocks_of_keys_do_not_hide_a_smaller_key() -> None:
    """Enough keys that only blocks are looked at first; ids are numbers here, to have many of them fast."""

    class Numbers:
        @staticmethod
        def ranks(documents: np.ndarray) -> np.ndarray:
            return documents

        @staticmethod
        def first(documents: np.ndarray, count: int) -> np.ndarray:
            return documents[:count]

    random = np.random.default_rng(7)
    for values in (2, 40, 10**9):
        keys = random.integers(0, values, 20_003)
        documents = np.arange(len(keys)) * 2
        expected = np.lexsort((documents, keys))
        for first, last in ((0, 1), (0, 9), (4, 9), (0, 5000), (4990, 5000)):
            found = best(documents, keys, first, last, Numbers())  # type: ignore[arg-type]
            assert found.tolist() == expected[first:last].tolist()


def test_without_keys_the_order_is_that_of_the_ids() -> None:
    columns, names = shuffled_columns(500, 4, Random(3))
    documents = np.arange(0, 500, 3)
    expected = sorted(documents.tolist(), key=names.__getitem__)
    assert documents[best(documents, None, 5, 20, columns.ids)].tolist() == expected[5:20]

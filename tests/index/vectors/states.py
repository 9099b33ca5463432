"""What a table of vectors has to hold, worked out from the articles alone."""

import numpy as np
import pytest

from index.vectors.embedder import Vectors
from index.vectors.table import VectorTable
from tests.index.vectors.folder import RULE, VectorFolder

TOLERANCE = 0.02
"""Of a dot product of two unit vectors whose numbers have a byte each."""


def expected(folder: VectorFolder) -> dict[str, Vectors]:
    """For each article with text, one row for each of its passages."""
    passages = {name: RULE.passages(article) for name, article in folder.stored().items()}
    return {name: folder.embedder.passages(texts) for name, texts in passages.items() if texts}


def assert_holds(table: VectorTable, wanted: dict[str, Vectors]) -> None:
    """These vectors and no others, and a scan that finds the nearest of them."""
    assert set(table.places) == set(wanted)
    assert table.rows == sum(map(len, wanted.values()))
    for name, rows in wanted.items():
        found = table.vectors(name)
        assert found is not None
        np.testing.assert_allclose(found.rows * found.scales[:, None], rows, atol=TOLERANCE)
    if wanted:
        query = next(iter(wanted.values()))[0]
        brute = {name: float((rows @ query).max()) for name, rows in wanted.items()}
        nearest = table.nearest(query, len(wanted) + 3)
        assert {near.id for near in nearest} == set(wanted)
        assert all(abs(near.nearness - brute[near.id]) < TOLERANCE for near in nearest)
        assert [near.nearness for near in nearest] == sorted(
            (near.nearness for near in nearest), reverse=True
        )
        near_by_id = {near.id: near.nearness for near in nearest}
        assert table.nearness(query, [*wanted, "unknown"]) == pytest.approx(near_by_id, abs=1e-5)

"""One hit for each cluster beside a plain walk, also where many copies stand before what is wanted."""

from random import Random

import numpy as np
import pytest

from search.deadline import Deadline
from search.errors import SearchTimeout
from search.whoosh import collapse
from search.whoosh.collapse import best_of_clusters, count_clusters
from search.whoosh.columns import Columns
from tests.search.whoosh.memory_segment import MemorySegment, make_document


def columns_of(clusters: list[int | None], pieces: int) -> Columns:
    size = -(-len(clusters) // pieces)
    documents = [make_document(f"{at * 7 % 1009:04}", cluster=cluster) for at, cluster in enumerate(clusters)]
    segments = [MemorySegment(documents[at : at + size]) for at in range(0, len(documents), size)]
    return Columns([(str(at), segment) for at, segment in enumerate(segments)], None)


@pytest.fixture(params=["one by one", "all at once"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collapse, "DEEP_FROM", 10**6 if request.param == "one by one" else 0)


@pytest.mark.usefixtures("way")
@pytest.mark.parametrize("pieces", [1, 3])
@pytest.mark.parametrize(
    "clusters",
    [
        pytest.param([*range(40), None], id="few copies"),
        pytest.param([1], id="all copies of one"),
        pytest.param([None], id="no copies"),
        pytest.param([None, 1, 1, 1, 1, 2], id="many copies and some without"),
        pytest.param([10**12, 3, None], id="large numbers"),
    ],
)
def test_each_cluster_is_shown_by_its_best(clusters: list[int | None], pieces: int) -> None:
    random = Random(len(clusters))
    chosen = [random.choice(clusters) for _ in range(300)]
    columns = columns_of(chosen, pieces)
    documents = np.array(sorted(random.sample(range(300), 250)))
    for keys in (None, np.array([random.randrange(20) for _ in documents], dtype=np.int64)):
        values = dict(zip(documents.tolist(), [0] * 250 if keys is None else keys.tolist(), strict=True))
        order = sorted(values, key=lambda document: (values[document], columns.ids.id_of(document)))
        first: dict[object, int] = {}
        for document in order:
            cluster = chosen[document]
            first.setdefault(("alone", document) if cluster is None else cluster, document)
        expected = list(first.values())
        assert count_clusters(documents, columns) == len(expected)
        for low, high in ((0, 1), (0, 3), (2, 30), (0, 300), (7, 300), (300, 310)):
            found = best_of_clusters(documents, keys, low, high, columns=columns, deadline=Deadline.never())
            assert found.tolist() == expected[low:high]


@pytest.mark.usefixtures("way")
def test_widening_ends_with_the_deadline() -> None:
    columns = columns_of([1] * 50, 1)
    with pytest.raises(SearchTimeout):
        best_of_clusters(np.arange(50), None, 0, 5, columns=columns, deadline=Deadline(0.0))

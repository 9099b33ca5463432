"""All copies of a new generation are waited for where there are nodes that can hold them."""

from dataclasses import dataclass, field
from typing import Any

import pytest

from index.opensearch.errors import ClusterUnavailable
from index.opensearch.generations import Generation
from index.opensearch.indexes import create_index, wait_until_searchable
from tests.index.opensearch.generation import Place

GENERATION = Generation("news", 1)


@dataclass(slots=True)
class Health:
    """A client of a cluster with so many nodes, whose index wants so many replicas; what it was asked to wait
    for."""

    nodes: int
    replicas: int
    is_served: bool = True
    waited: list[str] = field(default_factory=list)

    @property
    def cluster(self) -> "Health":
        return self

    def health(self, *, index: str, params: dict[str, str], **_: object) -> dict[str, Any]:
        self.waited.append(params["wait_for_status"])
        return {
            "timed_out": not self.is_served,
            "number_of_data_nodes": self.nodes,
            "indices": {index: {"number_of_replicas": self.replicas}},
        }


@pytest.mark.parametrize(
    ("nodes", "replicas", "waited"),
    [
        (1, 0, ["yellow", "green"]),
        (1, 1, ["yellow"]),
        (2, 1, ["yellow", "green"]),
        (3, 1, ["yellow", "green"]),
        (3, 3, ["yellow"]),
    ],
)
def test_all_copies_are_waited_for_where_nodes_can_hold_them(
    nodes: int, replicas: int, waited: list[str]
) -> None:
    health = Health(nodes, replicas)
    wait_until_searchable(health, GENERATION)  # type: ignore[arg-type]
    assert health.waited == waited


def test_without_a_copy_of_each_shard_it_is_not_searched() -> None:
    health = Health(3, 1, is_served=False)
    with pytest.raises(ClusterUnavailable, match="a shard of news-000001 is not in service"):
        wait_until_searchable(health, GENERATION)  # type: ignore[arg-type]
    assert health.waited == ["yellow"]


@pytest.mark.opensearch
def test_a_cluster_with_too_few_nodes_is_searched_at_once(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    health = place.client.cluster.health

    def noted(*, params: dict[str, str], **arguments: Any) -> Any:
        asked.append(params["wait_for_status"])
        return health(params=params, **arguments)

    nodes = int(health()["number_of_data_nodes"])
    published = place.begun().published
    generation = place.generation(2)
    create_index(place.client, generation, published, shards=1, replicas=nodes)
    monkeypatch.setattr(place.client.cluster, "health", noted)
    wait_until_searchable(place.client, generation)
    assert asked == ["yellow"]

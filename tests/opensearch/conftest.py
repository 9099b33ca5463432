"""The node that CI or a developer has started, names of a test's own in it, clusters to be broken."""

from collections.abc import Iterator

import pytest

from tests.opensearch import cluster


@pytest.fixture(scope="session")
def opensearch_url() -> str:
    """The address of a node that all tests share; a test that asks for it is marked `opensearch`."""
    return cluster.node_url()


@pytest.fixture
def prefix(opensearch_url: str) -> Iterator[str]:
    """A prefix for names of indexes; what was made under it is deleted after the test."""
    with cluster.fresh_prefix(opensearch_url) as fresh:
        yield fresh


@pytest.fixture(scope="module")
def three_nodes() -> Iterator[cluster.OwnCluster]:
    """Three nodes of this module's own, to be killed and paused; for tests marked `opensearch` and `slow`."""
    with cluster.own_cluster(3) as own:
        yield own

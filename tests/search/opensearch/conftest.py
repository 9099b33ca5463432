"""What the tests of the engine on a node start from."""

from collections.abc import Iterator

import pytest

from tests.opensearch.cluster import fresh_prefix, node_url
from tests.search.opensearch.library import ClusterLibrary


@pytest.fixture
def library() -> Iterator[ClusterLibrary]:
    """An index that holds nothing yet, of one shard."""
    with fresh_prefix(node_url()) as prefix:
        yield ClusterLibrary(node_url(), prefix)


@pytest.fixture
def sharded() -> Iterator[ClusterLibrary]:
    """The same, of three shards."""
    with fresh_prefix(node_url()) as prefix:
        yield ClusterLibrary(node_url(), prefix, shards=3)

"""What all tests of this folder may ask for."""

from collections.abc import Iterator

import pytest

from tests.index.opensearch.generation import Place, place_at
from tests.index.opensearch.proxy import Proxy, proxy_to
from tests.opensearch.cluster import node_url


@pytest.fixture
def place() -> Iterator[Place]:
    """A prefix of the shared node."""
    with place_at(node_url()) as place:
        yield place


@pytest.fixture
def proxy() -> Iterator[Proxy]:
    """A way to the shared node that can be disturbed."""
    with proxy_to(node_url()) as proxy:
        yield proxy


@pytest.fixture
def disturbed(proxy: Proxy) -> Iterator[Place]:
    """A prefix of the shared node, asked through the proxy."""
    with place_at(proxy.url) as place:
        yield place

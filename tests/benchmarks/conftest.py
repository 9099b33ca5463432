"""A judged collection that is small, with our index of it, and a node."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.judged_collections import SETS, build
from tests.benchmarks.judged_library import SET, write_data
from tests.opensearch import cluster


@pytest.fixture(scope="session")
def judged_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of its articles, queries and judgements."""
    return write_data(tmp_path_factory.mktemp("judged-data"))


@pytest.fixture(scope="session")
def judged_work(tmp_path_factory: pytest.TempPathFactory, judged_data: Path) -> Path:
    """What the benchmarks make of it. Takes some seconds: processes load the dictionary."""
    work = tmp_path_factory.mktemp("judged-work")
    build(work, judged_data, SETS[SET][0])
    return work


@pytest.fixture(scope="session")
def opensearch_url() -> str:
    """The address of a node that all tests share; a test that asks for it is marked `opensearch`."""
    return cluster.node_url()


@pytest.fixture
def arguments(judged_data: Path, judged_work: Path, opensearch_url: str) -> list[str]:
    """What a benchmark is told for a run on the small collection and the node."""
    return [str(judged_data), "--work", str(judged_work), "--url", opensearch_url, "--sets", SET]


@pytest.fixture
def prefix(opensearch_url: str) -> Iterator[str]:
    """A prefix for names of indexes; what was made under it is deleted after the test."""
    with cluster.fresh_prefix(opensearch_url) as fresh:
        yield fresh

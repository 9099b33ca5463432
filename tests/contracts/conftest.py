"""The implementations that the laws are run on."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from tests.both_engines import LIBRARIES
from tests.contracts.document_index import MadeIndex
from tests.engines import ArticleLibrary, DocumentLibrary
from tests.opensearch.cluster import fresh_prefix, node_url
from tests.plan_checks import AVERAGE_LENGTH
from tests.search.opensearch.library import ClusterLibrary


@contextmanager
def in_folder(folder: Path) -> Iterator[MadeIndex]:
    """An index of Whoosh."""
    yield DocumentLibrary(folder, AVERAGE_LENGTH)


@contextmanager
def in_cluster(_folder: Path) -> Iterator[MadeIndex]:
    """An index of OpenSearch, on the node that all tests share."""
    with fresh_prefix(node_url()) as prefix:
        yield ClusterLibrary(node_url(), prefix)


DOCUMENT_INDEXES = (
    pytest.param(in_folder, id="whoosh"),
    pytest.param(in_cluster, id="opensearch", marks=pytest.mark.opensearch),
)
"""Libraries without an analyzer, one for each engine."""


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest, tmp_path: Path, analyzer: Analyzer) -> Iterator[ArticleLibrary]:
    """An index that holds nothing yet."""
    implementation: type[ArticleLibrary] = request.param
    library = implementation(tmp_path / "index", analyzer)
    yield library
    library.discard()


@pytest.fixture(params=DOCUMENT_INDEXES)
def document_library(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MadeIndex]:
    """An index that holds nothing yet."""
    made: Callable[[Path], AbstractContextManager[MadeIndex]] = request.param
    with made(tmp_path / "index") as index:
        yield index

"""Servers for the tests of the admin interface."""

from collections.abc import Iterator

import pytest

from index.analysis.analyzer import Analyzer
from index.data_folder import DataFolder
from tests.both_engines import EngineFactory
from tests.web.admin.service import Service, composing_here, running
from web.admin.storing import Composings


@pytest.fixture(scope="session")
def composings() -> Composings:
    return composing_here()


@pytest.fixture(scope="module")
def service(
    tmp_path_factory: pytest.TempPathFactory,
    analyzer: Analyzer,
    composings: Composings,
    engine_of: EngineFactory,
) -> Iterator[Service]:
    """One server for the tests of a file, each of which has articles of its own."""
    folder = DataFolder(tmp_path_factory.mktemp("admin") / "data")
    with running(folder, analyzer, composings, engine=engine_of()) as service:
        yield service

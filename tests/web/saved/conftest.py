"""Desks; what is costly to load is shared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from tests.both_engines import EngineFactory
from tests.web.saved.desk import Clock, Desk, Kit, open_desk


@pytest.fixture(scope="session")
def kit(analyzer: Analyzer) -> Kit:
    return Kit.load(analyzer)


@pytest.fixture
def desk(tmp_path: Path, kit: Kit) -> Iterator[Desk]:
    """A desk of this test's own, on Whoosh."""
    with open_desk(tmp_path / "data", kit, Clock()) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, kit: Kit, engine_of: EngineFactory) -> Iterator[Desk]:
    """One for all tests of a file that leave nothing behind."""
    root = tmp_path_factory.mktemp("shared") / "data"
    with open_desk(root, kit, Clock(), engine=engine_of()) as opened:
        yield opened

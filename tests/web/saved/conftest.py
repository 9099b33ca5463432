"""Desks; what is costly to load is shared."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from tests.web.saved.desk import Clock, Desk, Kit, open_desk


@pytest.fixture(scope="session")
def kit(analyzer: Analyzer) -> Kit:
    return Kit.load(analyzer)


@pytest.fixture
def desk(tmp_path: Path, kit: Kit) -> Iterator[Desk]:
    """A desk of this test's own."""
    with open_desk(tmp_path / "data", kit, Clock()) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory, kit: Kit) -> Iterator[Desk]:
    """One for all tests of a file that leave nothing behind."""
    with open_desk(tmp_path_factory.mktemp("shared") / "data", kit, Clock()) as opened:
        yield opened

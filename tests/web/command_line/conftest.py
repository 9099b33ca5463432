"""A data folder of three articles: one that all tests read, and copies for those that change it."""

import shutil
from pathlib import Path

import pytest

from tests.commands import lines, run_on
from tests.web.command_line.records import RECORDS


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Not to be changed."""
    folder = tmp_path_factory.mktemp("library") / "data"
    done = run_on(folder, "ingest", "-", stdin=lines(*RECORDS))
    assert done.status == 0, done.message
    return folder


@pytest.fixture
def data(library: Path, tmp_path: Path) -> Path:
    """A copy of the library."""
    return Path(shutil.copytree(library, tmp_path / "data"))

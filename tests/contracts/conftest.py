"""The implementations that the laws are run on."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from tests.engines import Library

INDEXES = (pytest.param(Library, id="whoosh"),)
"""Libraries, one for each engine."""


@pytest.fixture(params=INDEXES)
def library(request: pytest.FixtureRequest, tmp_path: Path, analyzer: Analyzer) -> Library:
    """An index that holds nothing yet."""
    implementation: type[Library] = request.param
    return implementation(tmp_path / "index", analyzer)

"""The implementations that the laws are run on."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from tests.engines import DocumentLibrary, Library
from tests.plan_checks import AVERAGE_LENGTH

INDEXES = (pytest.param(Library, id="whoosh"),)
"""Libraries, one for each engine."""

DOCUMENT_INDEXES = (pytest.param(DocumentLibrary, id="whoosh"),)
"""The same without an analyzer."""


@pytest.fixture(params=INDEXES)
def library(request: pytest.FixtureRequest, tmp_path: Path, analyzer: Analyzer) -> Library:
    """An index that holds nothing yet."""
    implementation: type[Library] = request.param
    return implementation(tmp_path / "index", analyzer)


@pytest.fixture(params=DOCUMENT_INDEXES)
def document_library(request: pytest.FixtureRequest, tmp_path: Path) -> DocumentLibrary:
    """An index that holds nothing yet."""
    implementation: type[DocumentLibrary] = request.param
    return implementation(tmp_path / "index", AVERAGE_LENGTH)

"""A small library behind an application, fresh for each test."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from tests.engines import Library, no_rules
from tests.web.formats.world import ARTICLES, World


@pytest.fixture
def world(tmp_path: Path, analyzer: Analyzer) -> World:
    library = Library(tmp_path, analyzer)
    library.build(ARTICLES)
    return World(library, no_rules(analyzer.folding))

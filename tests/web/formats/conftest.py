"""A small library behind an application, fresh for each test."""

import pytest

from index.analysis.analyzer import Analyzer
from tests.both_engines import LibraryFactory
from tests.engines import no_rules
from tests.web.formats.world import ARTICLES, World


@pytest.fixture
def world(library_of: LibraryFactory, analyzer: Analyzer) -> World:
    library = library_of()
    library.build(ARTICLES)
    return World(library, no_rules(analyzer.folding))

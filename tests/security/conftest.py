"""The real application over an index of a hundred articles."""

from collections.abc import Iterator
from random import Random

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from tests.engines import Library, from_reference, regions_of
from tests.search.suggestions.shelf import open_shelf
from tests.strategies import articles
from web.app import create_app
from web.settings import WebSettings

ARTICLES = 100


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer) -> Library:
    """Random articles of frequent words, so that most of what is asked for is found somewhere."""
    library = Library(tmp_path_factory.mktemp("hostile"), analyzer)
    library.build(map(from_reference, articles(Random(8), ARTICLES)))
    return library


@pytest.fixture(scope="session")
def site(library: Library) -> Iterator[TestClient]:
    """A client to the application, suggestions and all; what fails inside is answered and not raised."""
    app = create_app(
        library.service(),
        WebSettings(kept_answer_bytes=0),
        regions_of(library.analyzer.folding),
        suggestions=open_shelf(library),
    )
    with TestClient(app, follow_redirects=False, raise_server_exceptions=False) as client:
        yield client

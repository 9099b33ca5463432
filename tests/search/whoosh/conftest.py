"""What the tests of the engine start from."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.durable import sha256_of
from tests.engines import Library
from tests.index_states import some_articles


@pytest.fixture
def library(tmp_path: Path, analyzer: Analyzer) -> Library:
    """Two generations: abc, and then abcd, which is live."""
    library = Library(tmp_path / "index", analyzer)
    library.build(some_articles("abc"))
    library.build(some_articles("abcd", seed=1))
    return library


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the files that are verified from now on."""
    names: list[str] = []

    def recorded(path: Path) -> str:
        names.append(path.name)
        return sha256_of(path)

    monkeypatch.setattr("index.whoosh.files.sha256_of", recorded)
    return names

"""An article that lost a bit in the database: nobody is shown it, all else goes on, and `check` names it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index.analysis.analyzer import Analyzer
from index.check import Place, check_folder
from index.data_folder import DataFolder
from index.regions.resolve import RegionResolver
from index.regions.tree import Regions
from tests.index.corpus.copies import spoil
from tests.index.corpus.samples import numbered, store
from web.app import create_app
from web.serving.opening import Opened, open_search
from web.settings import WebSettings

DAMAGES = {
    "its text": "UPDATE article SET body = body || 'x' WHERE id = 'article-0001'",
    "its time": "UPDATE article SET published = 'yesterday' WHERE id = 'article-0001'",
    "what came in": "UPDATE original SET encoding = 'big5' WHERE key = 1",
}


@pytest.fixture
def opened(tmp_path: Path, analyzer: Analyzer) -> Iterator[Opened]:
    """Three articles, in the index."""
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, *(numbered(number) for number in (1, 2, 3)))
    with open_search(folder, analyzer) as opened:
        opened.upkeep.catch_up(lambda _: None)
        yield opened


def found(client: TestClient) -> list[str]:
    answer = client.get("/api/v1/search?q=通知")
    assert answer.status_code == 200
    return sorted(result["id"] for result in answer.json()["results"])


@pytest.mark.parametrize("damage", DAMAGES)
def test_it_is_nowhere_shown_and_stops_nothing(opened: Opened, damage: str, analyzer: Analyzer) -> None:
    folder = opened.upkeep.folder
    others = ["article-0002", "article-0003"]
    hits = ["article-0001", *others] if damage == "what came in" else others
    spoil(folder, DAMAGES[damage])
    regions = RegionResolver.load(analyzer.folding, Regions.load())
    client = TestClient(create_app(opened.service, WebSettings(), regions))
    for _ in ("indexed before the damage", "indexed after it"):
        assert found(client) == hits
        for path in ("/api/v1/articles/article-0001", "/articles/article-0001"):
            assert client.get(path).status_code == 410
        for path in ("/", "/search?q=通知", "/articles/article-0002", "/readyz"):
            assert client.get(path).status_code == 200
        [finding] = check_folder(folder, opened.upkeep.store)
        assert finding.place is Place.ARTICLES
        assert "article-0001" in finding.detail
        opened.upkeep.rebuild(lambda _: None, "asked for")
    store(folder, numbered(4))
    opened.upkeep.catch_up(lambda _: None)
    assert found(client) == [*hits, "article-0004"]

"""`check` on a cluster: what differs from the journal, or between copies, is found and named."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.check import Finding, Place
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.opensearch import check
from index.opensearch.check import differences
from index.opensearch.cluster import Cluster
from index.opensearch.mapping import WORDS
from index.opensearch.published import Scoring
from search.ranking import TUNED
from tests.index.corpus.samples import numbered, store
from web.commands.indexing import bring_up_to_date
from web.commands.maintenance import check as check_all
from web.serving.opening import open_search

pytestmark = pytest.mark.opensearch


@dataclass(frozen=True, slots=True)
class Library:
    """Some articles, and their index in a cluster."""

    folder: DataFolder
    analyzer: Analyzer
    engine: EngineSettings
    cluster: Cluster

    @property
    def index(self) -> str:
        return f"{self.engine.prefix}-000001"

    def findings(self) -> list[Finding]:
        return list(check_all(self.folder, self.analyzer, engine=self.engine))

    def overwrite(self, article_id: str, **values: object) -> None:
        """Change a document behind the program's back."""
        client = self.cluster.client
        found = client.search(index=self.index, body={"query": {"term": {"id": article_id}}})
        (hit,) = found["hits"]["hits"]
        client.index(index=self.index, id=hit["_id"], body={**hit["_source"], **values}, refresh="true")


@pytest.fixture
def library(opensearch_url: str, prefix: str, tmp_path: Path, analyzer: Analyzer) -> Iterator[Library]:
    engine = EngineSettings(
        engine=EngineName.OPENSEARCH, urls=(opensearch_url,), prefix=prefix, replicas=0, shards=2
    )
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, *map(numbered, range(9)))
    with open_search(folder, analyzer, engine=engine) as opened:
        bring_up_to_date(opened.upkeep, 9)
    with closing(Cluster.connect(engine, Scoring(k1=TUNED.k1, b=TUNED.b))) as cluster:
        yield Library(folder, analyzer, engine, cluster)


def test_a_whole_index_has_no_findings(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    assert library.findings() == []
    # Also where it is compared in several ranges, and in several requests.
    monkeypatch.setattr(check, "RANGE", 2)
    monkeypatch.setattr(check, "RANGES", 2)
    assert library.findings() == []


@pytest.mark.parametrize("size", [1, 2, 9, 10])
def test_an_article_in_an_older_state_is_named(
    library: Library, monkeypatch: pytest.MonkeyPatch, size: int
) -> None:
    monkeypatch.setattr(check, "RANGE", size)
    monkeypatch.setattr(check, "RANGES", 3)
    name = numbered(4).id
    library.overwrite(name, seq=1, words="%|1")
    told = list(library.cluster.differences(entries(library)))
    assert told == [f"it holds 1 articles in another state than the newest: {name}"]


def entries(library: Library) -> check.NextEntries:
    """The journal as it is, read once."""
    with CorpusReader.open(library.folder) as articles:
        found = articles.newest_entries("", 1_000)

    def following(after: str, limit: int) -> Sequence[tuple[str, int]]:
        return [entry for entry in found if entry[0] > after][:limit]

    return following


def test_a_copy_that_has_lost_terms_is_found(library: Library) -> None:
    """As one that was made anew from history without them: all articles are there, and not found by words."""
    name = numbered(4).id
    with_words = library.cluster.client.search(
        index=library.index, body={"query": {"term": {"id": name}}, "_source": True}
    )["hits"]["hits"][0]["_source"]
    assert WORDS not in with_words
    library.overwrite(name)
    found = library.findings()
    assert [finding.place for finding in found] == [Place.COPIES]
    assert "knows the words of" in found[0].detail


def test_where_there_is_no_index_nothing_differs(library: Library) -> None:
    assert list(differences(library.cluster.client, f"{library.engine.prefix}-none", entries(library))) == []

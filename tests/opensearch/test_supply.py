"""What machines without a data folder need is in the cluster, as it is in the folder, and stays there."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWord, UserWords
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.factory import open_cluster
from index.indexer import never
from index.opensearch.article_index import ArticlesMissing
from index.opensearch.cluster import Cluster
from index.served_place import RuleFiles, WordsMissing
from index.upkeep import Upkeep, copy_articles
from index.writer_lock import WriterLock
from search.ranking import TUNED
from search.suggestions.fetched import SHARED_NAME, FetchedVocabulary, content_version
from search.suggestions.suggestion import SuggestionKind
from search.suggestions.syllables import load_syllables
from search.suggestions.vocabulary import Term, Vocabulary
from search.suggestions.vocabulary_file import VocabularyFile
from search.synonyms.rules import SynonymsInvalid
from tests.index.corpus.samples import numbered, store
from tests.opensearch.cluster import ask, fresh_prefix
from web.serving.supply import LOOK_S, Supply

pytestmark = pytest.mark.opensearch

GROUP = "武汉都市圈, 武汉城市圈\n"


@dataclass(slots=True)
class Site:
    """A folder with an article, a cluster that it supplies, and a clock to turn."""

    folder: DataFolder
    cluster: Cluster
    analyzer: Analyzer
    now: float = 0.0

    def supply(self) -> Supply:
        copy = partial(copy_articles, self.folder, self.cluster)
        return Supply(self.folder, self.cluster, lambda: self.analyzer, copy, lambda: self.now)

    def wait(self) -> None:
        """Until the cluster is looked at though nothing has changed."""
        self.now += LOOK_S

    def write_vocabulary(self, *words: str) -> bytes:
        """Suggestions as if they had been made of the index."""
        terms = (Term(SuggestionKind.WORD, word, word, 1) for word in words)
        file = VocabularyFile.of(self.folder)
        file.make_folder()
        file.write(Vocabulary.of("1.1 1", terms, self.analyzer.folding, load_syllables()))
        return file.path.read_bytes()


@pytest.fixture
def site(opensearch_url: str, tmp_path: Path, analyzer: Analyzer) -> Iterator[Site]:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    with fresh_prefix(opensearch_url) as prefix:
        settings = EngineSettings(
            engine=EngineName.OPENSEARCH, urls=(opensearch_url,), prefix=prefix, replicas=0
        )
        with open_cluster(settings, k1=TUNED.k1, b=TUNED.b) as cluster:
            yield Site(folder, cluster, analyzer)


def test_rules_come_as_they_are_written_and_go_with_their_file(site: Site) -> None:
    supply, state = site.supply(), site.cluster.state()
    supply.tend(never)
    assert state.rules() == RuleFiles()
    site.folder.synonyms.write_text(GROUP, encoding="utf-8")
    supply.tend(never)
    assert state.rules() == RuleFiles(synonyms=GROUP.encode())
    site.folder.synonyms.unlink()
    supply.tend(never)
    assert state.rules() == RuleFiles()


def test_of_a_file_with_a_fault_nothing_comes_and_the_rest_does(site: Site) -> None:
    supply, state = site.supply(), site.cluster.state()
    site.folder.synonyms.write_text(GROUP, encoding="utf-8")
    supply.tend(never)
    site.folder.synonyms.write_text("武汉都市圈 =>\n", encoding="utf-8")
    site.folder.pinned.write_text("武汉 => a1\n", encoding="utf-8")
    data = site.write_vocabulary("武汉城市圈")
    for _ in range(2):
        with pytest.raises(SynonymsInvalid):
            supply.tend(never)
    assert state.rules() == RuleFiles(synonyms=GROUP.encode())
    assert site.cluster.files().version(SHARED_NAME) == content_version(data)


def test_what_somebody_has_removed_comes_again(site: Site) -> None:
    site.folder.pinned.write_text("武汉 => a1\n", encoding="utf-8")
    site.write_vocabulary("武汉城市圈")
    supply = site.supply()
    supply.tend(never)
    ask(site.cluster.settings.urls[0], f"/{site.cluster.settings.prefix}-state", method="DELETE")
    # Control: it is not looked for each time.
    supply.tend(never)
    assert site.cluster.state().rules() == RuleFiles()
    site.wait()
    supply.tend(never)
    assert site.cluster.state().rules() == RuleFiles(pinned="武汉 => a1\n".encode())
    assert site.cluster.files().version(SHARED_NAME) is not None
    assert site.cluster.state().words(site.analyzer.version) == site.analyzer.added


def test_suggestions_are_read_when_there_are_others(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[bytes] = []

    def noted(data: bytes) -> str:
        read.append(data)
        return content_version(data)

    monkeypatch.setattr("web.serving.supply.content_version", noted)
    supply = site.supply()
    expected = []
    for words in (("武汉城市圈",), ("长株潭",)):
        expected.append(site.write_vocabulary(*words))
        for _ in range(2):
            supply.tend(never)
            site.wait()
    assert read == expected


def test_articles_come_where_nothing_is_to_be_indexed(site: Site) -> None:
    """As after an upgrade of a program that brought none."""
    Upkeep.of(site.folder, site.analyzer, site.cluster).catch_up(lambda _: None)
    prefix = site.cluster.settings.prefix
    ask(site.cluster.settings.urls[0], f"/{prefix}-articles-000001", method="DELETE")
    with WriterLock(site.folder.index_lock):
        # Whoever is indexing brings them.
        site.supply().tend(never)
    with pytest.raises(ArticlesMissing):
        site.cluster.articles().stats()
    site.supply().tend(never)
    assert site.cluster.articles().stats().articles == 1


def test_suggestions_are_mapped_elsewhere_as_they_were_made(site: Site) -> None:
    fetched = FetchedVocabulary(site.cluster.files(), load_syllables())
    fetched.follow()
    assert fetched.current() is None
    supply = site.supply()
    for words in (("武汉城市圈",), ("长株潭", "武汉城市圈")):
        site.write_vocabulary(*words)
        supply.tend(never)
        fetched.follow()
        vocabulary = fetched.current()
        assert vocabulary is not None
        assert sorted(vocabulary.words.typed) == sorted(words)
    fetched.follow()
    assert fetched.current() is vocabulary


def test_a_rebuild_writes_the_articles_anew_and_a_scrub_forgets_words(site: Site) -> None:
    upkeep = Upkeep.of(site.folder, site.analyzer, site.cluster)
    upkeep.catch_up(lambda _: None)
    state, prefix = site.cluster.state(), site.cluster.settings.prefix
    other = load_analyzer(site.analyzer.folding, UserWords((UserWord("科创走廊"),)))
    state.put_words(other)
    upkeep.rebuild(lambda _: None, "asked for")
    found = ask(site.cluster.settings.urls[0], f"/_cat/indices/{prefix}-articles-*?format=json&h=index")
    assert found == [{"index": f"{prefix}-articles-000002"}]
    upkeep.scrub()
    assert state.words(site.analyzer.version) == site.analyzer.added
    with pytest.raises(WordsMissing):
        state.words(other.version)

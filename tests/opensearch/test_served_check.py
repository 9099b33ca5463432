"""`check` on a cluster: what machines without a data folder read is compared with what is stored."""

import zlib
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest
from opensearchpy.exceptions import NotFoundError

from index import served_check
from index.analysis.analyzer import Analyzer
from index.analysis.user_words import UserWord, UserWords
from index.article_copy import Record
from index.check import Finding, Place
from index.corpus.copying import CorpusCopySource
from index.data_folder import DataFolder
from index.engine_settings import EngineName, EngineSettings
from index.factory import open_cluster
from index.opensearch import copy_check, stray_documents
from index.opensearch.article_index import find_copies, write_state
from index.opensearch.cluster import Cluster
from index.served_place import RuleFiles, StateFile
from index.upkeep import Upkeep
from search.ranking import TUNED
from search.suggestions.fetched import SHARED_NAME
from search.suggestions.vocabulary_file import VocabularyFile
from tests.index.corpus.copies import CUT, FIRST, spoil
from tests.index.corpus.samples import numbered, remove, store
from tests.opensearch.cluster import ask, fresh_prefix
from web.commands.maintenance import check

pytestmark = pytest.mark.opensearch

GONE = "article-0009"


@dataclass(frozen=True, slots=True)
class Site:
    """A folder with articles, two of them copies, and one that was deleted; all of it in a cluster. `former`
    are the documents that were changed behind the program's back, None for those that were not there."""

    folder: DataFolder
    analyzer: Analyzer
    cluster: Cluster
    source: CorpusCopySource
    former: dict[str, Mapping[str, Any] | None] = field(default_factory=dict)

    @property
    def index(self) -> str:
        return f"{self.cluster.settings.prefix}-articles-000001"

    def catch_up(self) -> None:
        Upkeep.of(self.folder, self.analyzer, self.cluster).catch_up(lambda _: None)

    def findings(self) -> list[Finding]:
        return list(check(self.folder, self.analyzer, engine=self.cluster.settings))

    def differing(self, source: CorpusCopySource | None = None) -> list[str]:
        return list(self.cluster.copied_differences(source or self.source))

    def document(self, key: str) -> Mapping[str, Any]:
        """Of the index of articles; raises NotFoundError."""
        found: Mapping[str, Any] = self.cluster.client.get(index=self.index, id=key)["_source"]
        return found

    def write(self, key: str, document: Mapping[str, Any]) -> None:
        self._remember(key)
        self.cluster.client.index(index=self.index, id=key, body=dict(document), refresh="true")

    def delete(self, key: str) -> None:
        self._remember(key)
        self.cluster.client.delete(index=self.index, id=key, refresh="true")

    def restore(self) -> None:
        """Undo what was written and deleted."""
        for key, document in tuple(self.former.items()):
            if document is None:
                self.delete(key)
            else:
                self.write(key, document)
        self.former.clear()

    def _remember(self, key: str) -> None:
        if key not in self.former:
            try:
                self.former[key] = self.document(key)
            except NotFoundError:
                self.former[key] = None

    def cluster_key(self) -> str:
        return f"cluster:{self.document('article:first')['cluster']}"


@contextmanager
def made(url: str, root: Path, analyzer: Analyzer) -> Iterator[Site]:
    folder = DataFolder(root / "data")
    folder.create()
    store(folder, *map(numbered, range(10)), FIRST, CUT)
    remove(folder, GONE)
    with ExitStack() as stack:
        settings = EngineSettings(
            engine=EngineName.OPENSEARCH,
            urls=(url,),
            prefix=stack.enter_context(fresh_prefix(url)),
            shards=2,
            replicas=0,
        )
        cluster = stack.enter_context(open_cluster(settings, k1=TUNED.k1, b=TUNED.b))
        source = stack.enter_context(closing(CorpusCopySource.open(folder)))
        site = Site(folder, analyzer, cluster, source)
        site.catch_up()
        yield site


@pytest.fixture(autouse=True)
def settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """What differs in these tests stays as it is."""
    monkeypatch.setattr(served_check, "SETTLE_S", 0.0)


@pytest.fixture(scope="module")
def common_site(
    opensearch_url: str, tmp_path_factory: pytest.TempPathFactory, analyzer: Analyzer
) -> Iterator[Site]:
    with made(opensearch_url, tmp_path_factory.mktemp("checked"), analyzer) as site:
        yield site


@pytest.fixture
def site(common_site: Site) -> Iterator[Site]:
    """For tests that change documents and nothing else."""
    yield common_site
    common_site.restore()
    # The control of all of these tests.
    assert common_site.differing() == []


@pytest.fixture
def site_of_its_own(opensearch_url: str, tmp_path: Path, analyzer: Analyzer) -> Iterator[Site]:
    with made(opensearch_url, tmp_path, analyzer) as site:
        assert site.differing() == []
        yield site


def test_where_all_is_as_it_is_stored_nothing_is_told(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    assert site.findings() == []
    in_small_steps(monkeypatch)
    assert site.differing() == []


def in_small_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copy_check, "RECORDS", 2)
    monkeypatch.setattr(copy_check, "CLUSTERS", 1)
    monkeypatch.setattr(stray_documents, "LISTED", 2)


def changed_bytes(document: Mapping[str, Any]) -> Mapping[str, Any]:
    data = bytearray(b64decode(document["data"]))
    data[len(data) // 2] ^= 1
    return {**document, "data": b64encode(bytes(data)).decode()}


CHANGES: dict[str, Callable[[Mapping[str, Any]], Mapping[str, Any]]] = {
    "its content": changed_bytes,
    "no content": lambda document: {key: value for key, value in document.items() if key != "data"},
    "an older entry": lambda document: {**document, "seq": 1},
    "its kind": lambda document: {**document, "kind": "deleted"},
    "a fault": lambda document: {**document, "fault": "it was damaged"},
}


@pytest.mark.parametrize("kind", ["article", "original"])
@pytest.mark.parametrize("change", CHANGES)
def test_a_copy_that_was_changed_is_named(site: Site, kind: str, change: str) -> None:
    key = f"{kind}:article-0004"
    site.write(key, CHANGES[change](site.document(key)))
    [told] = site.differing()
    assert "1 are not as they are stored: article-0004; run `policy-search rebuild`" in told


def test_it_is_a_finding_of_a_place_of_its_own(site: Site) -> None:
    site.delete("original:article-0004")
    [finding] = site.findings()
    assert finding.place is Place.SERVED


def test_a_copy_of_another_article_in_its_place_is_named(site: Site) -> None:
    other = {**site.document("article:article-0005"), "id": "article-0004"}
    site.write("article:article-0004", other | {"seq": site.document("article:article-0004")["seq"]})
    [told] = site.differing()
    assert "not as they are stored: article-0004" in told


@pytest.mark.parametrize("change", ["its content", "no content", "its kind"])
def test_copies_that_hang_together_otherwise_are_named(site: Site, change: str) -> None:
    key = site.cluster_key()
    site.write(key, CHANGES[change](site.document(key)))
    [told] = site.differing()
    assert "of the groups of copies" in told
    assert f"not as they are stored: {key.partition(':')[2]}" in told


def test_what_is_missing_is_named_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_steps(monkeypatch)
    for key in ("article:article-0002", "original:article-0002", "original:article-0007", f"article:{GONE}"):
        site.delete(key)
    [told] = site.differing()
    assert f"3 are missing: article-0002, article-0007, {GONE};" in told


def test_one_too_many_is_named(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    in_small_steps(monkeypatch)
    article = site.document("article:article-0004")
    strays = {
        "article:unknown": {**article, "id": "unknown"},
        f"original:{GONE}": {**site.document("original:article-0004"), "id": GONE},
        "again": article,
        "cluster:99999": site.document(site.cluster_key()),
        "nothing": {"kind": "deleted"},
    }
    for key, document in strays.items():
        site.write(key, document)
    [told] = site.differing()
    assert f"5 documents belong to nothing stored: {', '.join(sorted(strays))};" in told


def test_one_too_many_is_seen_though_another_is_missing(site: Site) -> None:
    site.delete("original:article-0002")
    site.write("article:unknown", {**site.document("article:article-0004"), "id": "unknown"})
    missing, stray = site.differing()
    assert "missing: article-0002" in missing
    assert "stored: article:unknown" in stray


def test_a_copy_that_was_packed_otherwise_is_as_it_is_stored(site: Site) -> None:
    document = site.document("article:article-0004")
    packed = zlib.compress(zlib.decompress(b64decode(document["data"])), level=1)
    other = b64encode(packed).decode()
    assert other != document["data"]
    site.write("article:article-0004", {**document, "data": other})
    assert site.differing() == []


def test_what_is_damaged_in_the_database_is_told_there_alone(site_of_its_own: Site) -> None:
    site = site_of_its_own
    spoil(site.folder, "UPDATE article SET title = 'x' WHERE id = 'article-0004'")
    assert [finding.place for finding in site.findings()] == [Place.ARTICLES]


class Moving(CorpusCopySource):
    """Reads articles of which one is changed, and copied, while the first of them are read."""

    then: Callable[[], None]

    def records(self, after: int, limit: int, max_bytes: int) -> Sequence[Record]:
        found = super().records(after, limit, max_bytes)
        self.then()
        self.then = lambda: None
        return found


def test_what_changes_meanwhile_is_left_to_the_next_check(site_of_its_own: Site) -> None:
    site = site_of_its_own
    site.delete("original:article-0002")

    def change() -> None:
        store(site.folder, replace(numbered(4), body="新的正文"), numbered(11))
        remove(site.folder, "article-0005")
        site.catch_up()

    with closing(Moving.open(site.folder)) as source:
        assert isinstance(source, Moving)
        source.then = change
        [told] = site.differing(source)
    assert "1 are missing: article-0002" in told


def test_articles_of_another_journal_of_too_few_entries_or_none_are_told(site_of_its_own: Site) -> None:
    site = site_of_its_own
    client, prefix = site.cluster.client, site.cluster.settings.prefix
    [found] = find_copies(client, prefix)
    assert found.state is not None
    newest, *older = found.state.recent
    for entry, reason in (
        (replace(newest, fingerprint="another"), "of another journal, whose entry"),
        (replace(newest, sequence=newest.sequence - 1), "and an index up to"),
    ):
        write_state(client, found.generation, replace(found.state, recent=(entry, *older)))
        [told] = site.differing()
        assert reason in told
    ask(site.cluster.settings.urls[0], f"/{site.index}", method="DELETE")
    [told] = site.differing()
    assert "have no articles to read; run `policy-search index`" in told
    site.catch_up()
    assert site.differing() == []


def test_words_rules_and_suggestions_are_compared(site_of_its_own: Site) -> None:
    site = site_of_its_own
    state, files = site.cluster.state(), site.cluster.files()
    site.folder.synonyms.write_text("武汉都市圈, 武汉城市圈\n", encoding="utf-8")
    vocabulary = VocabularyFile.of(site.folder)
    vocabulary.make_folder()
    vocabulary.path.write_bytes(b"suggestions")
    state.put_words(replace(site.analyzer, added=UserWords((UserWord("科创走廊"),))))
    findings = site.findings()
    assert {finding.place for finding in findings} == {Place.SERVED}
    told = [finding.detail for finding in findings]
    for part, detail in zip(("other added words", "synonyms.txt", "another vocabulary"), told, strict=True):
        assert part in detail
    state.put_words(site.analyzer)
    state.put_rules(RuleFiles(synonyms=site.folder.synonyms.read_bytes()))
    files.put(SHARED_NAME, StateFile("1", b"suggestions"))
    assert site.findings() == []

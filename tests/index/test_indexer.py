import os
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index import indexer as indexer_module
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.documents import to_document
from index.errors import StorageFailed
from index.generation import current, newest_first
from index.indexer import Indexer
from index.whoosh.store import WhooshStore
from index.whoosh.writer import WhooshWriter
from index.writer import START_AVERAGE_LENGTH
from index.writer_lock import WriterLock
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.index.corpus.samples import ORIGINAL
from tests.index_states import answers, assert_same, ids, some_articles


class Site:
    """A data folder with its database and its index, and an engine that follows it."""

    def __init__(self, root: Path, analyzer: Analyzer) -> None:
        self.folder = DataFolder(root)
        self.folder.create()
        self.analyzer = analyzer
        self.store = WhooshStore(self.folder.index, analyzer.version)
        self.engine = WhooshEngine(self.folder.index, analyzer.version, Ranking())
        self.change([])

    def change(self, puts: list[Article], *deletes: str) -> None:
        """One transaction on the database; the index is not touched."""
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            for article in puts:
                writer.put(article, ORIGINAL)
            for name in deletes:
                writer.delete(name)
            writer.commit()

    def run(self, step: Callable[[Indexer], object]) -> None:
        """Run a step with an indexer."""
        with CorpusReader.open(self.folder) as journal:
            step(Indexer(journal, self.analyzer, self.store))

    def indexed(self) -> int:
        """How many changes a catch-up indexes."""
        report = self.catch_up()
        return 0 if report is None else report[1]

    def commit(self) -> int:
        """The number of the newest commit in its generation."""
        return int(self.engine.snapshot().generation.split(".")[1])

    def catch_up(self) -> tuple[str, int, str | None] | None:
        """Generation, number of changes and reason of the rebuild, if any; None if nothing was to do."""
        with CorpusReader.open(self.folder) as journal:
            report = Indexer(journal, self.analyzer, self.store).catch_up(lambda _: None)
        return None if report is None else (report.generation, report.changes, report.rebuilt)

    def rebuild(self) -> None:
        self.run(lambda indexer: indexer.rebuild(lambda _: None, reason="asked for"))

    def ids(self) -> set[str]:
        return ids(self.engine.snapshot(), self.analyzer)


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    """Articles a to d in the database and in the index."""
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles("abcd"))
    site.catch_up()
    return site


@pytest.fixture
def expected(tmp_path: Path, analyzer: Analyzer) -> Site:
    """Another site, for what a rebuild of the same articles answers."""
    return Site(tmp_path / "expected", analyzer)


def test_the_first_catch_up_builds_the_index(tmp_path: Path, analyzer: Analyzer) -> None:
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles("abc"), "b")
    report = site.catch_up()
    assert report == ("1.2", 3, "no index has been built yet; run `policy-search rebuild`")
    assert site.ids() == {"a", "c"}


def test_an_empty_database_has_an_empty_index(tmp_path: Path, analyzer: Analyzer) -> None:
    site = Site(tmp_path / "data", analyzer)
    assert site.catch_up() == ("1.1", 0, "no index has been built yet; run `policy-search rebuild`")
    assert site.ids() == set()
    assert site.engine.snapshot().average_length == START_AVERAGE_LENGTH
    assert site.catch_up() is None


def test_with_nothing_to_do_nothing_is_published(site: Site) -> None:
    before = site.engine.snapshot()
    assert site.catch_up() is None
    site.change(some_articles("abcd"), "unknown")
    assert site.catch_up() is None
    assert site.engine.snapshot() is before


def test_changes_and_deletes_are_followed(site: Site, expected: Site) -> None:
    site.change(some_articles("bcx", seed=1), "a")
    site.change(some_articles("y"), "x")
    assert site.catch_up() == ("1.3", 5, None)
    assert site.ids() == {"b", "c", "d", "y"}
    assert site.engine.snapshot().sequence == 10
    expected.change([*some_articles("d"), *some_articles("bc", seed=1), *some_articles("y")])
    expected.catch_up()
    live = expected.store.live()
    live.commit(live.sequence, site.engine.snapshot().average_length)
    assert_same(answers(site.engine, site.analyzer), answers(expected.engine, site.analyzer))


def test_an_article_that_came_back_is_found(site: Site) -> None:
    site.change([], "a")
    site.change(some_articles("a"))
    site.catch_up()
    assert site.ids() == set("abcd")


def test_what_was_stored_before_a_crash_is_caught_up_afterwards(site: Site) -> None:
    """The articles were acknowledged; the process died before it indexed them."""
    site.change(some_articles("ef"), "a")
    assert site.ids() == set("abcd")
    restarted = Site(site.folder.root, site.analyzer)
    assert restarted.catch_up() == ("1.3", 3, None)
    assert site.ids() == restarted.ids() == set("bcdef")


def fail_in_commit(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The commit with this number, counted from 1, fails as on a full disk."""
    commit = WhooshWriter.commit
    numbers = iter(range(1, 100))

    def failing(self: WhooshWriter, sequence: int, average_length: float) -> str:
        if next(numbers) == number:
            raise StorageFailed("no space left")
        return commit(self, sequence, average_length)

    monkeypatch.setattr(WhooshWriter, "commit", failing)


def test_batches_that_were_committed_are_not_indexed_again(
    site: Site, expected: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH_CHANGES", 3)
    site.change(some_articles("efghijkl", seed=1), "a")
    with monkeypatch.context() as patch:
        fail_in_commit(patch, 3)
        with pytest.raises(StorageFailed):
            site.catch_up()
    assert site.ids() == set("abcdefghij")
    assert site.indexed() == 3
    assert site.ids() == set("bcdefghijkl")


@pytest.mark.parametrize("number", [1, 2, 3, 4])
def test_a_rebuild_that_dies_half_way_is_never_seen_and_begins_again(
    site: Site, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH_CHANGES", 2)
    site.change(some_articles("ef"))
    site.catch_up()
    before = answers(site.engine, analyzer)
    with monkeypatch.context() as patch:
        fail_in_commit(patch, number)
        with pytest.raises(StorageFailed):
            site.rebuild()
    assert answers(site.engine, analyzer) == before
    assert site.catch_up() is None
    site.rebuild()
    assert site.ids() == set("abcdef")
    assert len(list(newest_first(site.folder.index))) == 2
    assert not list(site.folder.index.glob("new-gen-*"))


def test_a_first_build_that_died_half_way_begins_again(
    tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH_CHANGES", 2)
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles("abcdef"))
    with monkeypatch.context() as patch:
        fail_in_commit(patch, 3)
        with pytest.raises(StorageFailed):
            site.catch_up()
    with pytest.raises(IndexUnavailable):
        site.engine.snapshot()
    assert site.indexed() == 6
    assert site.ids() == set("abcdef")


def cut_a_segment(site: Site) -> None:
    [segment, *_] = current(site.folder.index).folder.glob("*.seg")
    os.truncate(segment, 50)


def lose_the_manifest(site: Site) -> None:
    current(site.folder.index).manifest_path.unlink()


def lose_current(site: Site) -> None:
    (site.folder.index / "CURRENT").unlink()


def lose_everything(site: Site) -> None:
    shutil.rmtree(site.folder.index)


def change_the_format(site: Site) -> None:
    live = current(site.folder.index)
    live.publish(replace(live.manifest(), format="whoosh-0"))


def change_the_analyzer(site: Site) -> None:
    live = current(site.folder.index)
    live.publish(replace(live.manifest(), analyzer="of yesterday"))


@pytest.mark.parametrize(
    ("harm", "reason"),
    [
        (cut_a_segment, "gen-00000001 is damaged: MAIN_"),
        (lose_the_manifest, "gen-00000001 is damaged: the manifest cannot be read"),
        (lose_current, "no index has been built yet"),
        (lose_everything, "no index has been built yet"),
        (change_the_format, "made by whoosh-0"),
        (change_the_analyzer, "with analyzer of yesterday"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_an_index_that_cannot_be_used_is_rebuilt_with_the_reason(
    site: Site, analyzer: Analyzer, harm: Callable[[Site], None], reason: str
) -> None:
    before = answers(site.engine, analyzer)
    harm(site)
    report = site.catch_up()
    assert report is not None
    assert report[1] == 4
    assert report[2] is not None
    assert reason in report[2]
    assert_same(answers(site.engine, analyzer), before)
    assert site.catch_up() is None


def test_while_a_damaged_index_is_rebuilt_the_one_before_answers(
    site: Site, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = answers(site.engine, analyzer)
    site.change(some_articles("xyz"))
    site.rebuild()
    cut_a_segment(site)
    with monkeypatch.context() as patch:
        fail_in_commit(patch, 2)
        with pytest.raises(StorageFailed):
            site.catch_up()
    assert answers(WhooshEngine(site.folder.index, analyzer.version, Ranking()), analyzer) == before
    site.catch_up()
    assert site.ids() == set("abcdxyz")


def test_an_index_that_is_ahead_of_a_restored_database_is_rebuilt(site: Site) -> None:
    backup = site.folder.root / "backup.db"
    shutil.copy(site.folder.articles, backup)
    site.change(some_articles("xyz"), "a")
    site.catch_up()
    for path in site.folder.root.glob("articles.db*"):
        path.unlink()
    backup.rename(site.folder.articles)
    assert site.catch_up() == ("2.2", 4, "the index covers the journal up to 8, which ends at 4")
    assert site.ids() == set("abcd")


def test_a_rebuild_measures_the_average_length(site: Site, analyzer: Analyzer) -> None:
    lengths = [to_document(article, analyzer).length for article in some_articles("abcd")]
    assert site.engine.snapshot().average_length == sum(lengths) / 4
    site.change(some_articles("ef", seed=1), "a")
    site.catch_up()
    assert site.engine.snapshot().average_length == sum(lengths) / 4
    site.rebuild()
    left = [*some_articles("bcd"), *some_articles("ef", seed=1)]
    lengths = [to_document(article, analyzer).length for article in left]
    assert site.engine.snapshot().average_length == sum(lengths) / 5


def test_incremental_and_rebuilt_scores_are_the_same_with_the_same_average(
    site: Site, analyzer: Analyzer
) -> None:
    for seed in range(1, 9):
        site.change(some_articles("abcdefgh", seed=seed), "abcdefgh"[seed - 1])
        site.catch_up()
    site.rebuild()
    average = site.engine.snapshot().average_length
    rebuilt = answers(site.engine, analyzer)
    [_, before] = newest_first(site.folder.index)
    shutil.copytree(before.folder, site.folder.root / "alone" / before.folder.name)
    (site.folder.root / "alone" / "CURRENT").write_text(before.folder.name)
    alone = WhooshStore(site.folder.root / "alone", analyzer.version)
    writer = alone.live()
    writer.commit(writer.sequence, average)
    writer.close()
    assert_same(answers(WhooshEngine(alone.root, analyzer.version, Ranking()), analyzer), rebuilt)


@pytest.mark.parametrize(
    ("changes", "characters", "commits"),
    [(1_000, 1_000_000, 1), (3, 1_000_000, 3), (1_000, 1, 7)],
    ids=["all at once", "by number", "by characters"],
)
def test_commits_are_bounded(
    site: Site, monkeypatch: pytest.MonkeyPatch, changes: int, characters: int, commits: int
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH_CHANGES", changes)
    monkeypatch.setattr(indexer_module, "BATCH_CHARACTERS", characters)
    site.change(some_articles("efghij"), "a")
    before = site.commit()
    site.catch_up()
    assert site.commit() == before + commits
    assert site.ids() == set("bcdefghij")
    site.rebuild()
    assert site.ids() == set("bcdefghij")


def test_progress_is_told_of_each_change_before_its_commit(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH_CHANGES", 2)
    site.change(some_articles("efghi"))
    seen: list[tuple[int, str]] = []
    site.run(lambda indexer: indexer.catch_up(lambda size: seen.append((size, "".join(sorted(site.ids()))))))
    assert seen == [(1, "abcd")] * 2 + [(1, "abcdef")] * 2 + [(1, "abcdefgh")]
    assert site.ids() == set("abcdefghi")


def test_what_is_stored_while_the_indexer_runs_is_caught_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH_CHANGES", 1)
    site.change(some_articles("e"))
    late = iter([some_articles("f"), some_articles("g")])

    def store_more(_: int) -> None:
        site.change(next(late, []))

    site.run(lambda indexer: indexer.catch_up(store_more))
    assert site.ids() == set("abcdefg")
    assert site.catch_up() is None

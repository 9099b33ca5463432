"""What the indexer does about damaged indexes and articles, failing commits, and when it is told to stop."""

import os
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index import documents
from index import indexer as indexer_module
from index.analysis.analyzer import Analyzer
from index.corpus.reader import CorpusReader
from index.errors import StorageFailed
from index.generation import current, newest_first
from index.indexer import Batch, Indexer, IndexingStopped, Progress
from index.whoosh.writer import WhooshWriter
from search.errors import IndexUnavailable
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.engines import make_article
from tests.index.site import Site
from tests.index_states import answers, assert_same, some_articles


@pytest.fixture
def site(tmp_path: Path, analyzer: Analyzer) -> Site:
    """Articles a to d in the database and in the index."""
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles("abcd"))
    site.catch_up()
    return site


def batches_of(changes: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """A commit holds at most so many changes, in a rebuild too."""
    for name in ("BATCH", "REBUILD_BATCH"):
        monkeypatch.setattr(indexer_module, name, Batch(changes, 1_000_000))


def fail_in_commit(monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """The commit with this number, counted from 1, fails as on a full disk."""
    commit = WhooshWriter.commit
    numbers = iter(range(1, 100))

    def failing(self: WhooshWriter, sequence: int, average_length: float, entry: str | None = None) -> str:
        if next(numbers) == number:
            raise StorageFailed("no space left")
        return commit(self, sequence, average_length, entry)

    monkeypatch.setattr(WhooshWriter, "commit", failing)


def test_batches_that_were_committed_are_not_indexed_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches_of(3, monkeypatch)
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
    batches_of(2, monkeypatch)
    site.change(some_articles("ef"))
    site.catch_up()
    before = answers(site.engine, analyzer)
    with monkeypatch.context() as patch:
        fail_in_commit(patch, number)
        with pytest.raises(StorageFailed):
            site.rebuild()
    assert answers(site.engine, analyzer) == before
    assert not list(site.folder.index.glob("new-gen-*"))
    assert site.catch_up() is None
    site.rebuild()
    assert site.ids() == set("abcdef")
    assert len(list(newest_first(site.folder.index))) == 2


def test_a_first_build_that_died_half_way_begins_again(
    tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    batches_of(2, monkeypatch)
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
        (lose_the_manifest, "gen-00000001 is damaged: manifest.json is missing"),
        (lose_current, "no index has been built yet"),
        (lose_everything, "no index has been built yet"),
        (change_the_format, "another version of this program, whoosh-0"),
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


def spoil(site: Site, *names: str) -> None:
    """The titles of these articles change on the disk."""
    with closing(sqlite3.connect(site.folder.articles)) as connection, connection:
        for name in names:
            connection.execute("UPDATE article SET title = title || 'x' WHERE id = ?", (name,))


def test_a_damaged_article_is_left_out_of_a_rebuild_and_stops_no_other(
    site: Site, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(site, "b", "d")
    site.rebuild()
    assert site.ids() == {"a", "c"}
    assert site.catch_up() is None
    assert [record.levelname for record in caplog.records] == ["ERROR", "ERROR"]
    for record, name in zip(caplog.records, "bd", strict=True):
        assert f"left out of the index: the stored article {name} is damaged" in record.getMessage()


def test_the_old_state_of_a_damaged_article_is_not_found(site: Site) -> None:
    site.change(some_articles("abe", seed=1))
    spoil(site, "a")
    assert site.indexed() == 3
    assert site.ids() == set("bcde")
    site.change([], "a")
    site.change(some_articles("a"))
    site.catch_up()
    assert site.ids() == set("abcde")


def test_an_article_too_long_for_an_index_stops_no_other(
    site: Site, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(documents, "MAX_POSITIONS", 200)
    site.change([make_article("b", "长" * 300), *some_articles("e")])
    assert site.indexed() == 2
    assert site.ids() == set("acde")
    assert "left out of the index: article b needs" in caplog.text


@pytest.mark.parametrize("asked", range(9))
def test_a_stop_comes_before_the_next_article_and_keeps_what_was_committed(
    site: Site, monkeypatch: pytest.MonkeyPatch, asked: int
) -> None:
    batches_of(3, monkeypatch)
    site.change(some_articles("efghijkl"))
    progress: list[int] = []

    def tell(told: Progress) -> None:
        progress.extend([1] * told.changes)

    with CorpusReader.open(site.folder) as journal:
        indexer = Indexer(journal, site.analyzer, site.store, lambda: len(progress) >= asked)
        if asked == 8:
            indexer.catch_up(tell)
        else:
            with pytest.raises(IndexingStopped):
                indexer.catch_up(tell)
    assert len(progress) == asked
    committed = asked if asked == 8 else asked // 3 * 3
    assert site.ids() == {*"abcd", *"efghijkl"[:committed]}
    assert site.indexed() == 8 - committed
    assert site.ids() == set("abcdefghijkl")

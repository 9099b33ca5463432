import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from index import analysing
from index import indexer as indexer_module
from index.analysis.analyzer import Analyzer
from index.analysis.setup import load_analyzer
from index.analysis.user_words import UserWord, UserWords
from index.article import Article
from index.documents import to_document
from index.generation import current, newest_first
from index.indexer import Batch, Progress
from index.stages import Stage
from index.whoosh.store import WhooshStore
from index.writer import START_AVERAGE_LENGTH
from search.ranking import Ranking
from search.whoosh.engine import WhooshEngine
from tests.index.site import Site
from tests.index_states import ADDED, answers, assert_same, some_articles


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


@pytest.mark.parametrize("more", ["", "y", "yz"], ids=["as long", "longer by one", "longer by two"])
def test_articles_in_the_place_of_others_are_all_indexed(
    site: Site, analyzer: Analyzer, tmp_path: Path, more: str
) -> None:
    """What a restored backup and what was stored since has the numbers of what was indexed."""
    other = Site(tmp_path / "other", analyzer)
    other.change(some_articles(f"mnop{more}"))
    shutil.copy(other.folder.articles, site.folder.articles)
    report = site.catch_up()
    assert report is not None
    assert report[1:] == (
        4 + len(more),
        "the index was made from another journal, whose entry 4 is not the one that is there",
    )
    assert site.ids() == set(f"mnop{more}")
    assert site.catch_up() is None


def test_optimising_and_superseded_entries_keep_the_index(site: Site) -> None:
    with closing(site.store.live()) as writer:
        entry = writer.entry
        writer.optimise()
        writer.commit(writer.sequence, writer.average_length)
    site.change(some_articles("d", seed=1))
    assert site.catch_up() == ("1.4", 1, None)
    with closing(site.store.live()) as writer:
        assert entry != writer.entry


def average_of(articles: list[Article], analyzer: Analyzer) -> float:
    lengths = [to_document(article, analyzer, ADDED, None).length for article in articles]
    return sum(lengths) / len(articles)


def test_a_rebuild_that_was_asked_for_measures_the_average_length(site: Site, analyzer: Analyzer) -> None:
    site.rebuild()
    measured = average_of(some_articles("abcd"), analyzer)
    assert site.engine.snapshot().average_length == measured != START_AVERAGE_LENGTH
    site.change(some_articles("ef", seed=1), "a")
    site.catch_up()
    assert site.engine.snapshot().average_length == measured
    site.rebuild()
    left = [*some_articles("bcd"), *some_articles("ef", seed=1)]
    assert site.engine.snapshot().average_length == average_of(left, analyzer)


def nothing(_: Site) -> None:
    """The generation is the first one."""


def change_the_analyzer(site: Site) -> None:
    live = current(site.folder.index)
    live.publish(replace(live.manifest(), analyzer="of yesterday"))


@pytest.mark.parametrize("change", [nothing, change_the_analyzer], ids=["first", "stale"])
@pytest.mark.parametrize("articles", [5, 6], ids=["too few", "enough"])
def test_a_generation_that_nobody_asked_for_measures_only_many_articles(
    tmp_path: Path,
    analyzer: Analyzer,
    monkeypatch: pytest.MonkeyPatch,
    articles: int,
    change: Callable[[Site], None],
) -> None:
    monkeypatch.setattr(indexer_module, "MEASURED_ARTICLES", 6)
    site = Site(tmp_path / "data", analyzer)
    stored = some_articles("abcdef"[:articles])
    site.change(stored)
    site.catch_up()
    change(site)
    site.catch_up()
    expected = START_AVERAGE_LENGTH if articles == 5 else average_of(stored, analyzer)
    assert site.engine.snapshot().average_length == expected


def test_catching_up_and_rebuilding_commit_in_batches_of_their_own(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH", Batch(2, 1_000_000))
    monkeypatch.setattr(indexer_module, "REBUILD_BATCH", Batch(3, 1_000_000))
    site.change(some_articles("efgh"))
    before = site.commit()
    site.catch_up()
    assert site.commit() == before + 2
    site.rebuild()
    assert site.commit() == 3 + 1


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
    monkeypatch.setattr(indexer_module, "BATCH", Batch(changes, characters))
    monkeypatch.setattr(indexer_module, "REBUILD_BATCH", Batch(changes, characters))
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
    monkeypatch.setattr(indexer_module, "BATCH", Batch(2, 1_000_000))
    site.change(some_articles("efghi"))
    seen: list[tuple[int, str]] = []

    def tell(progress: Progress) -> None:
        assert set(progress.seconds) <= {Stage.ANALYSE, Stage.INDEX}
        if progress.changes:
            seen.append((progress.changes, "".join(sorted(site.ids()))))

    site.run(lambda indexer: indexer.catch_up(tell))
    assert seen == [(1, "abcd")] * 2 + [(1, "abcdef")] * 2 + [(1, "abcdefgh")]
    assert site.ids() == set("abcdefghi")


def test_many_changes_are_analysed_in_other_processes_with_the_same_outcome(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with words that were added, which the other processes have to know."""
    added = load_analyzer(site.analyzer.folding, UserWords((UserWord("碳汇贷"), UserWord("A+H"))))
    articles = [*some_articles("abcd"), replace(some_articles("e")[0], body="碳汇贷与A+H股")]
    here, there = (Site(site.folder.root.with_name(name), added) for name in ("here", "there"))
    for each in (here, there):
        each.change(articles, "b")
    here.rebuild()
    monkeypatch.setattr(analysing, "POOL_FROM", 1)
    there.rebuild()
    assert_same(answers(there.engine, added), answers(here.engine, added))


def test_what_is_stored_while_the_indexer_runs_is_caught_too(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(indexer_module, "BATCH", Batch(1, 1_000_000))
    site.change(some_articles("e"))
    late = iter([some_articles("f"), some_articles("g")])

    def store_more(_: Progress) -> None:
        site.change(next(late, []))

    site.run(lambda indexer: indexer.catch_up(store_more))
    assert site.ids() == set("abcdefg")
    assert site.catch_up() is None

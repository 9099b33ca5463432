"""Whoever follows the journal knows the cluster of every article, and hears of no article without need."""

import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.corpus import moves
from index.corpus import writer as writer_module
from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.journal import StoredArticle
from index.reposts.sketch import Sketcher
from index.text.folding import Folding
from tests.index.corpus.copies import CUT, FIRST, OTHER, TEXT, fill, members, spoil
from tests.index.corpus.samples import ORIGINAL, remove, store
from tests.index.reposts.samples import article, text_of

BODIES = (TEXT, TEXT[:330], TEXT[300:], TEXT[:330] + text_of(2)[:330], text_of(2), text_of(2)[:330], "协同")
STEPS = st.lists(
    st.none() | st.tuples(st.integers(0, 5), st.sampled_from(BODIES) | st.none()), min_size=1, max_size=14
)
"""A commit, or an article by number with its new body: None to delete it."""


@dataclass(slots=True)
class Follower:
    """Knows only what the journal says: the cluster number of each article."""

    covered: int = 0
    clusters: dict[str, int | None] = field(default_factory=dict)

    def follow(self, reader: CorpusReader) -> list[str]:
        """Take all changes in; the ids of the articles that changed."""
        changes = reader.changes(self.covered, 1_000, 10**9)
        for change in changes:
            self.clusters.pop(change.id, None)
            if isinstance(change.state, StoredArticle):
                self.clusters[change.id] = change.state.cluster
            self.covered = change.sequence
        return [change.id for change in changes]

    def members(self, article_id: str) -> set[str]:
        number = self.clusters[article_id]
        if number is None:
            return {article_id}
        return {name for name, other in self.clusters.items() if other == number}


def run(steps: list[tuple[int, str | None] | None], sketcher: Sketcher) -> None:
    """A follower knows after each commit what the reader knows."""
    with tempfile.TemporaryDirectory() as root:
        folder = DataFolder(Path(root) / "data")
        folder.create()
        follower = Follower()
        with (
            CorpusWriter.open(folder, sketcher) as writer,
            CorpusReader.open(folder) as reader,
        ):
            for step in (*steps, None):
                match step:
                    case None:
                        writer.commit()
                        follower.follow(reader)
                        for name in follower.clusters:
                            assert follower.members(name) == members(reader, name)
                    case number, None:
                        writer.delete(f"article-{number}")
                    case number, body:
                        writer.put(article(f"article-{number}", body), ORIGINAL)
            assert follower.clusters.keys() == reader.holdings().ids
        assert list(check_corpus(folder)) == []


@settings(max_examples=60, deadline=None)
@given(steps=STEPS)
def test_who_follows_the_journal_knows_all_clusters(
    folding: Folding, steps: list[tuple[int, str | None] | None]
) -> None:
    run(steps, Sketcher(folding))


def watch_nothing(connection: sqlite3.Connection) -> None:
    connection.execute("CREATE TEMP TABLE moved (key INTEGER PRIMARY KEY, cluster INTEGER)")


def test_control_without_watching_a_follower_misses_a_copy(folding: Folding) -> None:
    steps: list[tuple[int, str | None] | None] = [(0, TEXT), None, (1, TEXT)]
    run(steps, Sketcher(folding))
    with patch.object(writer_module, "watch", watch_nothing), pytest.raises(AssertionError):
        run(steps, Sketcher(folding))


@pytest.fixture
def followed(folder: DataFolder) -> Callable[[], list[str]]:
    """What one follower is told at each call."""
    CorpusWriter.open(folder).close()
    follower = Follower()

    def follow() -> list[str]:
        with CorpusReader.open(folder) as reader:
            return follower.follow(reader)

    return follow


def test_copies_stored_together_enter_once(folder: DataFolder, followed: Callable[[], list[str]]) -> None:
    assert store(folder, FIRST, OTHER, CUT) == 3
    assert followed() == ["first", "other", "cut"]


def test_the_first_copy_of_an_article_lets_it_enter_again(
    folder: DataFolder, followed: Callable[[], list[str]]
) -> None:
    store(folder, FIRST, OTHER)
    followed()
    assert store(folder, CUT) == 4
    assert followed() == ["cut", "first"]


def test_the_number_of_entries_does_not_grow_with_a_cluster(
    folder: DataFolder, followed: Callable[[], list[str]]
) -> None:
    with CorpusWriter.open(folder) as writer:
        for number in range(40):
            writer.put(article(f"copy-{number:02}", TEXT), ORIGINAL)
            writer.commit()
    assert len(entries(folder)) == 41
    assert sorted(followed()) == [f"copy-{number:02}" for number in range(40)]


def test_who_is_left_alone_enters_again(folder: DataFolder, followed: Callable[[], list[str]]) -> None:
    store(folder, FIRST, CUT)
    followed()
    remove(folder, "first")
    assert followed() == ["first", "cut"]


def test_where_clusters_join_only_the_younger_one_enters_again(
    folder: DataFolder, followed: Callable[[], list[str]]
) -> None:
    halves = [article(f"{part}-{number}", body) for part, body in HALVES.items() for number in (1, 2)]
    store(folder, *halves)
    followed()
    store(folder, article("whole", HALVES["head"] + HALVES["tail"]))
    assert followed() == ["whole", "tail-1", "tail-2"]


HALVES = {"head": TEXT[:330], "tail": text_of(2)[:330]}


def test_a_cluster_that_comes_and_goes_within_a_commit_enters_nothing(
    folder: DataFolder, followed: Callable[[], list[str]]
) -> None:
    store(folder, FIRST)
    followed()
    with CorpusWriter.open(folder) as writer:
        writer.put(CUT, ORIGINAL)
        writer.delete("cut")
        writer.commit()
    assert followed() == ["cut"]


def test_what_is_not_committed_moves_nothing(folder: DataFolder, followed: Callable[[], list[str]]) -> None:
    store(folder, FIRST)
    before = entries(folder)
    with CorpusWriter.open(folder) as writer:
        writer.put(CUT, ORIGINAL)
    assert entries(folder) == before
    store(folder, OTHER)
    assert followed() == ["first", "other"]


def test_copies_of_articles_that_waited_for_a_sketch_enter_again(
    folder: DataFolder, followed: Callable[[], list[str]]
) -> None:
    store(folder, FIRST, OTHER, CUT)
    followed()
    with CorpusWriter.open(folder) as writer:
        writer.drop_sketches()
        writer.commit()
    assert followed() == ["first", "cut"]
    fill(folder, 10)
    assert followed() == ["first", "cut"]


def test_an_article_that_is_damaged_stays_so(folder: DataFolder, followed: Callable[[], list[str]]) -> None:
    """Its new entry does not hide that its content is another than the one before said."""
    store(folder, FIRST)
    spoil(folder, "UPDATE article SET title = 'x'")
    store(folder, CUT)
    assert followed() == ["cut", "first"]
    assert [problem.article_id for problem in check_corpus(folder)] == ["first"]


def entries(folder: DataFolder) -> list[tuple[int, str]]:
    """All entries of the journal, superseded ones too."""
    with closing(sqlite3.connect(folder.articles)) as connection:
        return connection.execute("SELECT sequence, id FROM journal ORDER BY sequence").fetchall()


def test_a_commit_looks_only_at_the_articles_that_moved(folder: DataFolder) -> None:
    """Read from the other side, it would look at every article at each commit."""
    with CorpusWriter.open(folder) as writer:
        rows = writer._connection.execute(f"EXPLAIN QUERY PLAN {moves._ENTER}", {"committed": 0, "at": ""})
        steps = [row["detail"].decode() for row in rows]
    assert steps[0] == "SCAN moved"
    assert all(step.startswith(("SEARCH", "USE TEMP B-TREE")) for step in steps[1:]), steps

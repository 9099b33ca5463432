"""The journal and the articles against a plain dict, step by step."""

import shutil
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from index.article import Article
from index.corpus.check import check_corpus
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter, Outcome
from index.data_folder import DataFolder
from index.journal import Change, StoredArticle
from tests.index.corpus.samples import ORIGINAL, numbered, remove, store

numbers = st.integers(0, 5)
bodies = st.sampled_from(["一", "二二", "三三三三"])


Content = tuple[int, str, Article | None]
"""Sequence, id and article of a change."""


def content(change: Change) -> Content:
    """A change without what follows from the moment and from other articles."""
    match change.state:
        case StoredArticle(article=article, added=added, cluster=None):
            assert datetime.now(UTC) - added < timedelta(hours=1)
            return change.sequence, change.id, article
        case None:
            return change.sequence, change.id, None
    raise AssertionError(change)


@dataclass
class Model:
    """What the truth should hold: the newest state of each id with its sequence."""

    states: dict[str, tuple[int, Article | None]]
    sequence: int

    def changed(self, article_id: str, article: Article | None) -> None:
        self.sequence += 1
        self.states[article_id] = (self.sequence, article)

    def live(self) -> dict[str, Article]:
        return {key: article for key, (_, article) in self.states.items() if article is not None}

    def changes(self, after: int) -> list[Content]:
        newest = sorted((sequence, key, article) for key, (sequence, article) in self.states.items())
        return [change for change in newest if change[0] > after]

    def copy(self) -> "Model":
        return Model(dict(self.states), self.sequence)


class Truth(RuleBasedStateMachine):
    """Puts and deletes in batches, some of which are dropped; an indexer follows in steps of its own size."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = DataFolder(Path(tempfile.mkdtemp()))
        CorpusWriter.open(self.folder).close()
        self.reader = CorpusReader.open(self.folder)
        self.writer: CorpusWriter | None = None
        self.model = Model({}, 0)
        self.pending = self.model.copy()
        self.indexed: dict[str, Article] = {}
        self.covered = 0

    def open_writer(self) -> CorpusWriter:
        if self.writer is None:
            self.writer = CorpusWriter.open(self.folder)
        return self.writer

    @rule(number=numbers, body=bodies)
    def put(self, number: int, body: str) -> None:
        article = numbered(number, body)
        before = self.pending.live().get(article.id)
        outcome = self.open_writer().put(article, ORIGINAL)
        if before is None:
            assert outcome is Outcome.NEW
        else:
            assert outcome is (Outcome.UNCHANGED if before == article else Outcome.UPDATED)
        if outcome is not Outcome.UNCHANGED:
            self.pending.changed(article.id, article)

    @rule(number=numbers)
    def delete(self, number: int) -> None:
        article_id = numbered(number).id
        was_live = article_id in self.pending.live()
        assert self.open_writer().delete(article_id) == was_live
        if was_live:
            self.pending.changed(article_id, None)

    @precondition(lambda self: self.writer is not None)
    @rule()
    def commit(self) -> None:
        assert self.open_writer().commit() == self.pending.sequence
        self.model = self.pending.copy()

    @precondition(lambda self: self.writer is not None)
    @rule()
    def close_writer(self) -> None:
        self.open_writer().close()
        self.writer = None
        self.pending = self.model.copy()

    @rule(limit=st.integers(1, 4), max_characters=st.integers(0, 60))
    def index_some(self, limit: int, max_characters: int) -> None:
        changes = list(map(content, self.reader.changes(self.covered, limit, max_characters)))
        expected = self.model.changes(self.covered)
        assert changes == expected[: len(changes)]
        assert bool(changes) == bool(expected)
        assert len(changes) <= limit
        self.index(changes)

    def index(self, changes: list[Content]) -> None:
        for sequence, article_id, article in changes:
            if article is None:
                self.indexed.pop(article_id, None)
            else:
                self.indexed[article_id] = article
            self.covered = sequence

    @invariant()
    def readers_see_the_committed_state(self) -> None:
        ids = [numbered(number).id for number in range(6)]
        live = self.model.live()
        assert self.reader.articles(ids) == live
        assert self.reader.last_sequence() == self.reader.stats().sequence == self.model.sequence
        assert self.reader.stats().articles == len(live)
        for article_id in ids:
            assert self.reader.is_deleted(article_id) == (
                article_id in self.model.states and article_id not in live
            )
            assert self.reader.original(article_id) == (ORIGINAL if article_id in live else None)
        assert list(map(content, self.reader.changes(0, 100, 10_000))) == self.model.changes(0)

    def teardown(self) -> None:
        if self.writer is not None:
            self.writer.close()
        while changes := self.reader.changes(self.covered, 3, 10_000):
            self.index(list(map(content, changes)))
        assert self.indexed == self.model.live() == {article.id: article for article in self.reader.export()}
        assert list(check_corpus(self.folder)) == []
        self.reader.close()
        shutil.rmtree(self.folder.root)


TestTruth = Truth.TestCase
TestTruth.settings = settings(max_examples=12, stateful_step_count=25, deadline=None)


def test_a_page_of_changes_ends_once_its_texts_hold_enough(folder: DataFolder) -> None:
    articles = [numbered(number, "长" * 100) for number in range(6)]
    store(folder, *articles)
    remove(folder, articles[1].id)
    with CorpusReader.open(folder) as reader:
        searched = 100 + len("第0号通知") + len(articles[0].lead) + len("协同创新、光电子")
        size = searched + len(articles[0].notice) + sum(map(len, articles[0].related))
        assert [len(reader.changes(0, 10, bound)) for bound in (0, size, size + 1, 10**9)] == [1, 1, 2, 6]
        assert [change.sequence for change in reader.changes(0, 10, 10**9)] == [1, 3, 4, 5, 6, 7]


def test_no_article_is_read_beyond_the_page(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    store(folder, *(numbered(number) for number in range(50)))
    loaded: list[str] = []
    load = CorpusReader.articles.__globals__["load_article"]

    def counted(connection: object, article_id: str) -> Article | None:
        loaded.append(article_id)
        article: Article | None = load(connection, article_id)
        return article

    monkeypatch.setattr("index.corpus.reader.load_article", counted)
    with CorpusReader.open(folder) as reader:
        assert len(reader.changes(0, 50, 1)) == 1
        assert len(reader.changes(0, 3, 10**9)) == 3
    assert len(loaded) == 4


def test_a_page_of_no_changes_cannot_be_asked_for(folder: DataFolder) -> None:
    store(folder, numbered(1))
    with CorpusReader.open(folder) as reader, pytest.raises(ValueError, match="at least 1"):
        reader.changes(0, 0, 1)

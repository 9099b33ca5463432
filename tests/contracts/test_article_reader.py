"""The laws of ArticleReader and Journal, run on every implementation."""

import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

import pytest

from index.article import Article, Original
from index.article_reader import ArticleReader, CorpusStats
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.journal import Change, Journal, StoredArticle
from index.opensearch.article_writer import ArticleCopier
from index.writer_lock import WriterLock
from tests.index.corpus.samples import ARTICLE, ORIGINAL, numbered
from tests.index.opensearch.article_site import ArticleSite, article_site


class Truth(Protocol):
    """Stores articles; empty at first. What `put` and `delete` do is acknowledged, and copied to where the
    reader reads, when they return."""

    @property
    def reader(self) -> ArticleReader: ...

    @property
    def journal(self) -> Journal: ...

    def put(self, article: Article, original: Original) -> None: ...

    def delete(self, article_id: str) -> None: ...


class Opening(Protocol):
    """Opens an implementation in a folder of its own; what it made elsewhere goes with it."""

    def __call__(self, path: Path) -> AbstractContextManager[Truth]: ...


@dataclass(frozen=True, slots=True)
class SqliteTruth:
    """The database of a data folder."""

    folder: DataFolder
    reader: CorpusReader

    @property
    def journal(self) -> Journal:
        return self.reader

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator["SqliteTruth"]:
        folder = new_folder(path)
        CorpusWriter.open(folder).close()
        with CorpusReader.open(folder) as reader:
            yield cls(folder, reader)

    def put(self, article: Article, original: Original) -> None:
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            writer.put(article, original)
            writer.commit()

    def delete(self, article_id: str) -> None:
        with WriterLock(self.folder.lock), CorpusWriter.open(self.folder) as writer:
            writer.delete(article_id)
            writer.commit()


@dataclass(frozen=True, slots=True)
class CopiedTruth:
    """The database of a data folder, read from its copy in a cluster."""

    site: ArticleSite
    copier: ArticleCopier

    @property
    def reader(self) -> ArticleReader:
        return self.site.copied

    @property
    def journal(self) -> Journal:
        return self.site.stored

    @classmethod
    @contextmanager
    def opened(cls, path: Path) -> Iterator["CopiedTruth"]:
        with article_site(new_folder(path)) as site:
            site.copy()
            yield cls(site, site.copier())

    def put(self, article: Article, original: Original) -> None:
        SqliteTruth(self.site.folder, self.site.stored).put(article, original)
        self._copy()

    def delete(self, article_id: str) -> None:
        SqliteTruth(self.site.folder, self.site.stored).delete(article_id)
        self._copy()

    def _copy(self) -> None:
        self.copier.cover(self.site.source.last_sequence())


def new_folder(path: Path) -> DataFolder:
    folder = DataFolder(path / "data")
    folder.create()
    return folder


IMPLEMENTATIONS = (
    pytest.param(SqliteTruth.opened, id="sqlite"),
    pytest.param(CopiedTruth.opened, id="opensearch", marks=pytest.mark.opensearch),
)


@pytest.fixture(params=IMPLEMENTATIONS)
def truth(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Truth]:
    open_truth: Opening = request.param
    with open_truth(tmp_path) as truth:
        yield truth


def put(truth: Truth, *articles: Article) -> None:
    for article in articles:
        truth.put(article, ORIGINAL)


def test_a_new_truth_is_empty(truth: Truth) -> None:
    assert truth.reader.articles([ARTICLE.id]) == {}
    assert truth.journal.changes(0, 10, 1_000) == ()
    assert truth.reader.last_sequence() == 0
    assert truth.reader.stats() == CorpusStats(articles=0, undated=0, repaired=0, sequence=0, newest=None)


def test_what_was_acknowledged_is_seen_by_the_next_call_whole(truth: Truth) -> None:
    put(truth, ARTICLE)
    assert truth.reader.articles([ARTICLE.id]) == {ARTICLE.id: ARTICLE}
    changed = replace(ARTICLE, title="题", repairs=())
    put(truth, changed)
    assert truth.reader.articles([ARTICLE.id]) == {ARTICLE.id: changed}
    truth.delete(ARTICLE.id)
    assert truth.reader.articles([ARTICLE.id]) == {}


def test_unknown_and_deleted_ids_are_left_out(truth: Truth) -> None:
    put(truth, numbered(1), numbered(2), numbered(3))
    truth.delete(numbered(2).id)
    ids = ["unknown", numbered(3).id, numbered(2).id, numbered(1).id, numbered(3).id]
    assert truth.reader.articles(iter(ids)) == {article.id: article for article in (numbered(1), numbered(3))}


ODD_IDS = {
    "empty": "",
    "lone surrogate": "\ud800",
    "null after a known id": "hubei-1\0",
    "other case": "HUBEI-1",
    "white space": " hubei-1",
    "pattern": "hubei-_",
    "quote": "'hubei-1'",
    "very long": "x" * 100_000,
}


@pytest.mark.parametrize("article_id", ODD_IDS.values(), ids=ODD_IDS.keys())
def test_an_odd_id_is_an_unknown_one(truth: Truth, article_id: str) -> None:
    put(truth, ARTICLE)
    truth.delete(article_id)
    assert truth.reader.articles([article_id]) == {}
    assert truth.reader.original(article_id) is None
    assert not truth.reader.is_deleted(article_id)
    assert truth.reader.last_sequence() == 1


def test_more_ids_than_a_page_holds(truth: Truth) -> None:
    put(truth, numbered(1), numbered(2))
    ids = [numbered(number).id for number in range(3_000)]
    assert set(truth.reader.articles(ids)) == {numbered(1).id, numbered(2).id}


@pytest.mark.parametrize(
    "original",
    [
        Original(b"", "text/plain", "utf-8"),
        Original("武鄂\r\n".encode("gb18030"), "text/plain", "gb18030"),
        Original(bytes(range(256)) * 300, "application/json", "utf-8"),
    ],
    ids=["empty", "gb18030", "every byte"],
)
def test_an_original_comes_back_byte_for_byte(truth: Truth, original: Original) -> None:
    truth.put(ARTICLE, original)
    assert truth.reader.original(ARTICLE.id) == original


def test_an_original_is_that_of_the_newest_state_and_goes_with_it(truth: Truth) -> None:
    put(truth, ARTICLE)
    truth.put(replace(ARTICLE, title="题"), replace(ORIGINAL, data=b"new"))
    assert truth.reader.original(ARTICLE.id) == replace(ORIGINAL, data=b"new")
    truth.delete(ARTICLE.id)
    assert truth.reader.original(ARTICLE.id) is None


def test_deleted_is_what_was_stored_once_and_has_not_come_back(truth: Truth) -> None:
    assert not truth.reader.is_deleted(ARTICLE.id)
    put(truth, ARTICLE)
    assert not truth.reader.is_deleted(ARTICLE.id)
    truth.delete(ARTICLE.id)
    assert truth.reader.is_deleted(ARTICLE.id)
    put(truth, ARTICLE)
    assert not truth.reader.is_deleted(ARTICLE.id)


def test_stats_count_what_is_there_now(truth: Truth) -> None:
    put(truth, ARTICLE, replace(numbered(1), published=None), numbered(2))
    truth.delete(numbered(2).id)
    assert truth.reader.stats() == CorpusStats(
        articles=2, undated=1, repaired=1, sequence=4, newest=ARTICLE.published
    )


def article_of(change: Change) -> Article | None:
    """The whole article that a change brought; None where it was deleted."""
    if change.state is None:
        return None
    assert isinstance(change.state, StoredArticle)
    return change.state.article


def test_of_several_changes_of_an_article_only_the_newest_is_given(truth: Truth) -> None:
    put(truth, numbered(1), numbered(2), numbered(1, "改"), numbered(3))
    truth.delete(numbered(2).id)
    put(truth, numbered(1, "再改"))
    changes = truth.journal.changes(0, 10, 10_000)
    assert [(change.sequence, change.id, article_of(change)) for change in changes] == [
        (4, numbered(3).id, numbered(3)),
        (5, numbered(2).id, None),
        (6, numbered(1).id, numbered(1, "再改")),
    ]
    assert truth.reader.last_sequence() == 6


def test_nothing_new_is_no_change(truth: Truth) -> None:
    put(truth, ARTICLE, ARTICLE)
    truth.delete("unknown")
    assert truth.reader.last_sequence() == 1
    assert truth.journal.changes(1, 10, 10_000) == ()


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_pages_of_changes_join_without_gap_or_repetition(truth: Truth, size: int) -> None:
    put(truth, *(numbered(number) for number in range(7)))
    truth.delete(numbered(3).id)
    after = 0
    pages: list[Change] = []
    while changes := truth.journal.changes(after, size, 10_000):
        assert len(changes) <= size
        pages.extend(changes)
        after = changes[-1].sequence
    assert [change.sequence for change in pages] == [1, 2, 3, 5, 6, 7, 8]


@pytest.mark.parametrize("max_characters", [0, 1, 10_000], ids=str)
def test_a_page_of_changes_is_never_empty_while_there_are_some(truth: Truth, max_characters: int) -> None:
    put(truth, numbered(1, "长" * 9_000), numbered(2, "长" * 9_000), numbered(3))
    given = truth.journal.changes(0, 10, max_characters)
    assert [change.sequence for change in given] == ([1, 2] if max_characters == 10_000 else [1])


def test_a_sequence_is_never_given_twice(truth: Truth) -> None:
    put(truth, ARTICLE)
    truth.delete(ARTICLE.id)
    assert truth.reader.last_sequence() == 2
    put(truth, ARTICLE)
    assert [change.sequence for change in truth.journal.changes(0, 10, 10_000)] == [3]


def test_threads_share_a_reader(truth: Truth) -> None:
    put(truth, *(numbered(number) for number in range(20)))
    expected = {numbered(number).id: numbered(number) for number in range(20)}
    answers: list[bool] = []

    def read() -> None:
        answers.extend(truth.reader.articles(expected) == expected for _ in range(20))

    threads = [threading.Thread(target=read) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [True] * 160

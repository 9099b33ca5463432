"""What the cluster has of the articles is right wherever copying was cut off, and there before it is said."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.article_copy import ArticleRecord, Record
from index.article_reader import DamagedArticle
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.indexer import IndexingStopped
from index.journal import Change
from index.opensearch.article_documents import article_document, original_document
from index.opensearch.article_index import article_key, find_copies, original_key, write_state
from index.opensearch.article_writer import ArticleCopier
from index.opensearch.bulk import BulkSender
from index.opensearch.copied_journal import CopiedJournal
from index.opensearch.errors import GenerationRetired
from index.opensearch.generations import Generation
from index.opensearch.patience import Patience
from index.writer_lock import WriterLock
from tests.index.corpus.copies import CUT, FIRST, fill, spoil
from tests.index.corpus.samples import ARTICLE, numbered, remove, store
from tests.index.opensearch.article_site import ArticleSite, Made, article_site, assert_alike
from tests.index.reposts.samples import text_of

pytestmark = pytest.mark.opensearch

AGAIN = replace(FIRST, id="again")
IDS = (ARTICLE.id, "first", "cut", "again", "other")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[ArticleSite]:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    with article_site(folder) as site:
        yield site


class Killed(BaseException):
    """The process is no more."""


def kill_after(site: ArticleSite, bulks: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the cluster take so many batches, and the process hear of no answer to the last."""
    send, taken = site.client.bulk, iter(range(bulks - 1))

    def sent(**arguments: Any) -> Any:
        answer = send(**arguments)
        if next(taken, None) is None:
            raise Killed
        return answer

    monkeypatch.setattr(site.client, "bulk", sent)


def leave_the_cluster(site: ArticleSite, monkeypatch: pytest.MonkeyPatch, make: Made, bulks: int) -> None:
    """An article leaves its cluster of copies, whose others get no journal entry for it; copying that is cut
    off after so many batches, and done again."""
    store(site.folder, FIRST, CUT, AGAIN)
    site.copy()
    store(site.folder, replace(CUT, body=text_of(7)))
    with monkeypatch.context() as patched:
        kill_after(site, bulks, patched)
        with pytest.raises(Killed):
            site.copier(make).cover(site.source.last_sequence())
    site.copier(make).cover(site.source.last_sequence())


@pytest.mark.parametrize("bulks", [1, 2])
def test_wherever_copying_is_cut_off_it_ends_right(
    site: ArticleSite, monkeypatch: pytest.MonkeyPatch, bulks: int
) -> None:
    leave_the_cluster(site, monkeypatch, ArticleCopier, bulks)
    assert_alike(site, IDS)


class ArticlesFirst(ArticleCopier):
    """Writes the articles before what goes by the state that they were in."""

    def _write(self, generation: Generation, sender: BulkSender, records: Sequence[Record]) -> None:
        for record in records:
            sender.index(article_key(record.id), record.sequence, article_document(record))
        sender.flush()
        super()._write(generation, sender, records)


def test_control_articles_that_are_written_first_leave_a_cluster_as_it_was(
    site: ArticleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave_the_cluster(site, monkeypatch, ArticlesFirst, 1)
    assert site.members("first") == {"first", "cut", "again"}
    with pytest.raises(AssertionError):
        assert_alike(site, IDS)


def test_an_older_state_that_comes_late_changes_nothing(site: ArticleSite) -> None:
    store(site.folder, ARTICLE)
    [older] = site.source.records(0, 1, 1)
    store(site.folder, replace(ARTICLE, title="新题"))
    site.copy()
    assert isinstance(older, ArticleRecord)
    sender = BulkSender(site.client, write_alias(site), Patience())
    sender.index(article_key(older.id), older.sequence, article_document(older))
    sender.index(original_key(older.id), older.sequence, original_document(older))
    sender.flush()
    assert_alike(site, [ARTICLE.id])


def write_alias(site: ArticleSite) -> str:
    [found] = find_copies(site.client, site.prefix)
    return found.generation.write_alias


def test_many_articles_are_copied_in_batches_and_nothing_is_copied_twice(
    site: ArticleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.opensearch.article_writer.RECORDS", 3)
    store(site.folder, *map(numbered, range(8)))
    site.copy()
    assert_alike(site, [numbered(number).id for number in range(9)])
    with monkeypatch.context() as patched:
        kill_after(site, 1, patched)
        site.copy()


def test_copying_that_is_to_stop_goes_on_with_the_next_run(
    site: ArticleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.opensearch.article_writer.RECORDS", 2)
    store(site.folder, *map(numbered, range(5)))
    asked: list[None] = []

    def should_stop() -> bool:
        asked.append(None)
        return len(asked) > 2

    copier = ArticleCopier(site.client, site.prefix, site.source, should_stop=should_stop)
    with pytest.raises(IndexingStopped):
        copier.cover(site.source.last_sequence())
    [begun] = find_copies(site.client, site.prefix)
    assert begun.state is not None
    assert (begun.state.newest.sequence, begun.is_read) == (4, False)
    site.copy()
    assert len(site.indexes()) == 1
    assert_alike(site, [numbered(number).id for number in range(5)])


class TestAnotherIndex:
    """Where the one that is there cannot be gone on with, another is filled, and readers are led to it."""

    def test_of_a_journal_that_was_restored(self, site: ArticleSite, tmp_path: Path) -> None:
        store(site.folder, ARTICLE, FIRST, CUT)
        site.copy()
        before = site.indexes()
        other = DataFolder(tmp_path / "other")
        other.create()
        store(other, numbered(1))
        with article_site(other) as beside:
            restored = replace(beside, prefix=site.prefix, copied=site.copied)
            restored.copy()
            assert_alike(restored, (*IDS, numbered(1).id))
        assert site.indexes() != before
        assert len(site.indexes()) == 1

    def test_of_another_format(self, site: ArticleSite) -> None:
        store(site.folder, ARTICLE)
        site.copy()
        [found] = find_copies(site.client, site.prefix)
        assert found.state is not None
        write_state(site.client, found.generation, replace(found.state, format="articles-0"))
        site.copy()
        assert site.indexes() == [f"{site.prefix}-articles-000002"]
        assert_alike(site, IDS)

    def test_of_one_that_somebody_removed(self, site: ArticleSite) -> None:
        store(site.folder, ARTICLE)
        copier = site.copier()
        copier.cover(1)
        site.client.indices.delete(index=site.indexes()[0])
        store(site.folder, FIRST)
        with pytest.raises(GenerationRetired):
            copier.cover(2)
        copier.cover(2)
        assert_alike(site, IDS)

    def test_of_one_that_is_damaged_by_a_rebuild(self, site: ArticleSite) -> None:
        store(site.folder, ARTICLE, FIRST)
        site.copy()
        site.client.delete(index=site.indexes()[0], id=article_key("first"))
        site.copy()
        assert site.copied.articles(["first"]) == {}
        site.copier().rebuild()
        assert site.indexes() == [f"{site.prefix}-articles-000002"]
        assert_alike(site, IDS)

    def test_readers_read_the_former_one_until_it_is_complete(
        self, site: ArticleSite, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        store(site.folder, ARTICLE, FIRST)
        site.copy()
        with monkeypatch.context() as patched:
            kill_after(site, 2, patched)
            with pytest.raises(Killed):
                site.copier().rebuild()
        assert len(site.indexes()) == 2
        assert_alike(site, IDS)
        site.copy()
        assert len(site.indexes()) == 1
        assert_alike(site, IDS)


def test_copies_that_are_found_without_a_journal_entry_are_copied(site: ArticleSite) -> None:
    """Another version of what finds them: similarities change, and who is in which cluster does not."""
    store(site.folder, FIRST, CUT, AGAIN)
    spoil(site.folder, "UPDATE repost_pair SET similarity = 0.5")
    site.copy()
    before = site.stored.last_sequence()
    spoil(site.folder, "UPDATE sketching SET version = 'older', done = 0")
    with WriterLock(site.folder.lock):
        fill(site.folder, 10)
    assert site.stored.last_sequence() == before
    cluster = site.stored.cluster("first")
    assert cluster is not None
    assert {copy.similarity for copy in cluster.copies} == {1.0}
    site.copy()
    assert_alike(site, IDS)


def indexed(site: ArticleSite, follow: Callable[[CopiedJournal], Iterable[Change]]) -> list[str]:
    """The ids that an indexer is told of; at once a reader has what it is told."""
    told = []
    for change in follow(CopiedJournal(site.stored, site.copier())):
        assert site.copied.last_sequence() >= change.sequence
        assert site.copied.articles([change.id]) == site.stored.articles([change.id])
        told.append(change.id)
    return told


def test_what_an_indexer_is_told_of_can_be_read(site: ArticleSite) -> None:
    store(site.folder, ARTICLE, FIRST)
    assert indexed(site, lambda journal: journal.changes(0, 1, 100)) == [ARTICLE.id]
    store(site.folder, CUT)
    assert indexed(site, lambda journal: journal.changes(1, 10, 10_000)) == ["cut", "first"]
    remove(site.folder, "first")
    store(site.folder, AGAIN)
    assert indexed(site, lambda journal: journal.states(["again", "first"])) == ["again", "first"]


def test_where_there_is_nothing_to_index_articles_are_copied_all_the_same(site: ArticleSite) -> None:
    store(site.folder, ARTICLE)
    journal = CopiedJournal(site.stored, site.copier())
    assert journal.last_sequence() == 1
    assert journal.entry(1) == site.stored.entry(1)
    assert_alike(site, IDS)


def test_an_article_that_the_cluster_refuses_stops_no_other(
    site: ArticleSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(site.folder, ARTICLE, numbered(1))

    def refused(record: Record) -> dict[str, object]:
        document = dict(article_document(record))
        return document | {"no_such_field": 1} if record.id == ARTICLE.id else document

    monkeypatch.setattr("index.opensearch.article_writer.article_document", refused)
    site.copy()
    found = site.copied.articles([ARTICLE.id, numbered(1).id])
    assert found == {numbered(1).id: numbered(1)}
    assert not any(isinstance(one, DamagedArticle) for one in found.values())


def test_a_writer_that_opened_before_is_not_disturbed(site: ArticleSite) -> None:
    """Copying reads the database beside one who stores."""
    store(site.folder, ARTICLE)
    with WriterLock(site.folder.lock), CorpusWriter.open(site.folder) as writer:
        writer.delete(ARTICLE.id)
        site.copy()
        writer.commit()
    assert site.copied.articles([ARTICLE.id]) == {ARTICLE.id: ARTICLE}
    site.copy()
    assert_alike(site, IDS)

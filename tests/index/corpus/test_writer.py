import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from index.article import Article, Original
from index.corpus.connection import open_writing
from index.corpus.errors import ArticleRefused, CorpusUnavailable, NoSpace
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter, Outcome
from index.data_folder import DataFolder
from tests.index.corpus import samples
from tests.index.corpus.samples import ARTICLE, ORIGINAL, numbered, remove, store


def rows(folder: DataFolder, statement: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(folder.articles)) as connection:
        return connection.execute(statement).fetchall()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(article=samples.articles, original=samples.originals)
def test_what_goes_in_comes_out_equal(folder: DataFolder, article: Article, original: Original) -> None:
    with CorpusWriter.open(folder) as writer:
        writer.put(article, original)
        writer.commit()
    with CorpusReader.open(folder) as reader:
        stored = reader.articles([article.id])[article.id]
        assert stored == article
        if article.published is not None and stored.published is not None:
            assert stored.published.utcoffset() == article.published.utcoffset()
        assert reader.original(article.id) == original


def test_the_same_again_changes_nothing(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    before = rows(folder, "SELECT * FROM article"), rows(folder, "SELECT * FROM journal")
    with CorpusWriter.open(folder) as writer:
        assert writer.put(ARTICLE, ORIGINAL) is Outcome.UNCHANGED
        assert writer.commit() == 1
    assert (rows(folder, "SELECT * FROM article"), rows(folder, "SELECT * FROM journal")) == before


def test_the_same_time_in_another_zone_is_a_change(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    assert ARTICLE.published is not None
    with CorpusWriter.open(folder) as writer:
        in_utc = replace(ARTICLE, published=datetime.fromisoformat("2024-10-14T07:46:51+00:00"))
        assert in_utc == ARTICLE
        assert writer.put(in_utc, ORIGINAL) is Outcome.UPDATED


def test_the_same_article_from_another_original_is_an_update(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    original = replace(ORIGINAL, data=b"other bytes")
    with CorpusWriter.open(folder) as writer:
        assert writer.put(ARTICLE, original) is Outcome.UPDATED
        writer.commit()
    with CorpusReader.open(folder) as reader:
        assert reader.original(ARTICLE.id) == original


def test_the_journal_keeps_the_fingerprints_of_all_states(folder: DataFolder) -> None:
    for body in ("一", "二", "一"):
        store(folder, numbered(1, body))
    remove(folder, numbered(1).id)
    store(folder, numbered(1, "二"))
    journal = rows(folder, "SELECT sequence, action, digest FROM journal ORDER BY sequence")
    assert [(sequence, action) for sequence, action, _ in journal] == [
        (1, "put"),
        (2, "put"),
        (3, "put"),
        (4, "delete"),
        (5, "put"),
    ]
    first, second, third, deleted, last = (digest for _, _, digest in journal)
    assert first == third != second == last
    assert deleted is None


def test_an_update_keeps_when_the_article_was_added_and_leaves_no_old_repairs(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    added = rows(folder, "SELECT key, added FROM article")
    store(folder, replace(ARTICLE, repairs=()))
    assert rows(folder, "SELECT key, added FROM article") == added
    assert rows(folder, "SELECT count(*) FROM repair") == [(0,)]


def test_a_deleted_article_is_gone_with_its_original_and_repairs(folder: DataFolder) -> None:
    store(folder, ARTICLE, numbered(1))
    with CorpusWriter.open(folder) as writer:
        assert writer.delete(ARTICLE.id)
        assert writer.commit() == 3
    assert rows(folder, "SELECT id FROM article") == [(numbered(1).id,)]
    assert rows(folder, "SELECT count(*) FROM original") == [(1,)]
    assert rows(folder, "SELECT count(*) FROM repair") == [(0,)]


@pytest.mark.parametrize("article_id", ["unknown", "", "\ud800"], ids=["unknown", "empty", "lone surrogate"])
def test_deleting_what_is_not_there_changes_nothing(folder: DataFolder, article_id: str) -> None:
    store(folder, ARTICLE)
    with CorpusWriter.open(folder) as writer:
        assert not writer.delete(article_id)
        assert writer.commit() == 1


def test_deleting_twice_is_one_deletion(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    with CorpusWriter.open(folder) as writer:
        assert [writer.delete(ARTICLE.id), writer.delete(ARTICLE.id)] == [True, False]
        assert writer.commit() == 2


def test_an_article_that_comes_back_is_new(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    remove(folder, ARTICLE.id)
    with CorpusWriter.open(folder) as writer:
        assert writer.put(ARTICLE, ORIGINAL) is Outcome.NEW
        assert writer.commit() == 3
    assert rows(folder, "SELECT count(*) FROM deleted") == [(0,)]


def test_what_was_not_committed_is_dropped(folder: DataFolder) -> None:
    store(folder, numbered(1))
    with CorpusWriter.open(folder) as writer:
        writer.put(numbered(2), ORIGINAL)
    writer = CorpusWriter.open(folder)
    writer.put(numbered(3), ORIGINAL)
    with pytest.raises(ZeroDivisionError), writer:
        raise ZeroDivisionError
    assert rows(folder, "SELECT id FROM article") == [(numbered(1).id,)]
    assert rows(folder, "SELECT count(*) FROM journal") == [(1,)]


def test_sequences_of_dropped_batches_leave_no_trace(folder: DataFolder) -> None:
    with CorpusWriter.open(folder) as writer:
        writer.put(numbered(1), ORIGINAL)
    assert store(folder, numbered(2)) == 1


REFUSED = {
    "lone surrogate in the title": (replace(ARTICLE, title="半\ud842"), ORIGINAL, "lone surrogate"),
    "lone surrogate in a tag": (replace(ARTICLE, tags=("\udfff",)), ORIGINAL, "lone surrogate"),
    "lone surrogate in the id": (replace(ARTICLE, id="\ud842"), ORIGINAL, "lone surrogate"),
    "lone surrogate in a repair": (
        replace(ARTICLE, repairs=(replace(ARTICLE.repairs[0], before="\ud842"),)),
        ORIGINAL,
        "lone surrogate",
    ),
    "lone surrogate in the encoding": (ARTICLE, replace(ORIGINAL, encoding="\ud842"), "lone surrogate"),
    "no id": (replace(ARTICLE, id=""), ORIGINAL, "without an id"),
    "no time zone": (replace(ARTICLE, published=datetime(2024, 1, 1)), ORIGINAL, "no time zone"),  # noqa: DTZ001 - naive on purpose
}


@pytest.mark.parametrize(("article", "original", "reason"), REFUSED.values(), ids=REFUSED.keys())
def test_what_cannot_be_stored_is_refused_and_the_batch_goes_on(
    folder: DataFolder, article: Article, original: Original, reason: str
) -> None:
    with CorpusWriter.open(folder) as writer:
        writer.put(numbered(1), ORIGINAL)
        with pytest.raises(ArticleRefused, match=reason) as caught:
            writer.put(article, original)
        str(caught.value).encode()
        writer.put(numbered(2), ORIGINAL)
        assert writer.commit() == 2


def test_after_a_failed_statement_nothing_of_the_batch_can_be_committed(folder: DataFolder) -> None:
    store(folder, numbered(1))
    with closing(open_writing(folder.articles)) as connection:
        connection.execute(
            "CREATE TRIGGER full BEFORE INSERT ON original BEGIN SELECT raise(FAIL, 'disk full'); END"
        )
    writer = CorpusWriter.open(folder)
    with pytest.raises(CorpusUnavailable, match="disk full"):
        writer.put(numbered(2), ORIGINAL)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        writer.commit()
    assert rows(folder, "SELECT id FROM article") == [(numbered(1).id,)]


def test_a_full_disk_is_named_and_loses_nothing_acknowledged(folder: DataFolder) -> None:
    store(folder, numbered(1))
    writer = CorpusWriter.open(folder)
    writer._connection.execute("PRAGMA max_page_count = 20")
    with pytest.raises(NoSpace, match=r"no space left .*; make room"):
        writer.put(numbered(2, "长" * 100_000), ORIGINAL)
    assert rows(folder, "SELECT id FROM article") == [(numbered(1).id,)]
    assert rows(folder, "PRAGMA integrity_check") == [("ok",)]


def test_the_names_reach_the_disk_when_the_database_is_made(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[Path] = []
    monkeypatch.setattr("index.corpus.writer.fsync_folder", synced.append)
    CorpusWriter.open(folder).close()
    assert synced == [folder.root]


def test_what_is_held_is_known_before_it_is_committed(folder: DataFolder) -> None:
    store(folder, numbered(1), numbered(2))
    with CorpusWriter.open(folder) as writer:
        writer.put(numbered(3), ORIGINAL)
        writer.delete(numbered(2).id)
        held = [writer.holds(numbered(number).id) for number in range(1, 5)]
    assert held == [True, False, True, False]

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime

import pytest

from index.article import Article
from index.article_reader import CorpusStats
from index.corpus import pool
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.index.corpus.samples import ARTICLE, ORIGINAL, numbered, remove, store, title_of


@pytest.fixture
def reader(folder: DataFolder) -> Iterator[CorpusReader]:
    store(folder, ARTICLE)
    with CorpusReader.open(folder) as reader:
        yield reader


def test_an_open_reader_sees_each_commit_and_nothing_before_it(
    folder: DataFolder, reader: CorpusReader
) -> None:
    with CorpusWriter.open(folder) as writer:
        writer.put(numbered(1), ORIGINAL)
        writer.put(replace(ARTICLE, title="新题"), ORIGINAL)
        assert set(reader.articles([ARTICLE.id, numbered(1).id])) == {ARTICLE.id}
        assert title_of(reader, ARTICLE.id) == ARTICLE.title
        assert reader.last_sequence() == 1
        writer.commit()
        assert reader.articles([numbered(1).id]) == {numbered(1).id: numbered(1)}
        assert title_of(reader, ARTICLE.id) == "新题"
        assert reader.last_sequence() == 3


def test_an_entry_of_the_journal_is_told_from_all_others(folder: DataFolder, reader: CorpusReader) -> None:
    first = reader.entry(1)
    assert (reader.entry(0), reader.entry(2)) == (None, None)
    store(folder, replace(ARTICLE, title="新题"))
    remove(folder, ARTICLE.id)
    store(folder, ARTICLE)
    entries = [reader.entry(sequence) for sequence in range(1, 5)]
    assert reader.newest_entry() == (4, entries[-1])
    assert entries[0] == first, "newer states of the article leave it as it is"
    assert None not in entries
    assert len(set(entries)) == 4


def test_counts_of_all_articles(folder: DataFolder, reader: CorpusReader) -> None:
    store(
        folder,
        numbered(1),
        replace(numbered(2), published=None),
        # Earlier than ARTICLE, though its text sorts after it.
        replace(numbered(3), published=datetime.fromisoformat("2024-10-14T16:30:00+09:00")),
        replace(ARTICLE, id="hubei-2"),
    )
    remove(folder, "hubei-2")
    assert reader.stats() == CorpusStats(
        articles=4, undated=1, repaired=1, sequence=8, newest=ARTICLE.published
    )


def test_an_export_holds_every_article_in_the_order_of_ids(folder: DataFolder) -> None:
    articles = [numbered(number) for number in range(300)]
    store(folder, *reversed(articles))
    with CorpusReader.open(folder) as reader:
        assert list(reader.export()) == articles


def test_an_export_goes_on_while_articles_come_and_go(folder: DataFolder) -> None:
    store(folder, *(numbered(number) for number in range(10)))
    with CorpusReader.open(folder) as reader:
        export = reader.export()
        first = next(export)
        remove(folder, numbered(5).id)
        store(folder, numbered(10))
        ids = [article.id for article in (first, *export)]
    assert ids == sorted(set(ids))
    assert set(ids) - {numbered(10).id} == {numbered(number).id for number in range(10) if number != 5}


def test_threads_share_a_reader_while_a_writer_commits(folder: DataFolder, reader: CorpusReader) -> None:
    """Batches of two articles with one number: a reader that sees both sees the same number in both."""
    stop = threading.Event()
    torn: list[list[str]] = []
    errors: list[BaseException] = []
    reads = [0] * 4

    def read(number: int) -> None:
        try:
            while not stop.is_set():
                pair = reader.articles(["left", "right"]).values()
                reads[number] += 1
                titles = [
                    article.title if isinstance(article, Article) else article.reason for article in pair
                ]
                if len(set(titles)) > 1:
                    torn.append(titles)
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=read, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for batch in range(30):
        store(folder, *(replace(ARTICLE, id=side, title=f"第{batch}批") for side in ("left", "right")))
    stop.set()
    for thread in threads:
        thread.join()
    assert (torn, errors) == ([], [])
    assert min(reads) > 0
    assert title_of(reader, "left") == "第29批"


def test_idle_connections_are_bounded(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    connections = pool.ReadingPool.open(folder)
    with ExitStack() as stack:
        for _ in range(pool.KEPT + 5):
            stack.enter_context(connections.snapshot())
    assert len(connections._idle) == pool.KEPT
    connections.close()


def test_a_connection_that_failed_is_not_lent_again(folder: DataFolder) -> None:
    store(folder, ARTICLE)
    connections = pool.ReadingPool.open(folder)
    with pytest.raises(ZeroDivisionError), connections.snapshot():
        raise ZeroDivisionError
    assert connections._idle == []
    connections.close()


def test_a_call_that_runs_when_the_reader_is_closed_gets_its_answer_and_the_next_does_not(
    reader: CorpusReader,
) -> None:
    with reader._pool.snapshot() as connection:
        reader.close()
        assert connection.execute("SELECT count(*) FROM article").fetchone()[0] == 1
    with pytest.raises(RuntimeError, match="closed"):
        reader.last_sequence()


@pytest.mark.parametrize(
    ("rule", "repaired"),
    [
        ("pinyin", 1),
        ("full-width", 0),
        ("full-width+invisible", 0),
        ("line-break+full-width+invisible", 0),
        ("full-width+entities", 1),
    ],
)
def test_only_damage_counts_as_repaired(folder: DataFolder, rule: str, repaired: int) -> None:
    article = replace(ARTICLE, repairs=(replace(ARTICLE.repairs[0], rule=rule),))
    store(folder, article)
    with CorpusReader.open(folder) as reader:
        assert reader.stats().repaired == repaired == article.is_repaired


def test_the_articles_of_a_source_are_named(folder: DataFolder, reader: CorpusReader) -> None:
    store(folder, numbered(1), replace(numbered(2), source="别的日报"), replace(numbered(3), source=None))
    remove(folder, numbered(1).id)
    store(folder, numbered(4))
    assert reader.ids_of_source("湖北日报") == {ARTICLE.id, numbered(4).id}
    assert reader.ids_of_source("別的日報") == frozenset()
    assert reader.ids_of_source("") == frozenset()

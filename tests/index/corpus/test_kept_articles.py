"""Articles that were read are given again while they are what is stored."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from index.article import Article
from index.article_reader import DamagedArticle
from index.corpus.reader import CorpusReader, bytes_of
from index.data_folder import DataFolder
from tests.index.corpus.copies import spoil
from tests.index.corpus.samples import ARTICLE, numbered, remove, store


@pytest.fixture
def keeping(folder: DataFolder) -> Iterator[CorpusReader]:
    """A reader with room for all, of a folder with one article."""
    store(folder, ARTICLE)
    with CorpusReader.open(folder, 1 << 20) as reader:
        yield reader


def read(reader: CorpusReader, article_id: str = ARTICLE.id) -> Article | DamagedArticle | None:
    return reader.articles([article_id]).get(article_id)


def test_an_article_is_read_once(folder: DataFolder, keeping: CorpusReader) -> None:
    assert read(keeping) == ARTICLE
    assert read(keeping) is read(keeping)
    with CorpusReader.open(folder) as other:
        assert read(other) is not read(other)


def test_a_new_state_is_given_at_once(folder: DataFolder, keeping: CorpusReader) -> None:
    read(keeping)
    changed = replace(ARTICLE, title="另一个标题")
    store(folder, changed)
    assert read(keeping) == changed
    store(folder, ARTICLE)
    assert read(keeping) == ARTICLE


def test_a_deleted_article_is_gone(folder: DataFolder, keeping: CorpusReader) -> None:
    read(keeping)
    remove(folder, ARTICLE.id)
    assert read(keeping) is None


def test_what_is_given_is_what_was_stored_whatever_becomes_of_the_disk(
    folder: DataFolder, keeping: CorpusReader
) -> None:
    read(keeping)
    spoil(folder, "UPDATE article SET body = '别的'")
    assert read(keeping) == ARTICLE
    with CorpusReader.open(folder, 1 << 20) as other:
        assert isinstance(read(other), DamagedArticle)
        assert isinstance(read(other), DamagedArticle)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE article SET digest = zeroblob(32)", "UPDATE article SET id = 'another'"],
    ids=["digest", "id"],
)
def test_a_row_that_is_no_longer_of_this_article_is_damaged(
    folder: DataFolder, keeping: CorpusReader, statement: str
) -> None:
    read(keeping)
    spoil(folder, statement)
    found = [*keeping.articles([ARTICLE.id, "another"]).values()]
    assert len(found) == 1
    assert isinstance(found[0], DamagedArticle)


def test_only_so_much_is_kept(folder: DataFolder) -> None:
    articles = [numbered(number) for number in range(3)]
    store(folder, *articles)
    room = 2 * max(map(bytes_of, articles)) + 1_500
    with CorpusReader.open(folder, room) as reader:
        first = [read(reader, article.id) for article in articles]
        assert first == articles
        assert read(reader, articles[2].id) is first[2]
        assert read(reader, articles[0].id) is not first[0]

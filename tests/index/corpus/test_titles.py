import sqlite3
from dataclasses import replace
from datetime import timedelta

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from tests.index.corpus.samples import ARTICLE, numbered, store


def test_titles_come_newest_first_and_those_without_a_date_last(folder: DataFolder) -> None:
    assert ARTICLE.published is not None
    later = ARTICLE.published + timedelta(days=1)
    store(folder, replace(numbered(1), title="旧", published=ARTICLE.published))
    store(folder, replace(numbered(2), title="无日期", published=None))
    store(folder, replace(numbered(3), title="新", published=later))
    store(folder, replace(numbered(4), title="", published=later))
    store(folder, replace(numbered(5), title="新", published=later))
    with CorpusReader.open(folder) as reader:
        assert reader.titles(9) == ("新", "新", "旧", "无日期")
        assert reader.titles(1) == ("新",)


def test_a_title_that_is_no_text_any_more_is_left_out(folder: DataFolder) -> None:
    store(folder, replace(numbered(1), title="好"))
    store(folder, replace(numbered(2), title="坏"))
    connection = sqlite3.connect(folder.articles)
    with connection:
        connection.execute("UPDATE article SET title = CAST(X'ff' AS TEXT) WHERE title = '坏'")
    connection.close()
    with CorpusReader.open(folder) as reader:
        assert reader.titles(9) == ("好",)

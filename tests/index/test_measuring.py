"""The averages of a journal's articles: all of them, or a sample that lies evenly over it."""

from pathlib import Path

import pytest

from index.analysis.analyzer import Analyzer
from index.article import Part
from index.averages import Averages, measure
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.documents import to_document
from index.journal import StoredArticle
from index.measuring import measured
from tests.index.corpus.samples import numbered, store


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    return folder


def averages(folder: DataFolder, analyzer: Analyzer, most: int) -> Averages:
    with CorpusReader.open(folder) as articles:
        return measured(articles, analyzer, most)


def test_of_nothing_the_averages_are_those_to_start_with(folder: DataFolder, analyzer: Analyzer) -> None:
    store(folder)
    assert averages(folder, analyzer, 10) == Averages()


@pytest.mark.parametrize("most", [6, 7, 1_000], ids=["as many", "one more", "many more"])
def test_up_to_so_many_all_are_measured(folder: DataFolder, analyzer: Analyzer, most: int) -> None:
    store(folder, *map(numbered, range(6)))
    with CorpusReader.open(folder) as articles:
        states = [change.state for change in articles.changes(0, 100, 1_000_000)]
    documents = [
        to_document(state.article, analyzer, state.added, state.cluster)
        for state in states
        if isinstance(state, StoredArticle)
    ]
    assert len(documents) == 6
    assert averages(folder, analyzer, most) == measure(documents)


def test_of_more_a_sample_lies_evenly_over_the_journal(folder: DataFolder, analyzer: Analyzer) -> None:
    """Later articles are longer: those that lie at the beginning alone would be too short."""
    for number in range(40):
        store(folder, numbered(number, "新" * (number + 1)))
    every = averages(folder, analyzer, 40).characters[Part.BODY]
    sample = averages(folder, analyzer, 10).characters[Part.BODY]
    assert every == pytest.approx(20.5)
    assert sample == pytest.approx(every, abs=4)
    assert averages(folder, analyzer, 1).characters[Part.BODY] == 1


def test_where_few_articles_are_left_each_counts_once(folder: DataFolder, analyzer: Analyzer) -> None:
    """The journal is long, since articles came again and again; of each there is the newest state alone."""
    for length in range(1, 11):
        store(folder, numbered(1, "新" * length), numbered(2, "新" * length))
    assert averages(folder, analyzer, 5).characters[Part.BODY] == 10

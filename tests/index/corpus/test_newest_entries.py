"""The newest journal entry of each article, page by page in the order of the ids."""

from pathlib import Path

from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.index.corpus.samples import numbered, store


def test_pages_follow_each_other_and_hold_the_newest_entry_of_each_article(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    for time, number in enumerate((3, 1, 2, 4, 1)):
        store(folder, numbered(number, f"正文第{time}次"))
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        writer.delete(numbered(4).id)
        writer.commit()
    names = [numbered(number).id for number in (1, 2, 3)]
    with CorpusReader.open(folder) as articles:
        first = articles.newest_entries("", 2)
        last = articles.newest_entries(first[-1][0], 2)
        assert articles.newest_entries(last[-1][0], 2) == ()
        states = [change.sequence for change in articles.states(names)]
    assert [name for name, _ in (*first, *last)] == names
    assert [sequence for _, sequence in (*first, *last)] == states

"""When articles came in, as seen from an entry of the journal."""

from datetime import UTC, datetime, timedelta

import pytest

from index.arrivals import Arrivals
from index.corpus import writer as writer_module
from index.corpus.reader import CorpusReader
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from index.writer_lock import WriterLock
from tests.index.corpus.samples import numbered, store

NOON = datetime(2026, 11, 28, 12, 0, tzinfo=UTC)


@pytest.fixture
def minute(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many minutes past noon it is."""
    past = [0]
    monkeypatch.setattr(writer_module, "_now", lambda: at(past[0]).isoformat())
    return past


def at(minute: int) -> datetime:
    return NOON + timedelta(minutes=minute)


def test_of_an_empty_corpus(folder: DataFolder) -> None:
    store(folder)
    with CorpusReader.open(folder) as reader:
        assert reader.arrivals(0) == Arrivals(None, None)


def test_an_article_that_was_changed_came_in_when_it_was_first_stored(
    folder: DataFolder, minute: list[int]
) -> None:
    for minute[0] in range(3):
        store(folder, numbered(minute[0]))
    minute[0] = 9
    last = store(folder, numbered(1, "已更正"))
    with CorpusReader.open(folder) as reader:
        assert reader.arrivals(0) == Arrivals(at(0), at(9))
        assert reader.arrivals(2) == Arrivals(at(1), at(9))
        assert reader.arrivals(last) == Arrivals(None, at(9))


def test_one_that_was_deleted_and_stored_again_is_new(folder: DataFolder, minute: list[int]) -> None:
    first = store(folder, numbered(1))
    minute[0] = 5
    with WriterLock(folder.lock), CorpusWriter.open(folder) as writer:
        writer.delete("article-0001")
        writer.commit()
    with CorpusReader.open(folder) as reader:
        assert reader.arrivals(first) == Arrivals(None, at(5))
    minute[0] = 6
    store(folder, numbered(1))
    with CorpusReader.open(folder) as reader:
        assert reader.arrivals(first) == Arrivals(at(6), at(6))

"""When articles were first stored, for those who need a time of each."""

from contextlib import closing
from datetime import UTC, datetime

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from tests.index.corpus.copies import FIRST, OTHER, spoil
from tests.index.corpus.samples import store


def test_an_article_was_added_when_it_was_first_stored(folder: DataFolder) -> None:
    before = datetime.now(UTC)
    store(folder, FIRST, OTHER)
    store(folder, FIRST)
    after = datetime.now(UTC)
    with closing(CorpusReader.open(folder)) as reader:
        added = reader.times_added(["first", "unknown", "half a character \ud800"])
    assert list(added) == ["first"]
    assert before.replace(microsecond=0) <= added["first"] <= after


def test_a_damaged_time_is_left_out(folder: DataFolder) -> None:
    store(folder, FIRST, OTHER)
    spoil(folder, "UPDATE article SET added = 'soon' WHERE id = 'first'")
    with closing(CorpusReader.open(folder)) as reader:
        assert list(reader.times_added(["first", "other"])) == ["other"]

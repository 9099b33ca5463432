"""The newest state of single articles."""

from pathlib import Path

from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.journal import StoredArticle
from tests.index.corpus.samples import numbered, remove, store


def test_states_come_in_the_order_asked_for(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    first, second = numbered(1, "first"), numbered(2, "second")
    store(folder, first, second)
    store(folder, numbered(1, "changed"))
    remove(folder, second.id)
    with CorpusReader.open(folder) as reader:
        states = list(reader.states([second.id, "never", first.id, "\udcff"]))
        changes = {change.id: change for change in reader.changes(0, 10, 10_000)}
    assert [change.id for change in states] == [second.id, "never", first.id, "\udcff"]
    assert [change.state is None for change in states] == [True, True, False, True]
    assert states[0] == changes[second.id]
    assert states[2] == changes[first.id]
    assert isinstance(states[2].state, StoredArticle)
    assert states[2].state.article.body == "changed"

"""The indexer over a cluster: it goes on where it was when the cluster is back."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest

from index import indexer as indexer_module
from index.analysis.analyzer import Analyzer
from index.errors import EngineAway
from index.indexer import Batch, Indexer, IndexOfAnotherJournal
from index.journal import Change, StoredArticle
from index.opensearch.generations import read
from tests.index.opensearch.generation import Place
from tests.index.opensearch.proxy import Answer, Asked, Cluster, Proxy, honest
from tests.index_states import some_articles

pytestmark = pytest.mark.opensearch

ADDED = datetime(2026, 11, 28, tzinfo=UTC)


@dataclass(slots=True)
class Articles:
    """A Journal of articles that were stored once, each with its own entry."""

    entries: Sequence[Change]

    def last_sequence(self) -> int:
        return len(self.entries)

    def entry(self, sequence: int) -> str | None:
        return f"entry {sequence}" if sequence else None

    def states(self, ids: Iterable[str]) -> Iterator[Change]:
        by_id = {change.id: change for change in self.entries}
        return (by_id.get(name, Change(0, name, None)) for name in ids)

    def changes(self, after: int, limit: int, max_characters: int) -> Sequence[Change]:
        assert max_characters > 0
        return self.entries[after : after + limit]


def journal_of(names: str) -> Articles:
    stored = [StoredArticle(article, ADDED, None) for article in some_articles(names)]
    return Articles([Change(at, state.article.id, state) for at, state in enumerate(stored, 1)])


def silent(*_: object) -> None:
    """The way to the cluster is cut."""


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexer_module, "BATCH", Batch(2, 1_000))
    monkeypatch.setattr(indexer_module, "REBUILD_BATCH", Batch(2, 1_000))


def indexer(place: Place, journal: Articles, analyzer: Analyzer) -> Indexer:
    place.analyzer = analyzer.version
    return Indexer(journal, analyzer, place.store())


def cut_after(batches: int, proxy: Proxy) -> None:
    """The way is cut at the commit behind so many."""
    commits = iter(range(batches))

    def behaviour(asked: Asked, cluster: Cluster) -> Answer | None:
        is_commit = asked.method == "PUT" and asked.path.endswith("/_mapping")
        if is_commit and next(commits, None) is None:
            proxy.behaviour = silent
            return None
        return cluster()

    proxy.behaviour = behaviour


def busy_after(batches: int, proxy: Proxy) -> None:
    """From the commit behind so many on, the cluster does everything but publish."""
    commits = iter(range(batches))

    def behaviour(asked: Asked, cluster: Cluster) -> Answer | None:
        is_commit = asked.method == "PUT" and asked.path.endswith("/_mapping")
        if is_commit and next(commits, None) is None:
            return Answer(503, b'{"error": {"type": "busy", "reason": "no manager"}, "status": 503}')
        return cluster()

    proxy.behaviour = behaviour


@pytest.mark.parametrize("amiss", [cut_after, busy_after])
def test_a_rebuild_goes_on_when_the_cluster_is_back(
    proxy: Proxy, disturbed: Place, analyzer: Analyzer, amiss: Callable[[int, Proxy], None]
) -> None:
    """Nothing of what was begun is thrown away, not even where it could be."""
    journal = journal_of("abcdefg")
    amiss(2, proxy)
    with pytest.raises(EngineAway):
        indexer(disturbed, journal, analyzer).rebuild(silent, "asked for")
    begun = read(disturbed.direct, disturbed.generation(1))
    assert begun is not None
    assert begun.sequence == 4
    proxy.behaviour = honest
    report = indexer(disturbed, journal, analyzer).catch_up(silent)
    assert report is not None
    assert (report.generation.partition(".")[0], report.changes) == ("1", 3)
    assert disturbed.store().verify().ids == set("abcdefg")


def test_what_came_meanwhile_is_caught_up_with(proxy: Proxy, disturbed: Place, analyzer: Analyzer) -> None:
    indexer(disturbed, journal_of("abc"), analyzer).rebuild(silent, "asked for")
    longer = journal_of("abcdefghi")
    cut_after(1, proxy)
    with pytest.raises(EngineAway):
        indexer(disturbed, longer, analyzer).catch_up(silent)
    with pytest.raises(EngineAway):
        indexer(disturbed, longer, analyzer).catch_up(silent)
    proxy.behaviour = honest
    report = indexer(disturbed, longer, analyzer).catch_up(silent)
    assert report is not None
    assert report.rebuilt is None
    assert report.changes == 4
    contents = disturbed.store().verify()
    assert contents.ids == set("abcdefghi")
    assert (contents.sequence, contents.entry) == (9, "entry 9")


def test_while_it_waits_it_can_be_stopped(proxy: Proxy, disturbed: Place, analyzer: Analyzer) -> None:
    class Stopped(Exception):
        """The process is told to end."""

    def stop() -> None:
        raise Stopped

    indexer(disturbed, journal_of("a"), analyzer).rebuild(silent, "asked for")
    cut_after(0, proxy)
    disturbed.waits.then = stop
    with pytest.raises(Stopped):
        indexer(disturbed, journal_of("ab"), analyzer).catch_up(silent)


def test_the_index_of_another_journal_is_left_alone_unless_a_rebuild_is_asked_for(
    place: Place, analyzer: Analyzer
) -> None:
    """It may be that of another machine. In a folder, which is nobody else's, it would be made anew."""
    indexer(place, journal_of("abc"), analyzer).rebuild(silent, "asked for")
    other = indexer(place, journal_of("a"), analyzer)
    with pytest.raises(IndexOfAnotherJournal, match="up to 3, which ends at 1: choose another name"):
        other.catch_up(silent)
    assert place.store().verify().ids == set("abc")
    other.rebuild(silent, "asked for")
    assert place.store().verify().ids == {"a"}


def test_an_index_that_somebody_has_removed_is_made_anew(place: Place, analyzer: Analyzer) -> None:
    journal = journal_of("abc")
    indexer(place, journal, analyzer).rebuild(silent, "asked for")
    for name in place.indexes():
        place.direct.indices.delete(index=name)
    report = indexer(place, journal, analyzer).catch_up(silent)
    assert report is not None
    assert place.store().verify().ids == set("abc")

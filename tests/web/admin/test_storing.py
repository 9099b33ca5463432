"""When nothing can be stored, and how those who wait for a search are told."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from index.article_reader import CorpusStats
from index.corpus.errors import NoSpace
from index.corpus.reader import CorpusReader
from index.data_folder import DataFolder
from index.errors import CorpusMissing, WriterBusy
from search.request import SearchRequest
from search.results import Readiness, SearchResult
from tests.index.corpus.samples import numbered, store
from web.admin import storing
from web.admin.errors import NotTakenUp
from web.admin.live import FAILING_S, PATIENCE_S, Follower
from web.admin.storing import MIN_FREE, ArticleStore, Composings, Mode, Repairing, disk_room
from web.serving.live_search import TakenUp

TERABYTE = 10**12


def store_of(folder: DataFolder, composings: Composings, free: int, total: int) -> ArticleStore:
    return ArticleStore(folder, composings, lambda _: (free, total))


def nobody(_count: int) -> None:
    """Nobody wants to know how far it is."""


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    return folder


@pytest.mark.parametrize(
    ("free", "total"), [(MIN_FREE - 1, TERABYTE), (0, TERABYTE), (19_999, 400_000)], ids=str
)
def test_on_a_full_disk_nothing_is_stored_or_deleted(
    folder: DataFolder, composings: Composings, free: int, total: int
) -> None:
    full = store_of(folder, composings, free, total)
    with pytest.raises(NoSpace):
        full.take_in([], Mode.UPSERT, Repairing.AS_NEEDED, nobody)
    with pytest.raises(NoSpace):
        full.delete([numbered(1).id], nobody)
    with CorpusReader.open(folder) as reader:
        assert reader.articles([numbered(1).id])


@pytest.mark.parametrize(("free", "total"), [(MIN_FREE, TERABYTE), (20_000, 400_000)], ids=str)
def test_with_room_enough_it_is(folder: DataFolder, composings: Composings, free: int, total: int) -> None:
    deleted, sequence = store_of(folder, composings, free, total).delete([numbered(1).id, "none"], nobody)
    assert (deleted, sequence) == (1, 2)


def test_the_room_is_that_of_the_disk(folder: DataFolder) -> None:
    free, total = disk_room(folder.root)
    assert 0 < free <= total


def test_another_request_makes_it_busy(
    folder: DataFolder, composings: Composings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "LANE_WAIT_S", 0.01)
    articles = store_of(folder, composings, TERABYTE, TERABYTE)
    with articles._writing(), pytest.raises(WriterBusy):
        articles.delete(["a"], nobody)
    assert articles.delete(["a"], nobody) == (0, None)


def test_a_rehearsal_needs_no_database_and_makes_none(tmp_path: Path, composings: Composings) -> None:
    folder = DataFolder(tmp_path / "none")
    taken = store_of(folder, composings, 0, 1).rehearse([], Mode.REPLACE_SOURCE, Repairing.AS_NEEDED)
    assert (taken.deleted, taken.sequence) == (0, None)
    with pytest.raises(CorpusMissing), CorpusReader.open(folder):
        pass


def test_each_way_to_repair_has_its_composing(composings: Composings) -> None:
    found = {id(composings.of(repairing)) for repairing in Repairing}
    assert len(found) == len(Repairing)


@dataclass(slots=True)
class Side:
    """A searching side that is where it is told to be."""

    sequence: int = 0
    ready: bool = True
    looks: int = 0
    after: int = 3
    woken: list[int] = field(default_factory=list)
    now: float = 0.0
    why: str | None = None

    def readiness(self) -> Readiness:
        self.looks += 1
        reached = self.sequence if self.looks >= self.after else 0
        return Readiness(ready=self.ready, generation="7.1", sequence=reached, lag=0, reasons=())

    def taken_up(self) -> TakenUp:
        raise NotImplementedError

    def stats(self) -> CorpusStats:
        raise NotImplementedError

    def walk(self, request: SearchRequest) -> Iterator[SearchResult]:
        raise NotImplementedError

    def sleep(self, seconds: float) -> None:
        self.now += max(seconds, 1.0)

    def follower(self) -> Follower:
        return Follower(
            self,
            wake=lambda: self.woken.append(1),
            failure=lambda: self.why,
            clock=lambda: self.now,
            sleep=self.sleep,
        )


def never() -> bool:
    return False


def test_the_generation_is_that_which_has_it() -> None:
    side = Side(sequence=5)
    assert side.follower().wait_for_articles(5, never) == "7.1"
    assert side.woken == [1]
    assert side.looks > side.after


def test_where_nothing_was_written_nobody_waits() -> None:
    side = Side()
    assert side.follower().wait_for_articles(None, never) is None
    assert (side.looks, side.woken) == (0, [])


def test_a_side_that_is_not_ready_does_not_have_it() -> None:
    side = Side(sequence=5, ready=False)
    with pytest.raises(NotTakenUp, match="not up to date"):
        side.follower().wait_for_articles(5, never)
    assert side.now >= PATIENCE_S


def test_why_it_fails_is_told_once_it_has_failed_for_long() -> None:
    side = Side(sequence=4, why="the disk is full")
    with pytest.raises(NotTakenUp, match="the disk is full"):
        side.follower().wait_for_articles(5, never)
    assert FAILING_S <= side.now < PATIENCE_S


def test_a_failure_that_passes_is_no_reason() -> None:
    side = Side(sequence=5, why="the disk is full", after=10)
    assert side.follower().wait_for_articles(5, never) == "7.1"


def test_a_server_that_ends_lets_nobody_wait() -> None:
    side = Side(sequence=4)
    with pytest.raises(NotTakenUp, match="ending"):
        side.follower().wait_for_articles(5, lambda: True)

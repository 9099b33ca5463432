"""The thread that keeps the index up to date: it survives every failure, tells of it, and stops at once."""

import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from index import analysing
from index.analysis.analyzer import Analyzer
from index.article import Article
from index.data_folder import DataFolder
from index.documents import IndexDocument, to_document
from index.errors import StorageFailed
from index.generation import current
from index.generations_kept import KeptGeneration
from index.upkeep import Upkeep
from index.writer import IndexContents, IndexWriter, Succession
from index.writer_lock import WriterLock
from search.deadline import Deadline
from search.request import SearchRequest
from search.results import Readiness
from tests.index.corpus.samples import numbered, store
from tests.index.site import Site
from tests.index_states import some_articles
from tests.waiting import PAUSE_S, WAIT_S, wait_for
from tests.web.conftest import ClientFactory
from tests.web.fake_service import FakeService
from web.serving import keeper as keeper_module
from web.serving.keeper import IndexKeeper, KeptService, tend
from web.serving.opening import Opened, open_search

WALKED = SearchRequest(q="科技创新", limit=2)
BEHIND = Readiness(ready=True, generation="1.1", sequence=1, lag=1, reasons=())


@contextmanager
def running(keeper: IndexKeeper) -> Iterator[IndexKeeper]:
    keeper.start()
    try:
        yield keeper
    finally:
        keeper.stop()


@dataclass(slots=True)
class FailingStore:
    """An IndexStore that fails with these errors in turn, the last one for ever."""

    errors: list[Exception]
    tries: list[float] = field(default_factory=list)

    @property
    def is_shared(self) -> bool:
        return False

    def live(self) -> IndexWriter:
        self.tries.append(time.monotonic())
        raise self.errors.pop(0) if len(self.errors) > 1 else self.errors[0]

    def create(self) -> IndexWriter:
        raise NotImplementedError

    def resume(self) -> IndexWriter | None:
        raise NotImplementedError

    def succeed(self) -> Succession | None:
        raise NotImplementedError

    def count_stale(self) -> int | None:
        raise NotImplementedError

    def generations(self) -> tuple[KeptGeneration, ...]:
        raise NotImplementedError

    def roll_back(self, name: str) -> None:
        raise NotImplementedError

    def remove_unfinished(self) -> None:
        raise NotImplementedError

    def make_live(self, writer: IndexWriter) -> None:
        raise NotImplementedError

    def set_aside(self) -> None:
        raise NotImplementedError

    def scrub(self) -> tuple[str, ...]:
        raise NotImplementedError

    def verify(self) -> IndexContents:
        raise NotImplementedError


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    folder = DataFolder(tmp_path / "data")
    folder.create()
    store(folder, numbered(1))
    return folder


def keeper_of(upkeep: Upkeep, readiness: Callable[[], Readiness]) -> IndexKeeper:
    return IndexKeeper(partial(tend, upkeep, readiness), interval_s=PAUSE_S)


def failing(folder: DataFolder, analyzer: Analyzer, *errors: Exception) -> tuple[IndexKeeper, FailingStore]:
    fake = FailingStore(list(errors))
    return keeper_of(Upkeep(folder, analyzer, fake), lambda: BEHIND), fake


@pytest.mark.parametrize(
    "error",
    [
        StorageFailed("no space left"),
        OSError(28, "No space left on device"),
        RuntimeError("a fault of ours"),
        MemoryError(),
        AssertionError(),
    ],
    ids=lambda error: type(error).__name__,
)
def test_no_failure_ends_it(folder: DataFolder, analyzer: Analyzer, error: Exception) -> None:
    keeper, fake = failing(folder, analyzer, error)
    with running(keeper):
        wait_for(lambda: len(fake.tries) >= 3)
        assert keeper.failure == (str(error) or type(error).__name__)


def test_the_pause_doubles_up_to_the_longest(
    folder: DataFolder, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float | None] = []

    class Stop(threading.Event):
        def wait(self, timeout: float | None = None) -> bool:
            pauses.append(timeout)
            return False

        def is_set(self) -> bool:
            return len(pauses) > 9

    monkeypatch.setattr(threading, "Event", Stop)
    keeper = IndexKeeper(partial(tend, Upkeep(folder, analyzer, FailingStore([OSError()])), lambda: BEHIND))
    monkeypatch.undo()
    keeper._run()
    assert pauses == [0, 1, 2, 4, 8, 16, 16, 16, 16, 16]


def test_it_looks_at_once_when_it_is_told_to() -> None:
    looks: list[int] = []
    keeper = IndexKeeper(lambda _: looks.append(1), interval_s=3_600)
    with running(keeper):
        wait_for(lambda: len(looks) == 1)
        keeper.wake()
        wait_for(lambda: len(looks) == 2)


def test_each_kind_of_failure_is_logged_with_its_traceback_once(
    folder: DataFolder, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    keeper, fake = failing(
        folder, analyzer, StorageFailed("one"), StorageFailed("two"), KeyError("three"), StorageFailed("four")
    )
    with running(keeper):
        wait_for(lambda: len(fake.tries) >= 5)
    told = [
        (record.getMessage().rsplit(": ", 1)[1], record.exc_info is not None) for record in caplog.records
    ]
    assert told[:5] == [("one", True), ("two", False), ("'three'", True), ("four", False), ("four", False)]


def test_a_lock_that_cannot_be_used_is_a_failure_like_any_other(
    folder: DataFolder, analyzer: Analyzer
) -> None:
    folder.index_lock.mkdir()
    keeper, fake = failing(folder, analyzer, StorageFailed("never reached"))
    with running(keeper):
        wait_for(lambda: keeper.failure is not None)
    assert "index.lock" in str(keeper.failure)
    assert fake.tries == []


def test_while_another_process_indexes_it_waits_for_nothing(folder: DataFolder, analyzer: Analyzer) -> None:
    keeper, fake = failing(folder, analyzer, StorageFailed("never reached"))
    with WriterLock(folder.index_lock), running(keeper):
        time.sleep(10 * PAUSE_S)
        keeper.stop()
        assert not keeper._thread.is_alive()
    assert (keeper.failure, fake.tries) == (None, [])


@contextmanager
def kept(folder: DataFolder, analyzer: Analyzer) -> Iterator[tuple[Opened, IndexKeeper]]:
    """A data folder opened for searching, and a keeper of its index that does not run yet."""
    with open_search(folder, analyzer) as opened:
        yield opened, keeper_of(opened.upkeep, opened.service.readiness)


def test_it_indexes_what_is_stored_and_recovers(
    folder: DataFolder, analyzer: Analyzer, caplog: pytest.LogCaptureFixture
) -> None:
    folder.index.write_text("a file stands in the way")
    with kept(folder, analyzer) as (opened, keeper), running(keeper):
        wait_for(lambda: keeper.failure is not None)
        folder.index.unlink()
        wait_for(lambda: opened.service.readiness().is_settled)
        wait_for(lambda: keeper.failure is None)
        store(folder, numbered(2))
        wait_for(lambda: opened.service.readiness().sequence == 2)


def test_a_damaged_generation_is_rebuilt_though_an_older_one_covers_everything(
    folder: DataFolder, analyzer: Analyzer
) -> None:
    with kept(folder, analyzer) as (opened, _):
        opened.upkeep.rebuild(lambda _: None, "asked for")
        opened.upkeep.rebuild(lambda _: None, "asked for")
    [segment] = current(folder.index).folder.glob("*.seg")
    segment.unlink()
    with kept(folder, analyzer) as (opened, keeper):
        readiness = opened.service.readiness()
        assert (readiness.ready, readiness.lag, readiness.generation) == (True, 0, "1.2")
        with running(keeper):
            wait_for(lambda: opened.service.readiness().is_settled)
        assert opened.service.readiness().generation != "1.2"
    assert list(folder.index.glob("bad-gen-*")) == []


def test_a_current_that_was_lost_is_mended(folder: DataFolder, analyzer: Analyzer) -> None:
    with kept(folder, analyzer) as (opened, _):
        opened.upkeep.rebuild(lambda _: None, "asked for")
    (folder.index / "CURRENT").unlink()
    with kept(folder, analyzer) as (opened, keeper), running(keeper):
        wait_for(lambda: opened.service.readiness().is_settled)
    assert current(folder.index).number == 2


def test_a_stop_in_the_middle_of_a_rebuild_is_followed_before_the_next_article(
    tmp_path: Path, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = Site(tmp_path / "data", analyzer)
    site.change(some_articles(map(str, range(400))))
    analysed: list[str] = []

    def slowly(article: Article, analyzer: Analyzer, added: datetime, cluster: int | None) -> IndexDocument:
        analysed.append(article.id)
        time.sleep(PAUSE_S)
        return to_document(article, analyzer, added, cluster)

    monkeypatch.setattr(analysing, "to_document", slowly)
    with kept(site.folder, analyzer) as (_, keeper):
        keeper.start()
        wait_for(lambda: len(analysed) > 3)
        keeper.stop()
        assert not keeper._thread.is_alive()
    assert len(analysed) < 400
    assert keeper.failure is None
    # What was begun stays for the next rebuild to go on from; no reader takes it for an index.
    assert [path.name for path in site.folder.index.iterdir()] == ["new-gen-00000001"]


def test_a_stop_does_not_wait_for_a_long_commit(
    folder: DataFolder, analyzer: Analyzer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(keeper_module, "STOP_S", 0.05)
    caplog.set_level(logging.INFO)
    begun, done = threading.Event(), threading.Event()

    class SlowStore(FailingStore):
        def live(self) -> IndexWriter:
            begun.set()
            done.wait(WAIT_S)
            raise StorageFailed("the process has long ended")

    keeper = keeper_of(Upkeep(folder, analyzer, SlowStore([])), lambda: BEHIND)
    keeper.start()
    begun.wait(WAIT_S)
    keeper.stop()
    assert "in the middle of a commit" in caplog.text
    done.set()
    keeper._thread.join(WAIT_S)


def test_a_server_that_cannot_index_is_ready_and_says_what_fails(
    folder: DataFolder, analyzer: Analyzer, client_of: ClientFactory
) -> None:
    keeper, _ = failing(folder, analyzer, StorageFailed("no space left"))
    client = client_of(KeptService(FakeService(), keeper))
    assert client.get("/readyz").json()["reasons"] == []
    with running(keeper):
        wait_for(lambda: keeper.failure is not None)
        answer = client.get("/readyz")
        assert answer.status_code == 200
        assert answer.json()["reasons"] == ["indexing fails: no space left"]
        unready = client_of(KeptService(FakeService(reasons=("no index",)), keeper)).get("/readyz")
        assert unready.status_code == 503
        assert unready.json()["reasons"] == ["no index", "indexing fails: no space left"]


def test_a_kept_service_answers_as_the_service_does(
    folder: DataFolder, analyzer: Analyzer, client: TestClient, client_of: ClientFactory
) -> None:
    keeper, _ = failing(folder, analyzer, StorageFailed("x"))
    kept_client = client_of(KeptService(FakeService(), keeper))
    for path in ("/api/v1/search?q=科技", "/api/v1/articles/a1", "/api/v1/analyze?text=科技", "/", "/readyz"):
        assert kept_client.get(path).status_code == client.get(path).status_code == 200
    for path in ("articles/a1/similar", "articles/a1/duplicates", "facets?facet=year", "timeline", "stats"):
        assert kept_client.get(f"/api/v1/{path}").json() == client.get(f"/api/v1/{path}").json()
    kept, plain = KeptService(FakeService(), keeper), FakeService()
    assert list(kept.walk(WALKED)) == list(plain.walk(WALKED))
    assert kept.count(WALKED, Deadline.never()) == plain.count(WALKED, Deadline.never()) > WALKED.limit
    assert kept_client.get("/api/v1/search?q=科技").json() == client.get("/api/v1/search?q=科技").json()

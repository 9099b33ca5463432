"""Recording searches never fails or holds up a search, and what is lost is counted."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from search.query_log import query_log
from search.query_log.files import QueryLogFiles, Retention
from search.query_log.query_log import OFF, WrittenQueryLog
from tests.search.query_log.samples import request, result
from tests.waiting import wait_for

NOW = datetime(2026, 11, 28, 7, 59, 31, tzinfo=UTC)
RETENTION = Retention(days=30, size=1_000_000)
OFTEN_S = 0.005
NEVER_S = 600.0


@pytest.fixture
def files(tmp_path: Path) -> QueryLogFiles:
    return QueryLogFiles(tmp_path / "queries")


@contextmanager
def recording(
    files: QueryLogFiles, *, interval_s: float = NEVER_S, queued: int = 100
) -> Iterator[Callable[[str], None]]:
    """Records a query; what waits is written at the end of the block at the latest."""
    log = WrittenQueryLog(files, RETENTION, lambda: NOW, interval_s, queued)
    log.start()
    try:
        yield lambda q: log.record(request(q), result(q, 1))
    finally:
        log.close()


def kept(files: QueryLogFiles) -> tuple[list[str], int]:
    """The queries, and how many are said to be lost."""
    read = [one.line for one in files.read(NOW)]
    assert None not in read
    lines = [line for line in read if line is not None]
    return [line.search.q for line in lines if line.search is not None], sum(line.lost for line in lines)


def test_searches_are_written_soon(files: QueryLogFiles) -> None:
    with recording(files, interval_s=OFTEN_S) as record:
        record("碳汇贷")
        wait_for(lambda: kept(files) == (["碳汇贷"], 0))


def test_what_waits_is_written_at_the_end_and_survives_a_restart(files: QueryLogFiles) -> None:
    for q in ("first", "second"):
        with recording(files) as record:
            record(q)
    assert kept(files) == (["first", "second"], 0)


def test_what_comes_while_too_many_wait_is_counted(files: QueryLogFiles) -> None:
    with recording(files, queued=3) as record:
        for number in range(5):
            record(str(number))
    assert kept(files) == (["0", "1", "2"], 2)


def test_text_that_cannot_be_written_is_counted(files: QueryLogFiles) -> None:
    with recording(files) as record:
        record("\udcff")
        record("good")
    assert kept(files) == (["good"], 1)


class Disk:
    """Stands before `QueryLogFiles.append`, and fails, or blocks, while it is told to."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.failure: Exception | None = None
        self.open = threading.Event()
        self.open.set()
        self.tried = 0
        append = QueryLogFiles.append

        def faulty(files: QueryLogFiles, lines: Sequence[bytes], now: datetime, retention: Retention) -> int:
            self.tried += 1
            self.open.wait()
            if self.failure is not None:
                raise self.failure
            return append(files, lines, now, retention)

        monkeypatch.setattr(QueryLogFiles, "append", faulty)


@pytest.mark.parametrize("failure", [OSError(28, "No space left on device"), ZeroDivisionError()])
def test_what_cannot_be_written_is_counted_and_logged_once(
    files: QueryLogFiles,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    failure: Exception,
) -> None:
    disk = Disk(monkeypatch)
    disk.failure = failure
    with recording(files, interval_s=OFTEN_S) as record:
        record("lost")
        wait_for(lambda: disk.tried > 2)
        disk.failure = None
        record("good")
        wait_for(lambda: kept(files) == (["good"], 1))
    assert [entry.message.partition(":")[0] for entry in caplog.records] == ["searches cannot be recorded"]


def test_a_disk_that_hangs_holds_up_no_search(files: QueryLogFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = Disk(monkeypatch)
    disk.open.clear()
    with recording(files, interval_s=OFTEN_S, queued=2) as record:
        record("first")
        wait_for(lambda: disk.tried == 1)
        # The thread stands still, so these return only because they do not wait for it.
        for number in range(5):
            record(str(number))
        disk.open.set()
    queries, lost = kept(files)
    assert (queries, lost) == (["first", "0", "1"], 3)


def test_old_hours_go_while_nobody_searches(files: QueryLogFiles) -> None:
    old = QueryLogFiles(files.root)
    with recording(old) as record:
        record("old")
    [path] = files.root.iterdir()
    path.rename(path.with_name("2026-10-01T00.jsonl"))
    with recording(files, interval_s=OFTEN_S):
        wait_for(lambda: files.is_empty)


class Clock:
    """Stands still until it is moved; `asked` counts how often it was looked at."""

    def __init__(self) -> None:
        self.moment = NOW
        self.asked = 0

    def __call__(self) -> datetime:
        self.asked += 1
        return self.moment

    def stand_at(self, moment: datetime) -> None:
        """Returns once it was looked at some times."""
        self.moment = moment
        turns = self.asked + 3
        wait_for(lambda: self.asked > turns)


def test_an_idle_log_looks_for_old_hours_at_first_and_once_an_hour(
    files: QueryLogFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[datetime] = []

    def prune(_files: QueryLogFiles, now: datetime, _retention: Retention) -> bool:
        looked.append(now)
        return True

    monkeypatch.setattr(QueryLogFiles, "prune", prune)
    clock = Clock()
    next_hour = NOW + timedelta(seconds=29)
    with closing(WrittenQueryLog(files, RETENTION, clock, OFTEN_S)) as log:
        log.start()
        for moment in (NOW, next_hour - timedelta(seconds=1), next_hour, NOW + timedelta(hours=1)):
            clock.stand_at(moment)
    assert looked == [NOW, next_hour]


@pytest.mark.parametrize(("close_s", "messages"), [(0.01, ["closed"]), (60.0, [])])
def test_closing_says_how_many_searches_it_gives_up(
    files: QueryLogFiles,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    close_s: float,
    messages: list[str],
) -> None:
    monkeypatch.setattr(query_log, "CLOSE_S", close_s)
    disk = Disk(monkeypatch)
    disk.open.clear()
    try:
        with recording(files, interval_s=OFTEN_S) as record:
            record("in hand")
            wait_for(lambda: disk.tried == 1)
            record("waits")
            record("waits too")
            if not messages:
                disk.open.set()
    finally:
        disk.open.set()
        # A thread that was given up would go on in the next test, and write to the disk of that one.
        wait_for(lambda: all(thread.name != "query-log" for thread in threading.enumerate()))
    assert [entry.message.partition(" ")[0] for entry in caplog.records] == messages
    assert all("without writing 3 searches" in entry.message for entry in caplog.records)


def test_off_keeps_nothing(tmp_path: Path) -> None:
    OFF.record(request("碳汇贷"), result("碳汇贷", 1))
    assert list(tmp_path.iterdir()) == []

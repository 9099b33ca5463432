"""Saved searches are kept as they were given, changed only by who knows them, and outlast a crash."""

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from index.corpus.errors import CorpusUnavailable
from index.data_folder import DataFolder
from index.errors import CorpusDamaged
from index.saved_searches import connection as connection_module
from index.saved_searches import store as store_module
from index.saved_searches.errors import (
    LimitReached,
    SavedSearchChanged,
    SavedSearchesTooNew,
    SavedSearchNotFound,
)
from index.saved_searches.saved_search import AlertOutcome, AlertResult, AlertState, Frequency
from index.saved_searches.store import IndexState, SavedSearches, WatchedSearch
from tests.index.saved_searches.samples import ALERT, NOON, OWNER, SEARCH, WEBHOOK, numbered

OUTCOMES = [
    None,
    AlertOutcome(at=NOON, result=AlertResult.NOTHING_NEW),
    AlertOutcome(at=NOON, result=AlertResult.STATUS, status=503),
    AlertOutcome(at=NOON, result=AlertResult.DELIVERED, status=204, articles=12),
]


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


@pytest.fixture
def store(folder: DataFolder) -> Iterator[SavedSearches]:
    with closing(SavedSearches.open(folder)) as opened:
        yield opened


class TestKeeping:
    def test_what_was_added_is_there_when_opened_again(
        self, store: SavedSearches, folder: DataFolder
    ) -> None:
        store.add(SEARCH, ALERT)
        with closing(SavedSearches.open(folder)) as again:
            assert again.get(SEARCH.id) == WatchedSearch(SEARCH, ALERT)

    @pytest.mark.parametrize("outcome", OUTCOMES, ids=str)
    @pytest.mark.parametrize("until", [None, NOON + timedelta(minutes=3)], ids=str)
    def test_the_state_of_an_alert_is_kept(
        self, store: SavedSearches, outcome: AlertOutcome | None, until: object
    ) -> None:
        store.add(SEARCH, ALERT)
        state = AlertState(
            since=NOON,
            due=NOON,
            until=None if until is None else NOON + timedelta(minutes=3),
            tries=2,
            last=outcome,
        )
        assert store.put_alert(SEARCH.id, SEARCH.version, state)
        assert store.get(SEARCH.id).alert == state

    def test_the_file_is_for_its_owner_only(self, folder: DataFolder) -> None:
        mask = os.umask(0)
        try:
            SavedSearches.open(folder).close()
        finally:
            os.umask(mask)
        assert folder.saved_searches.stat().st_mode & 0o777 == 0o600

    def test_it_waits_for_the_disk_and_keeps_no_write_ahead_log(
        self, store: SavedSearches, folder: DataFolder
    ) -> None:
        store.add(SEARCH, ALERT)
        with closing(connection_module.open_database(folder.saved_searches)) as connection:
            assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
            assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "truncate"
        assert not folder.saved_searches.with_name("saved.db-wal").exists()

    def test_owners_see_their_own_the_newest_first(self, store: SavedSearches) -> None:
        for number in range(4):
            store.add(numbered(number, owner="other" if number == 2 else OWNER), ALERT)
        page = store.of_owner(OWNER, 0, 2)
        assert [watched.search.id for watched in page.searches] == ["s3", "s1"]
        assert page.total == 3
        assert [watched.search.id for watched in store.of_owner(OWNER, 2, 2).searches] == ["s0"]


class TestChanging:
    def test_a_change_needs_the_version_that_is_kept(self, store: SavedSearches) -> None:
        store.add(SEARCH, ALERT)
        second = replace(SEARCH, name="另一个名称", version=2)
        store.change(second, 1, ALERT)
        with pytest.raises(SavedSearchChanged):
            store.change(replace(SEARCH, name="迟到的", version=2), 1, ALERT)
        assert store.get(SEARCH.id).search == second

    def test_removing_needs_it_too_and_takes_the_alert_along(
        self, store: SavedSearches, folder: DataFolder
    ) -> None:
        store.add(SEARCH, ALERT)
        with pytest.raises(SavedSearchChanged):
            store.remove(SEARCH.id, 2)
        store.remove(SEARCH.id, 1)
        with pytest.raises(SavedSearchNotFound):
            store.get(SEARCH.id)
        with closing(sqlite3.connect(folder.saved_searches)) as connection:
            assert connection.execute("SELECT count(*) FROM alert").fetchone() == (0,)

    def test_what_is_not_there_is_not_changed(self, store: SavedSearches) -> None:
        with pytest.raises(SavedSearchNotFound):
            store.change(SEARCH, 1, ALERT)
        with pytest.raises(SavedSearchNotFound):
            store.remove(SEARCH.id, 1)
        assert not store.put_alert(SEARCH.id, 1, ALERT)

    def test_of_two_who_change_at_once_one_succeeds(self, store: SavedSearches, folder: DataFolder) -> None:
        store.add(SEARCH, ALERT)
        results: list[str] = []

        def change(name: str) -> None:
            with closing(SavedSearches.open(folder)) as own:
                try:
                    own.change(replace(SEARCH, name=name, version=2), 1, ALERT)
                    results.append(name)
                except SavedSearchChanged:
                    pass

        threads = [threading.Thread(target=change, args=(f"n{number}",)) for number in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert results == [store.get(SEARCH.id).search.name]

    def test_a_deliverer_of_an_old_version_changes_nothing(self, store: SavedSearches) -> None:
        store.add(SEARCH, ALERT)
        store.change(replace(SEARCH, version=2), 1, ALERT)
        assert not store.put_alert(SEARCH.id, 1, replace(ALERT, tries=3))
        assert store.get(SEARCH.id).alert == ALERT


class TestLimits:
    def test_an_owner_has_so_many_searches(
        self, store: SavedSearches, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(store_module, "MAX_SEARCHES", 3)
        for number in range(3):
            store.add(numbered(number), ALERT)
        with pytest.raises(LimitReached):
            store.add(numbered(3), ALERT)
        store.add(numbered(4, owner="other"), ALERT)
        store.remove("s0", 1)
        store.add(numbered(3), ALERT)

    def test_and_so_many_webhooks_however_they_come(self, store: SavedSearches) -> None:
        for number in range(store_module.MAX_WEBHOOKS):
            store.add(numbered(number, webhook=WEBHOOK), ALERT)
        with pytest.raises(LimitReached):
            store.add(numbered(8, webhook=WEBHOOK), ALERT)
        store.add(numbered(9), ALERT)
        with pytest.raises(LimitReached):
            store.change(replace(numbered(9, webhook=WEBHOOK), version=2), 1, ALERT)
        assert store.get("s9").search == numbered(9), "what was refused is not kept"
        store.change(replace(numbered(0, webhook=WEBHOOK), name="改名", version=2), 1, ALERT)


class TestDue:
    def test_those_with_a_webhook_come_in_the_order_in_which_they_wait(self, store: SavedSearches) -> None:
        for number, minutes in enumerate([30, 10, 61]):
            due = replace(ALERT, due=NOON + timedelta(minutes=minutes))
            store.add(numbered(number, webhook=WEBHOOK), due)
        store.add(numbered(7), replace(ALERT, due=NOON))
        assert store.due(NOON + timedelta(hours=1)) == ["s1", "s0"]
        assert store.due(NOON) == []


class TestStatesOfTheIndex:
    def test_the_first_word_about_a_state_counts(self, store: SavedSearches) -> None:
        store.note_state(IndexState(3, 118), NOON)
        store.note_state(IndexState(3, 118), NOON + timedelta(hours=1))
        assert store.known_until(IndexState(3, 118)) == NOON

    def test_a_state_that_was_missed_is_as_old_as_the_one_before_it(self, store: SavedSearches) -> None:
        store.note_state(IndexState(3, 5), NOON)
        store.note_state(IndexState(3, 9), NOON + timedelta(hours=1))
        assert store.known_until(IndexState(3, 8)) == NOON
        assert store.known_until(IndexState(3, 4)) is None
        assert store.known_until(IndexState(4, 9)) is None

    def test_the_oldest_are_forgotten(self, store: SavedSearches, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(store_module, "MAX_STATES", 2)
        for revision in (1, 2, 3):
            store.note_state(IndexState(1, revision), NOON)
        assert store.known_until(IndexState(1, 1)) is None
        assert store.known_until(IndexState(1, 2)) == NOON


class TestFaults:
    def test_a_newer_schema_is_left_alone(self, folder: DataFolder) -> None:
        with closing(sqlite3.connect(folder.saved_searches)) as connection:
            connection.execute("PRAGMA user_version = 99")
        before = folder.saved_searches.read_bytes()
        with pytest.raises(SavedSearchesTooNew):
            SavedSearches.open(folder)
        assert folder.saved_searches.read_bytes() == before

    def test_a_file_that_is_no_database_is_damage(self, folder: DataFolder) -> None:
        folder.saved_searches.write_bytes(b"no database" * 1000)
        with pytest.raises(CorpusDamaged):
            SavedSearches.open(folder)

    def test_a_folder_that_is_not_there_is_said(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusUnavailable, match="cannot make"):
            SavedSearches.open(DataFolder(tmp_path / "none"))

    def test_a_value_that_nobody_wrote_is_damage(self, store: SavedSearches, folder: DataFolder) -> None:
        store.add(SEARCH, ALERT)
        with closing(sqlite3.connect(folder.saved_searches)) as connection:
            connection.execute("UPDATE saved_search SET frequency = 'never'")
            connection.commit()
        with pytest.raises(CorpusDamaged, match="'s1'"):
            store.get(SEARCH.id)

    def test_a_lock_that_stays_is_unavailable(
        self, folder: DataFolder, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(connection_module, "BUSY_SECONDS", 0.05)
        with (
            closing(SavedSearches.open(folder)) as store,
            closing(sqlite3.connect(folder.saved_searches)) as other,
        ):
            other.execute("BEGIN EXCLUSIVE")
            with pytest.raises(CorpusUnavailable):
                store.add(SEARCH, ALERT)
            other.rollback()
            store.add(SEARCH, ALERT)

    def test_what_was_acknowledged_outlasts_a_kill(self, folder: DataFolder) -> None:
        program = (
            "import os, signal, sys; from pathlib import Path\n"
            "from index.data_folder import DataFolder\n"
            "from index.saved_searches.store import SavedSearches\n"
            "from tests.index.saved_searches.samples import ALERT, numbered\n"
            "store = SavedSearches.open(DataFolder(Path(sys.argv[1])))\n"
            "for number in range(5):\n"
            "    store.add(numbered(number), ALERT)\n"
            "store._connection.execute('BEGIN IMMEDIATE')\n"
            "store._connection.execute('DELETE FROM saved_search')\n"
            "os.kill(os.getpid(), signal.SIGKILL)\n"
        )
        done = subprocess.run([sys.executable, "-c", program, str(folder.root)], check=False)
        assert done.returncode == -9
        with closing(SavedSearches.open(folder)) as store:
            assert store.of_owner(OWNER, 0, 10).total == 5


@pytest.mark.parametrize(
    ("frequency", "hours"), [(Frequency.HOURLY, 1), (Frequency.DAILY, 24), (Frequency.WEEKLY, 168)]
)
def test_periods(frequency: Frequency, hours: int) -> None:
    assert frequency.period == timedelta(hours=hours)

"""Keeps saved searches, how far each has been told, and what the index held at which time."""

import sqlite3
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from index.corpus.errors import CorpusUnavailable, corpus_errors
from index.data_folder import DataFolder
from index.errors import WriterBusy
from index.saved_searches.connection import open_database
from index.saved_searches.errors import LimitReached, SavedSearchChanged, SavedSearchNotFound
from index.saved_searches.rows import alert_of, alert_row, search_of, search_row, seconds_of, time_of
from index.saved_searches.saved_search import AlertState, SavedSearch
from index.saved_searches.schema import prepare_schema

MAX_SEARCHES: Final = 100
"""Saved searches of one owner (table of limits in the reliability plan)."""
MAX_WEBHOOKS: Final = 5
"""Those of them that have a webhook (the same table)."""
MAX_STATES: Final = 10_000
"""States of the index that are remembered, the newest ones. Chosen by hand on 2026-11-28: some 700 kB."""

_SEARCH: Final = (
    "id",
    "owner",
    "name",
    "query",
    "grammar",
    "frequency",
    "webhook",
    "feed_key",
    "secret",
    "version",
    "created",
    "changed",
)
_ALERT: Final = ("since", "due", "until", "tries", "last_at", "last_result", "last_status", "last_articles")

_ADD: Final = (
    f"INSERT INTO saved_search ({', '.join(_SEARCH)}) "  # noqa: S608 - names of columns, all of them above
    f"VALUES ({', '.join(f':{name}' for name in _SEARCH)}) RETURNING number"
)
_ADD_ALERT: Final = (
    f"INSERT INTO alert (number, {', '.join(_ALERT)}) "  # noqa: S608 - names of columns, all of them above
    f"VALUES (:number, {', '.join(f':{name}' for name in _ALERT)})"
)
_CHANGE: Final = (
    f"UPDATE saved_search SET {', '.join(f'{name} = :{name}' for name in _SEARCH if name != 'id')} "  # noqa: S608 - names of columns, all of them above
    "WHERE id = :id AND version = :known RETURNING number"
)
_CHANGE_ALERT: Final = (
    f"UPDATE alert SET {', '.join(f'{name} = :{name}' for name in _ALERT)} "  # noqa: S608 - names of columns, all of them above
    "WHERE number = (SELECT number FROM saved_search WHERE id = :id)"
)
_STATE: Final = "SELECT 1 FROM state_of_index WHERE folder = ? AND revision = ?"
_DUE: Final = """
    SELECT * FROM saved_search JOIN alert USING (number)
    WHERE webhook IS NOT NULL AND due <= ? ORDER BY due, number
"""


@dataclass(frozen=True, slots=True)
class IndexState:
    """A state of the index: what answers call generation, `folder.revision`; both below 2 ** 63."""

    folder: int
    revision: int


@dataclass(frozen=True, slots=True)
class WatchedSearch:
    """A saved search and how far its webhook has been told."""

    search: SavedSearch
    alert: AlertState


@dataclass(frozen=True, slots=True)
class SavedPage:
    """Some of the saved searches of an owner, and how many there are in all."""

    searches: tuple[WatchedSearch, ...]
    total: int


class SavedSearches:
    """The saved searches of one data folder; threads may share it, and so may processes.

    What a method has written is on the disk when it returns. Every method raises CorpusDamaged, and
    CorpusUnavailable, also where another process has the database locked for long.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path) -> None:
        self._connection = connection
        self._path = path
        self._lock = threading.Lock()

    @classmethod
    def open(cls, folder: DataFolder) -> "SavedSearches":
        """Those of an existing data folder. Raises SavedSearchesTooNew, and what every method raises."""
        path = folder.saved_searches
        try:
            with corpus_errors(path):
                connection = open_database(path)
                try:
                    prepare_schema(connection)
                except BaseException:
                    connection.close()
                    raise
        except OSError as error:
            raise CorpusUnavailable(
                f"cannot make {path}: {error.strerror}; let this user write there"
            ) from error
        return cls(connection, path)

    def close(self) -> None:
        with self._lock:
            self._connection.close()

    def add(self, search: SavedSearch, alert: AlertState) -> None:
        """Keep a new one. Raises LimitReached."""
        with self._writing() as connection:
            self._check_room(connection, search)
            number = connection.execute(_ADD, search_row(search)).fetchone()["number"]
            connection.execute(_ADD_ALERT, {"number": number, **alert_row(alert)})

    def change(self, search: SavedSearch, known: int, alert: AlertState) -> None:
        """Put a new state of a saved search, and of its alert, in place of the one with the version `known`.

        Raises SavedSearchNotFound, SavedSearchChanged and LimitReached.
        """
        with self._writing() as connection:
            self._check_version(connection, search.id, known)
            connection.execute(_CHANGE, {**search_row(search), "known": known})
            if search.webhook is not None:
                self._check_webhooks(connection, search)
            connection.execute(_CHANGE_ALERT, {"id": search.id, **alert_row(alert)})

    def remove(self, search_id: str, known: int) -> None:
        """Forget one that has the version `known`. Raises SavedSearchNotFound and SavedSearchChanged."""
        with self._writing() as connection:
            self._check_version(connection, search_id, known)
            connection.execute("DELETE FROM saved_search WHERE id = ?", (search_id,))

    def get(self, search_id: str) -> WatchedSearch:
        """Raises SavedSearchNotFound."""
        with self._reading() as connection:
            row = connection.execute(
                "SELECT * FROM saved_search JOIN alert USING (number) WHERE id = ?", (search_id,)
            ).fetchone()
            if row is None:
                raise _not_found(search_id)
            return WatchedSearch(search_of(row), alert_of(row))

    def of_owner(self, owner: str, offset: int, limit: int) -> SavedPage:
        """Some of those of an owner, the newest first."""
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT * FROM saved_search JOIN alert USING (number) WHERE owner = ? "
                "ORDER BY number DESC LIMIT ? OFFSET ?",
                (owner, limit, offset),
            ).fetchall()
            (total,) = connection.execute(
                "SELECT count(*) FROM saved_search WHERE owner = ?", (owner,)
            ).fetchone()
            return SavedPage(tuple(WatchedSearch(search_of(row), alert_of(row)) for row in rows), total)

    def due(self, now: datetime) -> Sequence[str]:
        """The ids of those with a webhook that are to be looked at by now, those first that wait longest."""
        with self._reading() as connection:
            return [row["id"] for row in connection.execute(_DUE, (seconds_of(now),))]

    def put_alert(self, search_id: str, version: int, alert: AlertState) -> bool:
        """Keep how far the webhook of this version of a saved search has been told; False, with nothing
        changed, where that version is no longer kept."""
        with self._writing() as connection:
            kept = connection.execute(
                "SELECT 1 FROM saved_search WHERE id = ? AND version = ?", (search_id, version)
            ).fetchone()
            if kept is not None:
                connection.execute(_CHANGE_ALERT, {"id": search_id, **alert_row(alert)})
            return kept is not None

    def note_state(self, state: IndexState, until: datetime) -> None:
        """Remember that what was stored before `until` is in this state of the index; the first word counts,
        and of very many states the oldest are forgotten."""
        place = (state.folder, state.revision)
        with self._reading() as connection:
            if connection.execute(_STATE, place).fetchone() is not None:
                return
        with self._writing() as connection:
            connection.execute(
                "INSERT INTO state_of_index (folder, revision, until) VALUES (?, ?, ?) "
                "ON CONFLICT (folder, revision) DO NOTHING",
                (*place, seconds_of(until)),
            )
            connection.execute(
                "DELETE FROM state_of_index WHERE number <= (SELECT max(number) FROM state_of_index) - ?",
                (MAX_STATES,),
            )

    def known_until(self, state: IndexState) -> datetime | None:
        """A moment before which all that was stored is in this state of the index; None where none is known.

        Of a state that was not noted it is that of the last one before it in the same folder.
        """
        with self._reading() as connection:
            row = connection.execute(
                "SELECT until FROM state_of_index WHERE folder = ? AND revision <= ? "
                "ORDER BY revision DESC LIMIT 1",
                (state.folder, state.revision),
            ).fetchone()
            return None if row is None else time_of(row["until"])

    def _check_room(self, connection: sqlite3.Connection, search: SavedSearch) -> None:
        (number,) = connection.execute(
            "SELECT count(*) FROM saved_search WHERE owner = ?", (search.owner,)
        ).fetchone()
        if number >= MAX_SEARCHES:
            raise LimitReached(f"{number} searches are saved; remove one first")
        if search.webhook is not None:
            self._check_webhooks(connection, search)

    def _check_webhooks(self, connection: sqlite3.Connection, search: SavedSearch) -> None:
        """Whether there is room for its webhook beside those of others."""
        (number,) = connection.execute(
            "SELECT count(*) FROM saved_search WHERE owner = ? AND webhook IS NOT NULL AND id <> ?",
            (search.owner, search.id),
        ).fetchone()
        if number >= MAX_WEBHOOKS:
            raise LimitReached(f"{number} saved searches have a webhook; remove one first")

    def _check_version(self, connection: sqlite3.Connection, search_id: str, known: int) -> None:
        row = connection.execute("SELECT version FROM saved_search WHERE id = ?", (search_id,)).fetchone()
        if row is None:
            raise _not_found(search_id)
        if row["version"] != known:
            raise SavedSearchChanged(f"it has been changed meanwhile; it is version {row['version']} now")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """The connection inside a transaction: all statements of the block see the same moment."""
        with self._transaction("BEGIN") as connection:
            yield connection

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        """The same, as the only one that writes; nothing is kept where the block raises."""
        with self._transaction("BEGIN IMMEDIATE") as connection:
            yield connection

    @contextmanager
    def _errors(self) -> Iterator[None]:
        """SQLite's errors as ours. That another one writes for long is a matter of the disk, not of a choice
        as it is where articles are stored."""
        try:
            with corpus_errors(self._path):
                yield
        except WriterBusy as error:
            raise CorpusUnavailable(str(error)) from error

    @contextmanager
    def _transaction(self, begin: str) -> Iterator[sqlite3.Connection]:
        with self._lock, self._errors():
            self._connection.execute(begin)
            try:
                yield self._connection
                self._connection.execute("COMMIT")
            except BaseException:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise


def _not_found(search_id: str) -> SavedSearchNotFound:
    return SavedSearchNotFound(f"no search is saved as {search_id!a}")

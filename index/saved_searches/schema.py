"""The schema of the database of saved searches as an ordered list of steps."""

import sqlite3

from index.corpus.migrations import Migration, migrate
from index.saved_searches.errors import SavedSearchesTooNew

MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "saved searches and their alerts",
        (
            """
            CREATE TABLE saved_search (
                number INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                owner TEXT NOT NULL,
                name TEXT NOT NULL,
                query TEXT NOT NULL,
                grammar INTEGER NOT NULL,
                frequency TEXT NOT NULL,
                webhook TEXT,
                feed_key BLOB NOT NULL,
                secret TEXT NOT NULL,
                version INTEGER NOT NULL,
                created INTEGER NOT NULL,
                changed INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE INDEX saved_search_by_owner ON saved_search (owner, number)",
            # Times are seconds since 1970 UTC.
            """
            CREATE TABLE alert (
                number INTEGER PRIMARY KEY REFERENCES saved_search (number) ON DELETE CASCADE,
                since INTEGER NOT NULL,
                due INTEGER NOT NULL,
                until INTEGER,
                tries INTEGER NOT NULL DEFAULT 0,
                last_at INTEGER,
                last_result TEXT CHECK ((last_result IS NULL) = (last_at IS NULL)),
                last_status INTEGER,
                last_articles INTEGER NOT NULL DEFAULT 0
            ) STRICT
            """,
            "CREATE INDEX alert_by_due ON alert (due)",
            # What was stored before `until` is in this state of the index, generation `folder.revision`.
            """
            CREATE TABLE state_of_index (
                number INTEGER PRIMARY KEY,
                folder INTEGER NOT NULL,
                revision INTEGER NOT NULL,
                until INTEGER NOT NULL,
                UNIQUE (folder, revision)
            ) STRICT
            """,
        ),
    ),
)


def prepare_schema(connection: sqlite3.Connection) -> None:
    """Run the steps that have not run yet. Raises SavedSearchesTooNew and sqlite3.Error."""
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > len(MIGRATIONS):
        raise SavedSearchesTooNew(
            f"the searches were saved by a newer policy-search (schema {version}, this one knows up to "
            f"{len(MIGRATIONS)}); install that version, or use another data folder"
        )
    migrate(connection, MIGRATIONS)

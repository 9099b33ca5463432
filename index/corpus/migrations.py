"""The schema of the database as an ordered list of steps."""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from index.errors import CorpusTooNew


@dataclass(frozen=True, slots=True)
class Migration:
    """One step of the schema. Once released it is never changed; a change is one more step."""

    name: str
    statements: tuple[str, ...]


MIGRATIONS: tuple[Migration, ...] = (
    Migration(
        "articles and their journal",
        (
            """
            CREATE TABLE journal (
                sequence INTEGER PRIMARY KEY AUTOINCREMENT,
                id TEXT NOT NULL,
                action TEXT NOT NULL CHECK (action IN ('put', 'delete')),
                digest BLOB CHECK ((digest IS NULL) = (action = 'delete')),
                at TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX journal_by_id ON journal (id)",
            # The long texts come last: what stands before them is read without following overflow pages.
            """
            CREATE TABLE article (
                key INTEGER PRIMARY KEY,
                id TEXT NOT NULL UNIQUE,
                sequence INTEGER NOT NULL UNIQUE REFERENCES journal (sequence),
                added TEXT NOT NULL,
                digest BLOB NOT NULL,
                original_digest BLOB NOT NULL,
                published TEXT,
                published_utc INTEGER CHECK ((published IS NULL) = (published_utc IS NULL)),
                script TEXT NOT NULL,
                region_hint TEXT,
                url TEXT,
                source TEXT,
                origin TEXT,
                category TEXT NOT NULL,
                tags TEXT NOT NULL,
                title TEXT NOT NULL,
                lead TEXT NOT NULL,
                body TEXT NOT NULL,
                notice TEXT NOT NULL,
                related TEXT NOT NULL
            ) STRICT
            """,
            "CREATE INDEX article_by_published ON article (published_utc)",
            """
            CREATE TABLE original (
                key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
                data BLOB NOT NULL,
                media_type TEXT NOT NULL,
                encoding TEXT NOT NULL
            ) STRICT
            """,
            """
            CREATE TABLE repair (
                key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
                ord INTEGER NOT NULL,
                part TEXT,
                start INTEGER NOT NULL,
                length INTEGER NOT NULL,
                original_start INTEGER NOT NULL,
                original_length INTEGER NOT NULL,
                before TEXT NOT NULL,
                after TEXT NOT NULL,
                rule TEXT NOT NULL,
                PRIMARY KEY (key, ord)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE deleted (
                id TEXT PRIMARY KEY,
                sequence INTEGER NOT NULL UNIQUE REFERENCES journal (sequence)
            ) STRICT, WITHOUT ROWID
            """,
        ),
    ),
    Migration(
        "descriptions and the certainty of repairs",
        (
            "ALTER TABLE repair ADD COLUMN certainty TEXT NOT NULL DEFAULT 'evident'",
            "ALTER TABLE article ADD COLUMN document_number TEXT",
            "ALTER TABLE article ADD COLUMN agency TEXT",
            "ALTER TABLE article ADD COLUMN level TEXT",
            "ALTER TABLE article ADD COLUMN document_type TEXT",
            "ALTER TABLE article ADD COLUMN signed TEXT",
            "ALTER TABLE article ADD COLUMN effective TEXT",
            "ALTER TABLE article ADD COLUMN regions TEXT NOT NULL DEFAULT '[]'",
            "ALTER TABLE article ADD COLUMN topics TEXT NOT NULL DEFAULT '[]'",
        ),
    ),
    Migration(
        "copies",
        (
            """
            CREATE TABLE sketch (
                key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
                size INTEGER NOT NULL,
                hashes BLOB NOT NULL
            ) STRICT
            """,
            # Without a foreign key: it would need an index by article, as big as the table itself.
            """
            CREATE TABLE sketch_hash (
                hash INTEGER NOT NULL,
                key INTEGER NOT NULL,
                PRIMARY KEY (hash, key)
            ) STRICT, WITHOUT ROWID
            """,
            # The hashes that came last: a batch changes few pages here, and nearly one for each hash there.
            """
            CREATE TABLE recent_hash (
                hash INTEGER NOT NULL,
                key INTEGER NOT NULL,
                PRIMARY KEY (hash, key)
            ) STRICT, WITHOUT ROWID
            """,
            # A pair is written both ways, so that an article's are found under it.
            """
            CREATE TABLE repost_pair (
                key INTEGER NOT NULL REFERENCES article (key) ON DELETE CASCADE,
                other INTEGER NOT NULL,
                similarity REAL NOT NULL,
                PRIMARY KEY (key, other)
            ) STRICT, WITHOUT ROWID
            """,
            """
            CREATE TABLE repost (
                key INTEGER PRIMARY KEY REFERENCES article (key) ON DELETE CASCADE,
                cluster INTEGER NOT NULL
            ) STRICT
            """,
            "CREATE INDEX repost_by_cluster ON repost (cluster)",
            # Articles up to `last` have a sketch of `version` only where their key is at most `done`.
            """
            CREATE TABLE sketching (
                number INTEGER PRIMARY KEY CHECK (number = 1),
                version TEXT NOT NULL,
                done INTEGER NOT NULL,
                last INTEGER NOT NULL
            ) STRICT
            """,
            "INSERT INTO sketching SELECT 1, '', 0, coalesce(max(key), 0) FROM article",
        ),
    ),
)


def schema_version(connection: sqlite3.Connection, known: int = len(MIGRATIONS)) -> int:
    """How many steps have run; 0 for a database with nothing in it.

    Raises CorpusTooNew where a newer version of this program has run more than the `known` steps.
    """
    version: int = connection.execute("PRAGMA user_version").fetchone()[0]
    if version > known:
        raise CorpusTooNew(
            f"the articles were stored by a newer policy-search (schema {version}, this one knows up to "
            f"{known}); install that version, or use another data folder"
        )
    return version


def migrate(connection: sqlite3.Connection, migrations: Sequence[Migration] = MIGRATIONS) -> None:
    """Run all steps that have not run yet, with the record that they ran, in one transaction.

    After a crash at any moment the database is as the older program left it, which can go on using it, or it
    is up to date.
    """
    done = schema_version(connection, len(migrations))
    if done == len(migrations):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        for migration in migrations[done:]:
            for statement in migration.statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {len(migrations)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise

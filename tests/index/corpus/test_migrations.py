import sqlite3
from collections.abc import Iterator
from contextlib import closing

import pytest

from index.corpus.connection import open_writing
from index.corpus.migrations import MIGRATIONS, Migration, migrate, schema_version
from index.data_folder import DataFolder
from index.errors import CorpusTooNew

FIRST = Migration("first", ("CREATE TABLE a (x INTEGER) STRICT", "INSERT INTO a VALUES (1)"))
SECOND = Migration("second", ("ALTER TABLE a ADD COLUMN y INTEGER", "UPDATE a SET y = x + 1"))
BROKEN = Migration("broken", ("UPDATE a SET x = 5", "CREATE TABLE a (x INTEGER) STRICT"))


@pytest.fixture
def connection(folder: DataFolder) -> Iterator[sqlite3.Connection]:
    with closing(open_writing(folder.articles)) as connection:
        yield connection


def contents(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    return [tuple(row) for row in connection.execute("SELECT * FROM a")]


def test_steps_run_once_each_in_order(connection: sqlite3.Connection) -> None:
    assert schema_version(connection) == 0
    migrate(connection, [FIRST])
    migrate(connection, [FIRST, SECOND])
    migrate(connection, [FIRST, SECOND])
    assert schema_version(connection, 2) == 2
    assert contents(connection) == [(1, 2)]


def test_a_step_that_fails_leaves_the_schema_before_all_steps(connection: sqlite3.Connection) -> None:
    migrate(connection, [FIRST])
    with pytest.raises(sqlite3.OperationalError, match="already exists"):
        migrate(connection, [FIRST, SECOND, BROKEN])
    assert schema_version(connection) == 1
    assert contents(connection) == [(1,)]
    migrate(connection, [FIRST, SECOND])
    assert contents(connection) == [(1, 2)]


def test_steps_of_a_newer_program_are_refused(connection: sqlite3.Connection) -> None:
    migrate(connection, [FIRST, SECOND])
    with pytest.raises(CorpusTooNew, match="schema 2, this one knows up to 1"):
        migrate(connection, [FIRST])


def test_every_table_is_strict(connection: sqlite3.Connection) -> None:
    migrate(connection)
    tables = connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    ).fetchall()
    names = ["article", "original", "repair", "journal", "deleted"]
    copies = ["sketch", "sketch_hash", "recent_hash", "repost_pair", "repost", "sketching"]
    assert {row["name"]: row["strict"] for row in tables} == dict.fromkeys(names + copies, 1)


def test_names_of_steps_are_unique() -> None:
    names = [migration.name for migration in MIGRATIONS]
    assert len(set(names)) == len(names)

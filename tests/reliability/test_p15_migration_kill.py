"""P15: a data folder that is brought up to date and killed at any statement is old or new, never between.

The control migrates without a transaction.
"""

import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from index.corpus.check import check_corpus
from index.corpus.connection import open_writing
from index.corpus.migrations import MIGRATIONS, migrate
from index.corpus.upgrade import upgrade
from index.corpus.writer import CorpusWriter
from index.data_folder import DataFolder
from tests.processes import unmeasured_environment
from tests.reliability.crash_operations import OLDER

ROOT = Path(__file__).resolve().parents[2]
OLDEST = OLDER / "0001-first-light"

KILLER = """
import os, shutil, signal, sqlite3, sys
from itertools import count
from pathlib import Path
from index.corpus.upgrade import upgrade
from index.data_folder import DataFolder

connect = sqlite3.connect

def upgrade_killed(folder, statement):
    left = statement
    def reached(sql):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    def watched(*arguments, **named):
        connection = connect(*arguments, **named, factory=CONNECTION)
        connection.set_trace_callback(reached)
        return connection
    sqlite3.connect = watched
    upgrade(folder)

source, target = Path(sys.argv[1]), Path(sys.argv[2])
for statement in count(1):
    folder = target / f"{statement:03}"
    shutil.copytree(source, folder)
    process = os.fork()
    if not process:
        try:
            upgrade_killed(DataFolder(folder), statement)
        finally:
            os._exit(0)
    if not os.WIFSIGNALED(os.waitpid(process, 0)[1]):
        break
"""
"""Upgrades copies of a folder, each killed one statement later than the last, until one is not killed."""

SAFE = f"CONNECTION = __import__('sqlite3').Connection\n{KILLER}"

WITHOUT_TRANSACTION = f"""
import sqlite3
class Connection(sqlite3.Connection):
    def execute(self, sql, *parameters):
        return super().execute("SELECT 1" if sql in ("BEGIN IMMEDIATE", "COMMIT") else sql, *parameters)
CONNECTION = Connection
{KILLER}"""


def dump(folder: Path) -> list[str]:
    """All of a database, as a program reads it that starts now."""
    with closing(sqlite3.connect(folder / "articles.db")) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        return [f"version {version}", *connection.iterdump()]


def killed(program: str, source: Path, target: Path) -> list[Path]:
    """Copies of a folder, each killed one statement later than the one before it; the last one was not."""
    command = [sys.executable, "-c", program, str(source), str(target)]
    subprocess.run(command, check=True, env=unmeasured_environment(), cwd=ROOT, timeout=250)
    return sorted(target.iterdir())


def older_folder(steps: int, folder: Path) -> Path:
    """The oldest folder, brought to the schema of so many steps."""
    data = DataFolder(folder)
    folder.mkdir()
    (folder / "articles.db").write_bytes((OLDEST / "articles.db").read_bytes())
    with closing(open_writing(data.articles)) as connection:
        migrate(connection, MIGRATIONS[:steps])
    return folder


def between(folders: Sequence[Path]) -> list[str]:
    """The folders that are as neither the first one nor the last one."""
    old, new = dump(folders[0]), dump(folders[-1])
    assert old != new
    return [folder.name for folder in folders if dump(folder) not in (old, new)]


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param(steps, marks=() if steps == len(MIGRATIONS) - 1 else pytest.mark.slow)
        for steps in range(1, len(MIGRATIONS))
    ],
)
def test_a_killed_migration_leaves_the_old_schema_or_the_new_one(steps: int, tmp_path: Path) -> None:
    source = older_folder(steps, tmp_path / "source")
    target = tmp_path / "killed"
    target.mkdir()
    before = dump(source)
    folders = killed(SAFE, source, target)
    assert dump(folders[0]) == before
    assert len(folders) > sum(len(migration.statements) for migration in MIGRATIONS[steps:])
    assert between(folders) == []
    expected = dump(folders[-1])
    for path in folders:
        folder = DataFolder(path)
        upgrade(folder)
        assert dump(path) == expected
        CorpusWriter.open(folder).close()
        assert list(check_corpus(folder)) == []


def test_control_without_a_transaction_it_is_something_between(tmp_path: Path) -> None:
    target = tmp_path / "killed"
    target.mkdir()
    assert between(killed(WITHOUT_TRANSACTION, older_folder(1, tmp_path / "source"), target)) != []

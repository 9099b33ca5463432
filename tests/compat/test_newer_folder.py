"""A folder that a newer version has written is refused in one line, and nothing in it changes."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from index.corpus.migrations import MIGRATIONS
from tests import commands, processes

NEWEST = Path(__file__).parent / "0004-facets"
RECORD = '{"id": "new-1", "title": "新写的文章"}'.encode()
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("search", "协同创新"),
    ("stats",),
    ("export",),
    ("check",),
    ("rebuild",),
    ("ingest", "-"),
    ("delete", "any"),
    ("backup", "{file}"),
)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """As the newest version known here leaves it."""
    folder = tmp_path / "data"
    shutil.copytree(NEWEST, folder)
    return folder


@pytest.fixture
def newer(data: Path) -> Path:
    """The same with a step of the schema more."""
    with closing(sqlite3.connect(data / "articles.db")) as connection, connection:
        connection.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    return data


def sums(folder: Path) -> dict[str, str]:
    """The sha256 of every file but locks and the shared memory of the database, which hold nothing."""
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.suffix != ".lock" and not path.name.endswith(("-shm", "-wal"))
    }


def refusals(folder: Path, arguments: tuple[str, ...], run: Callable[..., commands.Done]) -> list[str]:
    """What is not as it has to be when the folder is refused."""
    before = sums(folder)
    name, *rest = (argument.format(file=folder.parent / "backup.db") for argument in arguments)
    done = run(folder, name, *rest, stdin=RECORD)
    found = []
    if done.status != 2:
        found.append(f"status {done.status}")
    if done.message.count("\n") != 1 or "stored by a newer policy-search (schema" not in done.message:
        found.append(f"says {done.message!r}")
    if sums(folder) != before or (folder.parent / "backup.db").exists():
        found.append("something has changed")
    return found


@pytest.mark.parametrize("arguments", COMMANDS, ids=lambda arguments: arguments[0])
def test_every_command_refuses_it(newer: Path, arguments: tuple[str, ...]) -> None:
    assert refusals(newer, arguments, commands.run_on) == []


def test_what_is_refused_there_is_done_where_the_schema_is_known(data: Path) -> None:
    assert refusals(data, ("ingest", "-"), commands.run_on) != []
    assert commands.run_json(data, "search", "新写的文章")["total"] == 1


@pytest.mark.slow
def test_a_server_refuses_it(newer: Path) -> None:
    done = processes.run(newer, "serve", "--port", str(processes.free_port()))
    assert done.returncode == 2
    (line,) = done.stderr.decode().splitlines()
    assert "stored by a newer policy-search" in line

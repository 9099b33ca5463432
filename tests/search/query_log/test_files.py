"""The files of the query log: what is added is read back, by whichever process, until it is too old."""

import multiprocessing
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from search.query_log.files import QueryLogFiles, Retention
from tests.search.query_log.samples import line

NOW = datetime(2026, 11, 28, 7, 59, 31, tzinfo=UTC)
HOUR = NOW.replace(minute=0, second=0)
LONG_AGO = NOW - timedelta(days=365)
ROOMY = Retention(days=30, size=1_000_000)


@pytest.fixture
def files(tmp_path: Path) -> QueryLogFiles:
    return QueryLogFiles(tmp_path / "queries")


def add(files: QueryLogFiles, *queries: str, at: datetime = NOW, retention: Retention = ROOMY) -> int:
    return files.append([line(q).encoded() for q in queries], at, retention)


def asked(files: QueryLogFiles, since: datetime = LONG_AGO) -> list[str | None]:
    """The queries in their order, None for a damaged line."""
    found: list[str | None] = []
    for read in files.read(since):
        if read.line is None:
            found.append(None)
        elif read.line.search is not None:
            found.append(read.line.search.q)
    return found


def test_what_was_added_is_read_with_its_hour_and_nothing_finer(files: QueryLogFiles) -> None:
    assert add(files, "碳汇贷", "双碳") == 2
    read = list(files.read(LONG_AGO))
    assert [one.line for one in read] == [line("碳汇贷"), line("双碳")]
    assert {one.hour for one in read} == {HOUR}
    [path] = files.root.iterdir()
    assert path.name == "2026-11-28T07.jsonl"
    assert b"59" not in path.read_bytes()


def test_nobody_else_can_read_them(files: QueryLogFiles) -> None:
    add(files, "碳汇贷")
    [path] = files.root.iterdir()
    assert (files.root.stat().st_mode & 0o777, path.stat().st_mode & 0o777) == (0o700, 0o600)


def test_before_the_first_record_there_is_nothing_to_read(files: QueryLogFiles) -> None:
    assert files.is_empty
    assert asked(files) == []
    assert files.forget() == 0
    add(files, "碳汇贷")
    assert not files.is_empty


@pytest.mark.parametrize(
    ("days", "kept"),
    [(30, ["old", "new"]), (2, ["old", "new"]), (1, ["new"])],
)
def test_hours_older_than_the_days_go(files: QueryLogFiles, days: int, kept: list[str]) -> None:
    add(files, "old", at=NOW - timedelta(days=2))
    add(files, "new", retention=Retention(days, ROOMY.size))
    assert asked(files) == kept


def test_old_hours_go_without_a_new_record_too(files: QueryLogFiles) -> None:
    add(files, "old", at=NOW - timedelta(days=2))
    assert files.prune(NOW, Retention(1, ROOMY.size))
    assert files.is_empty


def test_the_oldest_hours_make_room(files: QueryLogFiles) -> None:
    for hours in (3, 2, 1):
        add(files, f"{hours} hours ago", at=NOW - timedelta(hours=hours))
    size = sum(path.stat().st_size for path in files.root.iterdir())
    # All three files are of one size: there is room for the newest two of four.
    assert add(files, "0 hours ago", retention=Retention(30, size * 2 // 3)) == 1
    assert asked(files) == ["1 hours ago", "0 hours ago"]


def test_an_hour_that_takes_all_the_room_gets_no_more(files: QueryLogFiles) -> None:
    add(files, "first")
    [path] = files.root.iterdir()
    assert add(files, "second", retention=Retention(30, path.stat().st_size + 10)) == 0
    assert asked(files) == ["first"]


def test_other_files_in_the_folder_stay(files: QueryLogFiles) -> None:
    files.root.mkdir()
    other = files.root / "notes.txt"
    other.write_text("mine")
    add(files, "old", at=LONG_AGO)
    files.prune(NOW, ROOMY)
    files.forget()
    assert other.exists()


def test_a_file_of_a_day_that_is_none_keeps_nothing_from_being_read(files: QueryLogFiles) -> None:
    add(files, "good")
    (files.root / "2026-13-32T25.jsonl").write_text('{"search": null}')
    assert asked(files) == ["good"]


def test_only_the_period_is_read(files: QueryLogFiles) -> None:
    for hours in (30, 2, 0):
        add(files, str(hours), at=NOW - timedelta(hours=hours))
    assert asked(files, since=NOW - timedelta(hours=2, minutes=30)) == ["2", "0"]


def test_forgetting_leaves_no_query(files: QueryLogFiles) -> None:
    add(files, "碳汇贷")
    add(files, "碳汇贷", at=NOW - timedelta(hours=1))
    assert files.forget() == 2
    assert list(files.root.iterdir()) == []


@pytest.mark.parametrize(
    "damage",
    [b'{"search":{"q":"torn', b"\x00\xff\xfe", b"[]", b'{"search":{"q":3}}', b'{"search":{"q":"\xff"}}'],
    ids=["torn", "bytes", "other-json", "other-type", "no-utf-8"],
)
def test_damage_costs_the_damaged_line_alone(files: QueryLogFiles, damage: bytes) -> None:
    add(files, "before")
    [path] = files.root.iterdir()
    with path.open("ab") as file:
        file.write(damage)
    add(files, "behind")
    assert asked(files) == ["before", None, "behind"]


def test_a_full_disk_counts_the_whole_lines_only(
    files: QueryLogFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line(q).encoded() for q in ("first", "second")]
    fits = 1 + len(lines[0]) + 1 + 5
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, data[:fits]))
    assert files.append(lines, NOW, ROOMY) == 1
    monkeypatch.undo()
    add(files, "later")
    assert asked(files) == ["first", None, "later"]


LINES = 100
"""That each process adds."""


def add_many(root: Path, name: str) -> None:
    files = QueryLogFiles(root)
    for number in range(LINES):
        add(files, f"{name}-{number}")


def test_processes_add_at_once_and_lose_no_line(files: QueryLogFiles) -> None:
    spawned = multiprocessing.get_context("spawn")
    processes = [spawned.Process(target=add_many, args=(files.root, name)) for name in "ab"]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert sorted(map(str, asked(files))) == sorted(
        f"{name}-{number}" for name in "ab" for number in range(LINES)
    )

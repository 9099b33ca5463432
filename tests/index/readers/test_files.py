"""Folders, files and streams to rows."""

import csv
import gzip
import io
import os
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from openpyxl import Workbook

from index.readers.archives import MAX_ARCHIVE
from index.readers.files import measure, read_paths, read_stream
from index.readers.mapping import FieldMap
from index.readers.record import Record
from index.readers.rows import Location, PageRow, RecordRow, RefusedRow, Row, SkippedRow
from tests.processes import NOBODY

LINES = b'{"text":"1"}\n{"text":"2"}\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    inside = tmp_path / "news"
    (inside / "b" / "deep").mkdir(parents=True)
    (inside / ".git").mkdir()
    (inside / "c.txt").write_text("丙", encoding="utf-8")
    (inside / "a.JSONL").write_bytes(LINES)
    (inside / "b" / "deep" / "d.jsonl.gz").write_bytes(gzip.compress(LINES))
    (inside / "b" / "picture.png").write_bytes(b"png")
    (inside / ".git" / "hidden.txt").write_text("x", encoding="utf-8")
    (inside / ".hidden.txt").write_text("x", encoding="utf-8")
    return inside


def summary(rows: Iterable[Row], under: Path) -> list[tuple[str, str, int | None]]:
    return [
        (type(row).__name__, Path(row.location.source).relative_to(under).as_posix(), row.location.line)
        for row in rows
    ]


def test_folders_are_read_in_order(folder: Path) -> None:
    assert summary(read_paths([folder]), folder) == [
        ("RecordRow", "a.JSONL", 1),
        ("RecordRow", "a.JSONL", 2),
        ("RecordRow", "b/deep/d.jsonl.gz", 1),
        ("RecordRow", "b/deep/d.jsonl.gz", 2),
        ("SkippedRow", "b/picture.png", None),
        ("PageRow", "c.txt", None),
    ]


def test_named_files_are_read_as_named(folder: Path) -> None:
    paths = [folder / "c.txt", folder / "a.JSONL", folder / ".hidden.txt"]
    assert [type(row) for row in read_paths(paths)] == [PageRow, RecordRow, RecordRow, PageRow]


def test_bytes_are_counted_as_measured(folder: Path) -> None:
    counted: list[int] = []
    list(read_paths([folder], counted.append))
    expected = len(LINES) + len(gzip.compress(LINES)) + len("丙".encode())
    assert sum(counted) == measure([folder]) == expected


def test_measuring_what_is_not_there(tmp_path: Path) -> None:
    assert measure([tmp_path / "missing.txt", tmp_path / "missing"]) == 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        pytest.param("missing", "missing-file: ", id="no such folder"),
        pytest.param("missing.txt", "missing-file: ", id="no such file"),
        pytest.param("news/b/picture.png", "unknown-file-kind: ", id="named file of an unknown kind"),
    ],
)
def test_refused_paths(folder: Path, name: str, reason: str) -> None:
    path = folder.parent / name
    [row] = read_paths([path])
    assert isinstance(row, RefusedRow)
    assert row.location == Location(str(path))
    assert row.reason.startswith(reason)


def test_links(folder: Path) -> None:
    (folder / "b" / "ring").symlink_to(folder)
    (folder / "e.txt").symlink_to(folder / "c.txt")
    (folder / "f.txt").symlink_to(folder / "nowhere.txt")
    found = summary(read_paths([folder]), folder)
    assert ("SkippedRow", "b/ring", None) in found
    assert ("PageRow", "e.txt", None) in found
    assert ("RefusedRow", "f.txt", None) in found
    assert len(found) == 9


def test_links_that_lead_out_of_the_folder(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("密", encoding="utf-8")
    (folder / "e.txt").symlink_to(secret)
    (folder / "f.png").symlink_to(secret)
    (folder / "g.txt").symlink_to(Path("..") / folder.name / "c.txt")
    found = {row.location.source.rpartition("/")[2]: row for row in read_paths([folder])}
    refused, skipped = found["e.txt"], found["f.png"]
    assert isinstance(refused, RefusedRow)
    assert refused.reason.startswith("link-leads-out: ")
    assert isinstance(skipped, SkippedRow)
    assert isinstance(found["g.txt"], PageRow)


def test_a_file_is_read_where_its_link_is_named_but_not_where_it_was_found(folder: Path) -> None:
    secret = folder.parent / "secret.txt"
    secret.write_text("密", encoding="utf-8")
    link = folder / "e.txt"
    link.symlink_to(secret)
    [named] = read_paths([link])
    [found] = read_paths([link], within=folder)
    assert isinstance(named, PageRow)
    assert isinstance(found, RefusedRow)
    assert found.reason.startswith("link-leads-out: ")


def test_a_named_link_to_a_folder_is_read(folder: Path) -> None:
    link = folder.parent / "link"
    link.symlink_to(folder)
    assert len(list(read_paths([link]))) == 6


def test_a_link_to_itself(tmp_path: Path) -> None:
    path = tmp_path / "ring.txt"
    path.symlink_to(path)
    [row] = read_paths([tmp_path])
    assert isinstance(row, RefusedRow)
    assert row.reason.startswith("unreadable-file: ")


def test_what_is_no_regular_file_is_not_opened(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    rows = [row for row in read_paths([folder]) if row.location.source.endswith("pipe.txt")]
    assert [type(row) for row in rows] == [RefusedRow]


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may read everything, so it becomes another user in this block."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_what_may_not_be_read() -> None:
    # Not in the folder of the test: nobody else may pass through that.
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "a.txt").write_text("甲", encoding="utf-8")
        (folder / "b").mkdir()
        (folder / "c.txt").write_text("丙", encoding="utf-8")
        folder.chmod(0o755)
        (folder / "b").chmod(0)
        (folder / "c.txt").chmod(0)
        with as_nobody():
            rows = list(read_paths([folder]))
        (folder / "b").chmod(0o700)
    assert [type(row) for row in rows] == [PageRow, RefusedRow, RefusedRow]
    refused = [row.reason.split(":")[0] for row in rows if isinstance(row, RefusedRow)]
    assert refused == ["unreadable-file", "unreadable-file"]


def test_a_name_that_is_no_utf_8_can_be_reported(tmp_path: Path) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.txt"))
    path.write_text("甲", encoding="utf-8")
    [row] = read_paths([tmp_path])
    assert isinstance(row, PageRow)
    assert row.location.source.endswith("\\udcff.txt")
    assert row.location.source.encode("utf-8")


def test_files_of_all_kinds_in_a_folder(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("标题,来源\n甲,乙\n", encoding="gb18030")
    (tmp_path / "b.html").write_bytes(b"<p>x</p>")
    (tmp_path / "c.json").write_text('{"articles":[{"title":"丙"}]}', encoding="utf-8")
    (tmp_path / "d.doc").write_bytes(b"old")
    (tmp_path / "e.tsv.gz").write_bytes(gzip.compress("标题\t来源\n甲\t乙\n".encode()))
    with zipfile.ZipFile(tmp_path / "f.ZIP", "w") as archive:
        archive.writestr("g/h.txt", "丁")
    assert summary(read_paths([tmp_path]), tmp_path) == [
        ("RecordRow", "a.csv", 2),
        ("DocumentRow", "b.html", None),
        ("RecordRow", "c.json", 1),
        ("RefusedRow", "d.doc", None),
        ("RecordRow", "e.tsv.gz", 2),
        ("PageRow", "f.ZIP!g/h.txt", None),
    ]
    counted: list[int] = []
    list(read_paths([tmp_path], counted.append))
    assert sum(counted) == measure([tmp_path])


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl", "a.zip", "a.xlsx"])
def test_a_map_of_fields_is_used_for_every_kind(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    table, line = "事项,来源\n甲,乙\n", '{"事项":"甲","来源":"乙"}\n'
    match path.suffix:
        case ".csv":
            path.write_text(table, encoding="utf-8")
        case ".jsonl":
            path.write_text(line, encoding="utf-8")
        case ".zip":
            with zipfile.ZipFile(path, "w") as archive:
                archive.writestr("b.json", f"[{line}]")
        case _:
            book = Workbook()
            for cells in csv.reader(table.splitlines()):
                book.worksheets[0].append(cells)
            book.save(path)
    [row] = read_paths([path], field_map=FieldMap.parse(("title=事项",)))
    assert isinstance(row, RecordRow)
    assert row.record == Record(title="甲", source="乙")
    assert not any(isinstance(row, RecordRow) for row in read_paths([path]))


def test_an_archive_above_the_limit_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "large.zip"
    with path.open("wb") as file:
        file.truncate(MAX_ARCHIVE + 1)
    [row] = read_paths([path])
    assert isinstance(row, RefusedRow)
    assert row.reason.startswith("file-too-large: ")


def test_a_stream_is_read_as_json_lines() -> None:
    rows = list(read_stream(io.BytesIO(LINES), "-"))
    assert [str(row.location) for row in rows] == ["-:1", "-:2"]
    assert not any(isinstance(row, RefusedRow | SkippedRow) for row in rows)


def test_a_stream_with_foreign_keys() -> None:
    stream = io.BytesIO('{"事项":"甲"}\n'.encode())
    [row] = read_stream(stream, "-", FieldMap.parse(("title=事项",)))
    assert isinstance(row, RecordRow)
    assert row.record == Record(title="甲")

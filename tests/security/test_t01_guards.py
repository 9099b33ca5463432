"""T1, T2, T3: the guards of the readers one by one, and that without each of them its check fails."""

import gzip
import tracemalloc
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from index.readers import archives, files, gzip_stream, lines, sheets
from index.readers.documents import html
from index.readers.documents.parse import parse_document
from index.readers.encodings import decode
from index.readers.files import read_paths
from index.readers.mapping import FieldMap
from index.readers.refusal import RefusedRecord
from index.readers.rows import DocumentRow, RefusedRow, Row, SkippedRow
from index.readers.workbooks import read_workbook
from tests.security.hostile_files import (
    PROSE,
    SECRET,
    STORED,
    holding,
    reading_word,
    sparse,
    wide_row,
    workbook,
    zipped,
)

MIB = 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Guard:
    """A file that it is for, the kind of the refusal, where it is, and what stands there without it."""

    name: str
    make: Callable[[Path], object]
    outcome: str
    place: tuple[Any, str]
    instead: object


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """Reading that takes less than `memory` bytes with its guard, and more without."""

    name: str
    read: Callable[[Path], None]
    place: tuple[Any, str]
    instead: object
    memory: int


def _lets_pass(_data: bytes) -> None:
    """A check that finds nothing."""


def _out(path: Path) -> None:
    secret = path.parent.parent / "secret.txt"
    secret.write_text(f"{SECRET}\n{PROSE}", encoding="utf-8")
    path.symlink_to(secret)


def _squeezed(path: Path) -> None:
    path.write_bytes(gzip.compress(bytes(120 * MIB)))


GUARDS = (
    Guard(
        name="a.zip",
        make=holding(zipped({"a.txt": bytes(8 * MIB)})),
        outcome="archive-too-large",
        place=(archives, "check_zip"),
        instead=_lets_pass,
    ),
    Guard(
        name="a.jsonl.gz",
        make=_squeezed,
        outcome="archive-too-large",
        place=(gzip_stream, "MAX_UNPACKED"),
        instead=2**60,
    ),
    Guard(
        name="deep.html",
        make=holding(b"<div>" * 2_000 + b"x"),
        outcome="unparsable-html",
        place=(html, "MAX_DEPTH"),
        instead=2**60,
    ),
    Guard(
        name="out.txt",
        make=_out,
        outcome="link-leads-out",
        place=(files, "_leads_out"),
        instead=lambda _path, _root: False,
    ),
)


def _read_line(folder: Path) -> None:
    sparse(120 * MIB)(folder / "line.jsonl")
    list(read_paths([folder]))


def _read_row(_folder: Path) -> None:
    list(read_workbook(wide_row(60_000), "row.xlsx", FieldMap.parse(())))


COSTLY = (
    Cost(name="line", read=_read_line, place=(lines, "MAX_LINE"), instead=2**60, memory=100 * MIB),
    Cost(name="row", read=_read_row, place=(sheets, "check_parts"), instead=_lets_pass, memory=10 * MIB),
)


def kinds(folder: Path) -> list[str]:
    """The kinds of the refusals in a folder; `stored` for what would be taken in."""
    return [_kind(row) for row in read_paths([folder]) if not isinstance(row, SkippedRow)]


def _kind(row: Row) -> str:
    try:
        if isinstance(row, DocumentRow):
            parse_document(row.original, decode)
    except RefusedRecord as error:
        return error.refusal
    return row.reason.partition(":")[0] if isinstance(row, RefusedRow) else STORED


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "inbox"
    path.mkdir()
    return path


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_a_hostile_file_is_refused(folder: Path, guard: Guard) -> None:
    guard.make(folder / guard.name)
    assert kinds(folder) == [guard.outcome]


@pytest.mark.parametrize("guard", GUARDS, ids=lambda guard: guard.name)
def test_without_its_guard_it_is_not(folder: Path, guard: Guard, monkeypatch: pytest.MonkeyPatch) -> None:
    guard.make(folder / guard.name)
    monkeypatch.setattr(*guard.place, guard.instead)
    assert kinds(folder) != [guard.outcome]


def peak(cost: Cost, folder: Path) -> int:
    """Bytes that are held at most; what is loaded once is loaded before."""
    list(read_workbook(workbook(), "", FieldMap.parse(())))
    tracemalloc.start()
    try:
        cost.read(folder)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.slow
@pytest.mark.parametrize("cost", COSTLY, ids=lambda cost: cost.name)
def test_what_looks_small_costs_little_memory(folder: Path, cost: Cost) -> None:
    assert peak(cost, folder) < cost.memory


@pytest.mark.slow
@pytest.mark.parametrize("cost", COSTLY, ids=lambda cost: cost.name)
def test_without_its_guard_it_costs_much(folder: Path, cost: Cost, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(*cost.place, cost.instead)
    assert peak(cost, folder) > cost.memory


def test_of_a_word_file_with_entities_the_library_alone_would_lose_text(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text(SECRET, encoding="utf-8")
    (tmp_path / "a.docx").write_bytes(reading_word(secret))
    (paragraph,) = Document(str(tmp_path / "a.docx")).paragraphs
    assert paragraph.text == "招商"
    assert kinds(tmp_path / "a.docx") == ["unparsable-word"]

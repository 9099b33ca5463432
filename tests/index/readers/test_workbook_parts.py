"""Workbooks are counted before they are opened, whichever parser reads the part later."""

from collections.abc import Callable

import pytest

from index.readers import workbook_parts
from index.readers.refusal import RefusedRecord
from index.readers.workbook_parts import MAX_BESIDE, MAX_IN_ITEM, check_parts
from tests.security.hostile_files import edited, wide_row, workbook

SHEET = "xl/worksheets/sheet1.xml"
STYLES = "xl/styles.xml"
CELLS = b"<row>" + b"<c/>" * (MAX_IN_ITEM + 1) + b"</row>"


def in_sheet(before: bytes) -> Callable[[bytes], bytes]:
    return lambda part: part.replace(b"<sheetData>", before + b"<sheetData>" + CELLS)


def as_gb18030(part: bytes) -> bytes:
    """A part that the standard library cannot read, with more styles than there may be."""
    styles = b"<cellXfs>" + b"<xf/>" * MAX_BESIDE
    start = part.index(b"<styleSheet")
    head = b'<?xml version="1.0" encoding="gb18030"?>'
    return head + part[start:].replace(b'<cellXfs count="1">', styles)


def as_utf_16(part: bytes) -> bytes:
    return in_sheet(b"")(part).decode().encode("utf-16")


HOSTILE = {
    "a row": (SHEET, in_sheet(b"")),
    "in UTF-16": (SHEET, as_utf_16),
    "behind a long text": (SHEET, in_sheet(b"<x>" + b"a" * (11 * 2**20) + b"</x>")),
    "behind what only lxml refuses": (SHEET, in_sheet(b"<x xml:id='1'/><x xml:id='1'/>")),
    "in an encoding that only lxml reads": (STYLES, as_gb18030),
    "a document type": (SHEET, lambda part: part.replace(b"<worksheet", b"<!DOCTYPE x><worksheet", 1)),
}


@pytest.mark.parametrize(("part", "edit"), HOSTILE.values(), ids=HOSTILE)
def test_more_than_may_be_is_refused(part: str, edit: Callable[[bytes], bytes]) -> None:
    with pytest.raises(RefusedRecord, match=rf"unparsable-table: .*{part}"):
        check_parts(edited(workbook(), part, edit))


def test_more_texts_than_may_be_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_parts, "MAX_ITEMS", 3)
    data = edited(
        workbook(), SHEET, lambda part: part.replace(b"<sheetData>", b"<sheetData>" + b"<row/>" * 3)
    )
    with pytest.raises(RefusedRecord, match="rows or texts"):
        check_parts(data)


@pytest.mark.parametrize(
    "data",
    [
        workbook(),
        wide_row(MAX_IN_ITEM),
        edited(workbook(), SHEET, lambda part: part[: len(part) // 2]),
        edited(workbook(), SHEET, lambda _: b"\x89PNG\r\n\x1a\n"),
        edited(workbook(), SHEET, lambda _: b""),
    ],
    ids=["a usual one", "the widest row", "a part that breaks off", "a picture", "an empty part"],
)
def test_what_is_no_bomb_passes(data: bytes) -> None:
    check_parts(data)

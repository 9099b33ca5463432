"""Tables: what is written is read back, and nothing is computed (RFC 4180)."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.formats.csv_text import GUARD, csv_text, guarded
from web.formats.flat_row import FOUND_COLUMNS, columns, row
from web.parameters.defined.listing import FIELDS

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
FOUND = {"score": 7.31, "matched": "all", "copies": 2, "earliest": None, "repaired": False, "pinned": True}


def read(written: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written, newline=""), strict=True))


@given(st.lists(st.lists(TEXTS, min_size=1, max_size=4), max_size=4))
def test_a_reader_gets_every_cell_with_its_guard(rows: list[list[str]]) -> None:
    assert read(csv_text(rows)) == [[guarded(cell) for cell in cells] for cells in rows]


@given(TEXTS)
def test_a_guard_is_all_that_is_added(cell: str) -> None:
    assert guarded(cell) in {cell, GUARD + cell}


@pytest.mark.parametrize(
    "cell",
    ["=1+1", "+86", "-5", "@SUM(A1)", "\tx", "\rx", "＝1+1", "＋1", "－1", "＠a", " =1", '"=1', "'=1", "=\n"],
)
def test_what_a_spreadsheet_would_compute_is_guarded(cell: str) -> None:
    assert guarded(cell) == GUARD + cell


@pytest.mark.parametrize("cell", ["", "科技=创新", "a-b", "“+”号", "2024-03-05", "'", '"', " ", "𠮷"])
def test_other_cells_stay_as_they_are(cell: str) -> None:
    assert guarded(cell) == cell


def test_lines_end_as_the_rfc_says() -> None:
    assert csv_text([["a", 'b"c'], ["d\ne", ""]]) == '"a","b""c"\r\n"d\ne",""\r\n'


def test_a_hit_becomes_a_row_of_its_columns() -> None:
    hit = {
        **FOUND,
        "id": "a1",
        "region": [
            {"code": "330100", "path": ["浙江省", "杭州市"], "relation": "about"},
            {"code": "330200", "path": [], "relation": "about"},
            {"code": "330100", "path": ["浙江省", "杭州市"], "relation": "issued-by"},
        ],
        "topic": [{"name": "招商引资"}, {"name": "产业园区"}],
        "tags": ["甲", "乙"],
        "url": None,
    }
    fields = ("id", "region", "topic", "tags", "url")
    assert dict(zip(columns(fields), row(hit, fields), strict=True)) == {
        "id": "a1",
        "region": "浙江省/杭州市|",
        "region_code": "330100|330200",
        "topic": "招商引资|产业园区",
        "tags": "甲|乙",
        "url": "",
        "score": "7.31",
        "matched": "all",
        "copies": "2",
        "earliest": "",
        "repaired": "false",
        "pinned": "true",
    }


def test_no_two_columns_have_one_name() -> None:
    names = columns(FIELDS)
    assert len(set(names)) == len(names)
    assert {*FIELDS, *FOUND_COLUMNS} <= set(names)

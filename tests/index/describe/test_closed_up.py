"""Text without its gaps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.describe.closed_up import ClosedUp
from index.text.folding import Folding

FOLDING = Folding.load()


@pytest.mark.parametrize(
    ("text", "closed"),
    [
        ("鄂政发〔 2024〕 12号", "鄂政发〔2024〕12号"),
        ("湖北省教育厅　　湖北省财政厅", "湖北省教育厅\n湖北省财政厅"),
        ("通　知", "通知"),
        ("第一行\n第二行", "第一行\n第二行"),
        ("第一行 \r\n\t第二行", "第一行\n第二行"),
        ("\n　文\u200b字\n", "文字"),
        ("", ""),
    ],
    ids=repr,
)
def test_a_narrow_gap_is_gone_and_a_wide_one_is_a_line_end(text: str, closed: str) -> None:
    assert ClosedUp.of(text, FOLDING).stored == closed


def test_a_title_has_no_gap_at_all() -> None:
    assert ClosedUp.line("河 北 省\n教 育 厅", FOLDING).stored == "河北省教育厅"


@given(st.text())
def test_offsets_of_both_forms_agree(text: str) -> None:
    closed = ClosedUp.of(text, FOLDING)
    assert len(closed.stored) == len(closed.folded)
    assert closed.folded == FOLDING.fold(closed.stored)


@pytest.mark.parametrize(
    ("folded", "written"),
    [
        ("湖北省发展和改革委员会", "湖北省發展和改革委員會"),
        ("武汉市人民政府", "武漢市人民政府"),
        ("没有", "没有"),
    ],
)
def test_names_as_the_page_writes_them(folded: str, written: str) -> None:
    text = ClosedUp.of("湖北省發展和\n改革委員會、武漢市人民政府", FOLDING)
    assert text.as_written(folded) == written

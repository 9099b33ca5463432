"""Radicals that stand for ordinary characters become these."""

import unicodedata

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.folding import Folding
from index.text.rules.radicals import RadicalsRule
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = RadicalsRule()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("⼯业和信息化⼚", "工业和信息化厂", id="of the Kangxi dictionary"),
        pytest.param("区⻓、⻋站、⻄安、⼈⺠", "区长、车站、西安、人民", id="of the supplement"),
        pytest.param("⻑江、⻱山", "長江、龜山", id="Traditional ones stay Traditional"),
        pytest.param("“⾔”字旁", "“言”字旁", id="where the text speaks of it"),
    ],
)
def test_the_ordinary_character_takes_its_place(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("竹字头「⺮」、三点水「⺡」、走之「⻌」", id="parts of characters"),
        pytest.param("「⺌」字头、「⺼」字旁", id="forms that look unlike the character"),
        pytest.param("⺀⻃⺪", id="radicals without an ordinary character"),
        pytest.param("⺚⻴⿖", id="unassigned"),
        pytest.param("人民、长江、㇀㇏、⿰", id="ordinary characters, strokes"),
    ],
)
def test_others_stay(page: str) -> None:
    assert_clean(RULE, page)


def test_all_of_the_kangxi_dictionary() -> None:
    kangxi = "".join(map(chr, range(0x2F00, 0x2FD6)))
    assert repaired(RULE, kangxi) == unicodedata.normalize("NFKC", kangxi)


def test_what_is_put_in_place_is_an_ordinary_ideograph_that_compares_equal() -> None:
    folding = Folding.load()
    for code in range(0x2E80, 0x2F00):
        ordinary = repaired(RULE, chr(code))
        if ordinary != chr(code):
            assert unicodedata.name(ordinary).startswith("CJK UNIFIED IDEOGRAPH")
            assert folding.fold(chr(code)) in {folding.fold(ordinary), chr(code)}


def test_a_run_is_one_exact_edit() -> None:
    assert RULE.find("南⼭区⼈⺠医院") == (
        Edit(1, "⼭", "山", "radicals", Certainty.EXACT),
        Edit(3, "⼈⺠", "人民", "radicals", Certainty.EXACT),
    )


@given(pages(["⼈", "⺠", "⺮", "⻌", "人", "「", "」"]))
def test_laws(page: str) -> None:
    repaired(RULE, page)


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(RULE, ["⼈" * 200_000, "⼈人" * 100_000])

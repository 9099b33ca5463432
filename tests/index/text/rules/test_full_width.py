"""Full-width letters and digits become ASCII, full-width marks stay."""

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.full_width import FullWidthRule
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = FullWidthRule()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("２００４年投入１２万元", "2004年投入12万元", id="digits"),
        pytest.param("统一书号（ＩＳＢＮ）和ｋｗ", "统一书号（ISBN）和kw", id="letters"),
        pytest.param("４．淘汰渔船，２．５％", "4．淘汰渔船，2．5％", id="marks between stay"),
        pytest.param("Ｒ＆Ｄ", "R＆D", id="a sign between letters stays"),
    ],
)
def test_letters_and_digits_are_written_in_ascii(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("（一）加强领导：第1条；", id="Chinese marks"),
        pytest.param("＄￥＠＃～", id="signs"),
        pytest.param("ｱｲｳ", id="half-width Japanese"),
        pytest.param("①Ⅳ㎡℃", id="numbers and units that are characters of their own"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_written_so_on_purpose_stays(page: str) -> None:
    assert_clean(RULE, page)


def test_a_run_is_one_exact_edit() -> None:
    assert RULE.find("从２００５—２００８年") == (
        Edit(1, "２００５", "2005", "full-width", Certainty.EXACT),
        Edit(6, "２００８", "2008", "full-width", Certainty.EXACT),
    )


def test_every_letter_and_digit_has_its_form() -> None:
    ascii_forms = [char for code in range(128) if (char := chr(code)).isalnum()]
    wide = "".join(chr(ord(char) + 0xFEE0) for char in ascii_forms)
    assert repaired(RULE, wide) == "".join(ascii_forms)


@given(pages(["２", "Ｚ", "ａ", "．", "年", "2"]))
def test_laws(page: str) -> None:
    repaired(RULE, page)


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(RULE, ["２" * 200_000, "２．" * 100_000])

"""Private-use characters become what they certainly stand for; all others stay."""

import unicodedata
from importlib import import_module

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.private_use import PrivateUseRule
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = PrivateUseRule.load()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("间距0\ue0105m", "间距0.5m", id="a decimal point"),
        pytest.param("1\ue010补贴；2\ue010培训", "1.补贴；2.培训", id="list numbers"),
        pytest.param("增长４\ue010５％", "增长４.５％", id="full-width digits"),
        pytest.param("附则。\ue003第六章\ue004第十条", "附则。\n第六章\n第十条", id="line ends"),
        pytest.param("若干意见\ue003", "若干意见", id="a line end at the end of the text"),
        pytest.param("意见；\ue004\n（二）", "意见；\n（二）", id="a line end before a line feed"),
        pytest.param("产\ue5d2\ue5cf业链\ue5d2\ue5cf", "产\n业链\n", id="return and line feed, full-width"),
        pytest.param("文号）\ue5e5３号\ue5ce表", "文号）\u3000３号\t表", id="space and tab, full-width"),
        pytest.param("登嘎甘\ue81b（熊猫舞）", "登嘎甘㑇（熊猫舞）", id="an ideograph of GB 18030"),
        pytest.param("拼音\ue7c7\ue7c8", "拼音ḿǹ", id="letters of pinyin"),
        pytest.param("\uf0b7 申报\n　\uf0d8材料", "• 申报\n　•材料", id="bullets"),
        pytest.param(
            "清单：\ue004\ue5e5\uf0a7甲", "清单：\n\u3000•甲", id="a bullet behind a line end of these"
        ),
    ],
)
def test_what_is_certain_is_written(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("备案\ue723\n（一）", id="a character that nothing explains"),
        pytest.param("分享：\ue65f 2022年", id="an icon"),
        pytest.param("共\ue010人", id="the point's code where no digit stands before it"),
        pytest.param("对\uf0fc错\uf0b7", id="bullets within a line"),
        pytest.param("創新發展協議\ue5cf數據聯網\ue81b", id="on a Traditional page"),
        pytest.param("\U000f0000\U0010fffd", id="private use above U+FFFF"),
        pytest.param("间距0.5m", id="clean text"),
        pytest.param("", id="nothing"),
    ],
)
def test_the_rest_stays(page: str) -> None:
    assert_clean(RULE, page)


def test_bullets_do_not_depend_on_the_script() -> None:
    assert repaired(RULE, "\uf0b7 創新發展協議數據") == "• 創新發展協議數據"


def test_all_of_the_standard_is_known() -> None:
    codes = (0xE76C, *range(0xE78D, 0xE797), 0xE7C7, 0xE7C8, *range(0xE7E7, 0xE7F4), *range(0xE815, 0xE865))
    characters = repaired(RULE, "".join(map(chr, codes)))
    assert len(set(characters)) == len(codes) == 106
    assert all(unicodedata.category(char) != "Co" for char in characters)


def test_the_table_is_what_the_script_makes() -> None:
    build_private_use = import_module("scripts.build_private_use")
    assert build_private_use.TABLE.read_text(encoding="utf-8") == build_private_use.table_text()


def test_edits_say_how_sure_they_are() -> None:
    assert RULE.find("0\ue0105\ue81b\ue7c7\ue004甲") == (
        Edit(1, "\ue010", ".", "private-use", Certainty.EVIDENT),
        Edit(3, "\ue81b\ue7c7", "㑇ḿ", "private-use", Certainty.EXACT),
        Edit(5, "\ue004", "\n", "private-use", Certainty.EVIDENT),
    )


@given(
    pages(["\ue010", "\ue003", "\ue004", "\ue5d2", "\ue5cf", "\ue81b", "\uf0b7", "1", "\n", "创", "創", " "])
)
def test_laws(page: str) -> None:
    repaired(RULE, page)


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(
        RULE,
        [
            *("\ue010" * 200_000, "1\ue010" * 100_000, "\ue5d2\ue5cf" * 100_000, "\ue004甲" * 100_000),
            *("\n \t" * 60_000 + "\uf0b7", " " * 200_000 + "\uf0b7"),
        ],
    )

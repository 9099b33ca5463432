"""What nobody sees is taken out, unless it changes what people see."""

import re
import unicodedata

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.invisible import InvisibleRule, without_invisible
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = InvisibleRule()

FAMILY = "\U0001f468\u200d\U0001f469\u200d\U0001f466"
CODER = "\U0001f468\U0001f3fb\u200d\U0001f4bb"
ENGLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f"


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("\ufeff建设\u200b规划", "建设规划", id="byte order mark, zero width"),
        pytest.param("发\xad展", "发展", id="soft hyphen"),
        pytest.param("讲话\x00\x01\x7f。", "讲话。", id="controls"),
        pytest.param("讲话\x80\x9f。", "讲话。", id="controls above ASCII"),
        pytest.param("网友\u202c说\u200e的\u2066话\u2069", "网友说的话", id="direction"),
        pytest.param("来源\u200d\u200d\u200d声明\u200c", "来源声明", id="joiners among Chinese characters"),
        pytest.param("\u200d\u200c", "", id="nothing but joiners"),
        pytest.param("😀\u200d声明", "😀声明", id="a joiner behind an emoji only"),
        pytest.param("声明\u200d😀", "声明😀", id="a joiner before an emoji only"),
        pytest.param("图\ufffc注\ufff9旁\ufffa注\ufffb", "图注旁注", id="object and annotations"),
        pytest.param("甲\ufdd0乙\uffff丙\U0010ffff丁", "甲乙丙丁", id="no characters"),
        pytest.param("甲\U000e0041\U000e0001乙", "甲乙", id="tags outside a flag"),
        pytest.param(ENGLAND[:-1] + "队", "\U0001f3f4队", id="a flag without its end"),
        pytest.param(
            "第一页\x0c第二页\x0b三\x85四\u2028五\u2029六", "第一页\n第二页\n三\n四\n五\n六", id="line ends"
        ),
        pytest.param("甲\x0b\x0c乙", "甲\n乙", id="several line ends in a row"),
    ],
)
def test_it_is_taken_out(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("第一行\r\n\t第二行\n", id="line ends and tabs"),
        pytest.param("全\u3000角\xa0空\u2003格", id="spaces of every width"),
        pytest.param(FAMILY + CODER, id="joined emoji"),
        pytest.param("❤\ufe0f\u200d🔥 ✖\ufe0f", id="emoji with a variation selector"),
        pytest.param(f"{ENGLAND}队", id="a flag"),
        pytest.param("葛\U000e0100城", id="an ideographic variation"),
        pytest.param("می\u200cخواهم", id="Persian, not joined"),
        pytest.param("क्\u200dष", id="Hindi, joined"),
        pytest.param("e\u0301", id="an accent"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_changes_the_look_stays(page: str) -> None:
    assert_clean(RULE, page)


def test_no_control_is_left_but_line_feed_return_and_tab() -> None:
    controls = "".join(chr(code) for code in (*range(0x20), *range(0x7F, 0xA0)))
    assert set(repaired(RULE, controls)) == set("\n\r\t")


def test_nothing_is_touched_that_has_a_form() -> None:
    shown = "".join(
        char
        for code in range(0x110000)
        if unicodedata.category(char := chr(code)) not in {"Cc", "Cf", "Cn", "Cs", "Zl", "Zp"}
    )
    assert re.sub("[\u034f\u2065\ufffc]", "", shown) == repaired(RULE, shown)


def test_a_run_is_one_exact_edit() -> None:
    assert RULE.find("甲\u200b\ufeff\u200d乙\x0c") == (
        Edit(1, "\u200b\ufeff\u200d", "", "invisible", Certainty.EXACT),
        Edit(5, "\x0c", "\n", "invisible", Certainty.EXACT),
    )


PIECES = (
    *("\u200d", "\u200c", "\u200b", "\ufeff", "\x85", "\ufe0f"),
    *("\U0001f3f4", "\U000e0067", "\U000e007f"),
    *("中", "😀", "❤", "ی", "क"),
)


@given(pages(PIECES))
def test_laws(page: str) -> None:
    assert repaired(RULE, page) == without_invisible(page)


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(
        RULE, ["\u200d" * 200_000, "甲\u200d" * 100_000, ENGLAND[:-1] * 30_000, "\U0001f3f4" * 200_000]
    )

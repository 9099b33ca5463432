"""U+FFFD is taken out where it is layout; where a character is lost it stays and is named."""

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.rules.replacement import ReplacementRule, unexplained
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = ReplacementRule()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("列入目录：\ufffd \n(一)工程", "列入目录： \n(一)工程", id="behind a colon"),
        pytest.param("每年7艘。\ufffd 　　4．淘汰", "每年7艘。 　　4．淘汰", id="behind a full stop"),
        pytest.param("(各部门 )\ufffd \n", "(各部门 ) \n", id="behind a bracket"),
        pytest.param("省政府 \ufffd \n　　", "省政府  \n　　", id="behind a space"),
        pytest.param("要求。\n\ufffd \n", "要求。\n \n", id="alone in its line"),
        pytest.param("二○○○年一月六日\ufffd \n", "二○○○年一月六日 \n", id="behind a date"),
        pytest.param("2004年8月11日\ufffd \n", "2004年8月11日 \n", id="behind a date in digits"),
        pytest.param("执行。\ufffd\ufffd \n", "执行。 \n", id="two of them"),
        pytest.param(
            "资金；\ufffd \n三、步骤\ufffd \n总体仗。\ufffd \n",
            "资金； \n三、步骤 \n总体仗。 \n",
            id="behind a heading, where most are layout",
        ),
        pytest.param("追究责任。 \ufffd", "追究责任。 ", id="at the end, behind a sentence and a space"),
        pytest.param("追究责任。\ufffd \ufffd", "追究责任。 ", id="at the end, behind another one"),
    ],
)
def test_layout_is_taken_out(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected
    assert unexplained(page) == ()


@pytest.mark.parametrize(
    ("page", "lost"),
    [
        pytest.param("高新\ufffd术产业", (2,), id="within a word"),
        pytest.param("服务点\ufffd返回首页", (3,), id="at the end of a sentence"),
        pytest.param("推动发\ufffd \n", (3,), id="behind a character, before the end of a line"),
        pytest.param("三、步骤\ufffd \n四、要求\ufffd \n", (4, 11), id="behind headings only"),
        pytest.param("今日\ufffd \n", (2,), id="behind a day that is no date"),
        pytest.param("工作，\ufffd \n", (3,), id="behind a comma"),
        pytest.param("已完成。\ufffd", (4,), id="cut off at the end"),
        pytest.param("参考 \ufffd", (3,), id="a word cut off at the end"),
        pytest.param("\ufffd\ufffd球网", (0, 1), id="cut off at the start"),
        pytest.param("\ufffd 球网", (0,), id="cut off at the start, before a space"),
        pytest.param("已完成。\ufffd\n", (4,), id="before a line end without a space"),
    ],
)
def test_a_lost_character_stays_and_is_named(page: str, lost: tuple[int, ...]) -> None:
    assert_clean(RULE, page)
    assert unexplained(page) == lost


def test_what_is_named_is_what_a_repair_leaves() -> None:
    page = "技\ufffd。\ufffd \n产\ufffd业"
    assert unexplained(page) == (1, 7)
    assert unexplained(repaired(RULE, page)) == (1, 6)


def test_what_is_not_before_a_space_is_lost_on_any_page() -> None:
    page = "资金；\ufffd \n高新\ufffd术\ufffd \n总体仗。\ufffd \n"
    assert unexplained(page) == (8,)
    assert repaired(RULE, page) == "资金； \n高新\ufffd术 \n总体仗。 \n"


def test_a_removal_is_evident() -> None:
    assert RULE.find("完成。\ufffd \n") == (Edit(3, "\ufffd", "", "replacement", Certainty.EVIDENT),)


def test_clean_text_is_clean() -> None:
    assert_clean(RULE, "列入目录： \n(一)工程")
    assert unexplained("列入目录： \n(一)工程") == ()


@given(pages(["\ufffd", " ", "。", "\n", "产", "一日"]))
def test_laws(page: str) -> None:
    left = repaired(RULE, page)
    assert len(unexplained(page)) == left.count("\ufffd")


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(
        RULE, ["\ufffd" * 200_000, "。\ufffd" * 100_000, "。\ufffd " * 60_000, "产" + "\ufffd" * 200_000]
    )

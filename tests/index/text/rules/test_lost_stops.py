"""A control character behind a digit is a full stop if it stands nowhere else on the page."""

import pytest
from hypothesis import given

from index.article import Certainty
from index.text.edits import Edit
from index.text.repair import Repairer
from index.text.rules.entities import EntitiesRule
from index.text.rules.invisible import InvisibleRule
from index.text.rules.lost_stops import LostStopsRule
from tests.index.text.rules.laws import assert_clean, assert_linear, pages, repaired

RULE = LostStopsRule()


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        pytest.param("完成24\x0185万户", "完成24.85万户", id="a decimal point"),
        pytest.param("铜牌45\x005枚", "铜牌45.5枚", id="the other code"),
        pytest.param("浓度ＰＭ２\x01５", "浓度ＰＭ２.５", id="between full-width digits"),
        pytest.param("1\x00公安（厅） 2\x00 检察（院）", "1.公安（厅） 2. 检察（院）", id="list numbers"),
        pytest.param("２ \x01５小时；０\x01５", "２ .５小时；０.５", id="a space before it"),
        pytest.param("1\x00甲，2\x00乙；0\x015", "1.甲，2.乙；0.5", id="both codes"),
    ],
)
def test_a_stop_takes_its_place(page: str, expected: str) -> None:
    assert repaired(RULE, page) == expected


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("〔\x00\x00\x00\x00〕\x00号，2\x005", id="it stands for other characters too"),
        pytest.param("执行。\x01\n2、管理。\x01", id="layout"),
        pytest.param("共5\x01人", id="a single one with a digit on one side"),
        pytest.param("0\x005，第7\x00\n", id="at the end of a line"),
        pytest.param("0\x005，1\x00.公安", id="the stop is there already"),
        pytest.param("0\x025，1\x1f5", id="codes that no font was seen to use"),
        pytest.param("24.85万户", id="clean text"),
    ],
)
def test_what_may_be_something_else_is_left(page: str) -> None:
    assert_clean(RULE, page)


def test_a_stop_is_evident() -> None:
    assert RULE.find("2\x015") == (Edit(1, "\x01", ".", "lost-stop", Certainty.EVIDENT),)


def test_written_as_a_reference_it_is_one_change_with_it() -> None:
    repairer = Repairer((EntitiesRule(), RULE, InvisibleRule()))
    outcome = repairer.repair("0&#1;15万元，0&#1;06万元")
    assert outcome.text == "0.15万元，0.06万元"
    assert [(change.edit.before, change.edit.rule) for change in outcome.changes] == [
        ("&#1;", "entities+lost-stop")
    ] * 2


@given(pages(["1", "２", "\x00", "\x01", " ", ".", "年", "\n"]))
def test_laws(page: str) -> None:
    repaired(RULE, page)


def test_hostile_pages_take_linear_time() -> None:
    assert_linear(RULE, ["\x00" * 200_000, "1\x00" * 100_000, "1 \x01" * 60_000 + "\x01"])

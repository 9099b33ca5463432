"""Headings that a PDF file printed twice are mended, what somebody doubled is not."""

import re
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.article import Certainty
from index.text.repair import Repairer
from index.text.rules.doubled import DoubledRule

RULE = DoubledRule()
REPAIRER = Repairer((RULE,))
SURE = "关关于于加加快快农农村村道道路路建建设设的的通通知知"
"""A heading that proves by itself that its page was printed twice in places."""


def doubled(text: str) -> str:
    return re.sub(r"([^\x00-\x7f\s])", r"\1\1", text)


@pytest.mark.parametrize(
    ("page", "repaired"),
    [
        pytest.param(
            f"市交通局\n{SURE}\n各区县：", "市交通局\n关于加快农村道路建设的通知\n各区县：", id="a heading"
        ),
        pytest.param(
            "省省交交通通运运输输厅厅〔〔2021〕〕7号号\n各市：",
            "省交通运输厅〔2021〕7号\n各市：",
            id="single digits inside",
        ),
        pytest.param(
            "省省交交通通运运输输厅厅 市市公公路路局局\n通知",
            "省交通运输厅 市公路局\n通知",
            id="spaces inside",
        ),
        pytest.param(
            "乡乡村村道道路路养养护护规规划划2025\n全文",
            "乡村道路养护规划2025\n全文",
            id="single digits behind",
        ),
        pytest.param(
            f"{SURE}\n第第一一章章 总总则则\n第一条",
            "关于加快农村道路建设的通知\n第一章 总则\n第一条",
            id="a short one",
        ),
        pytest.param(
            "水水生生生生物物保保护护行行动动",
            "水生生物保护行动",
            id="a character that is written twice itself",
        ),
        pytest.param(
            "各区县水水库库除除险险加加固固方方案案见附件", "各区县水库除险加固方案见附件", id="within a line"
        ),
        pytest.param(
            "水水库库除除险险加加固固————以以本本市市为为例例",
            "水库除险加固——以本市为例",
            id="a dash of four",
        ),
        pytest.param(
            "水水库库除除险险加加固固……以以本本市市为为例例", "水库除险加固……以本市为例", id="dots of two"
        ),
        pytest.param(
            "人人人民民代代表表大大会会议议事事规规则则",
            "人人民代表大会议事规则",
            id="behind the same character",
        ),
        pytest.param(
            "民民代代表表大大会会议议事事规规则则则", "民代表大会议事规则则", id="before the same character"
        ),
    ],
)
def test_damage_is_taken_out(page: str, repaired: str) -> None:
    assert REPAIRER.repair(page).text == repaired


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("他们天天高高兴兴，人人都说好。", id="words that double"),
        pytest.param("爷爷奶奶弟弟妹妹都来了", id="four in a row"),
        pytest.param("来来往往、红红火火、热热闹闹、明明白白", id="many, parted by marks"),
        pytest.param("丽丽 圆圆 婷婷 芳芳 莉莉 娜娜 菲菲", id="names, parted by spaces"),
        pytest.param("━━━━━━━━━━━━━━━━", id="a line drawn with signs"),
        pytest.param("○○○○××××△△△△□□□□", id="rows of signs"),
        pytest.param("………………——————", id="dots and dashes"),
        pytest.param("哈哈哈哈哈哈哈哈嘿嘿嘿嘿嘿嘿", id="laughter"),
        pytest.param("AABBCCDDEEFFGG 1122334455", id="ASCII"),
        pytest.param("第一章 总则\n第二章 规划", id="nothing doubled"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_somebody_wrote_stays(page: str) -> None:
    assert REPAIRER.repair(page).text is page


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("高高兴兴", id="two"),
        pytest.param("大家天天高高兴兴", id="three beside a single one"),
        pytest.param("天天高高兴兴地上学", id="three before a single one"),
    ],
)
def test_a_few_doubled_characters_are_left_even_on_a_damaged_page(line: str) -> None:
    assert REPAIRER.repair(f"{SURE}\n{line}").text.endswith(f"\n{line}")


def test_a_heading_is_one_change() -> None:
    [edit] = RULE.find("省省交交通通运运输输厅厅〔〔2021〕〕7号号文")
    assert (edit.start, edit.before, edit.after) == (
        0,
        "省省交交通通运运输输厅厅〔〔2021〕〕7号号",
        "省交通运输厅〔2021〕7号",
    )
    assert (edit.rule, edit.certainty) == ("doubled", Certainty.EVIDENT)


HEADINGS = st.text("农村道路建设养护管理实施方案（）《》、", min_size=8, max_size=20).filter(
    lambda heading: len(set(heading)) > 5 and not re.search(r"(.)\1", heading)
)


@given(st.lists(HEADINGS, min_size=1, max_size=4))
def test_every_planted_heading_comes_back(headings: list[str]) -> None:
    sound = "\n正文从这里开始。\n".join(headings)
    damaged = "\n正文从这里开始。\n".join(map(doubled, headings))
    repaired = REPAIRER.repair(damaged)
    assert repaired.text == sound
    assert repaired.original() == damaged


@given(st.text("人民天……——\n 12", max_size=60))
def test_a_repaired_page_holds_nothing_more_to_repair(text: str) -> None:
    repaired = REPAIRER.repair(SURE + text)
    assert RULE.find(repaired.text) == ()
    assert repaired.original() == SURE + text


def test_hostile_pages_take_linear_time() -> None:
    started = time.process_time()
    for page in (
        "天天地地人" * 50_000,
        "天" * 500_000,
        "天天地地" * 100_000,
        SURE + "天天 " * 100_000,
        SURE + "ab" * 1_000_000,
    ):
        RULE.find(page)
    assert time.process_time() - started < 60

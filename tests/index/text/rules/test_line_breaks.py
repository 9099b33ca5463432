"""Lines broken at a fixed width are joined; headings, lists, tables and signatures are not."""

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import damage
from index.article import Certainty
from index.text.edits import RepairedText
from index.text.repair import Repairer
from index.text.rules.line_breaks import LineBreakRule

RULE = LineBreakRule()
REPAIRER = Repairer((RULE,))

HEAD = "某市人民政府\n关于推进老旧小区改造工作的实施意见\n\n"
PARAGRAPH = (
    "为改善居住条件，各区县人民政府要把老旧小区改造作为重要工作，统筹安排资金和项目，完善水电气热等基础设施，"
    "补齐养老托育和停车等服务短板，引导居民参与方案制定和日常管理，建立政府引导、社会参与、居民共担的长效机制，"
    "确保改造一个成一个，让群众真正得到实惠，并在年底前把进展情况书面报送市住房和城乡建设部门。"
)


def broken(text: str, width: int) -> str:
    """The text in lines of so many Chinese characters."""
    return "\n".join(text[at : at + width] for at in range(0, len(text), width))


BROKEN = broken(PARAGRAPH, 28)
LINES = BROKEN.split("\n")


def test_the_lines_of_a_paragraph_become_one() -> None:
    assert len(LINES) > 4
    assert REPAIRER.repair(HEAD + "正文\n" + BROKEN).text == HEAD + "正文\n" + PARAGRAPH


@pytest.mark.parametrize(
    ("line_end", "before"),
    [
        pytest.param("\n", "\n", id="a line feed"),
        pytest.param("\r\n", "\r\n", id="as Windows writes it"),
        pytest.param(" \n", " \n", id="with a space before it"),
    ],
)
def test_an_edit_is_the_break_with_the_white_space_before_it(line_end: str, before: str) -> None:
    edits = RULE.find((HEAD + "正文\n" + BROKEN).replace("\n", line_end))
    assert len(edits) == len(LINES) - 1
    assert {(edit.before, edit.after, edit.rule, edit.certainty) for edit in edits} == {
        (before, "", "line-break", Certainty.EVIDENT)
    }


def test_an_indented_first_line_of_a_page_is_joined() -> None:
    indented = broken("　　" + PARAGRAPH, 28)
    assert REPAIRER.repair(indented).text == "　　" + PARAGRAPH


@pytest.mark.parametrize(
    ("page", "kept"),
    [
        pytest.param(BROKEN, f"{LINES[0]}\n{LINES[1]}", id="the first line can be a title"),
        pytest.param(
            f"{HEAD}正文\n{BROKEN}\n{PARAGRAPH[:28]}\n　　{PARAGRAPH[28:54]}。",
            "\n　　",
            id="an indented paragraph",
        ),
        pytest.param(f"{HEAD}正文\n{BROKEN}\n二、加强组织领导", "\n二、加强组织领导", id="a heading"),
        pytest.param(
            f"{HEAD}正文\n{BROKEN.removesuffix('。')}\n某市人民政府办公厅",
            "\n某市人民政府办公厅",
            id="a signature",
        ),
        pytest.param(
            f"{HEAD}正文\n{BROKEN}\n某市人民政府办公厅关于印发推进老旧小区改造实施方案的通知\n{BROKEN}",
            f"通知\n{LINES[0]}",
            id="a title as wide as the lines",
        ),
        pytest.param(
            f"{HEAD}正文\n{BROKEN}\n{PARAGRAPH[:27]}。\n{PARAGRAPH[:28]}\n{PARAGRAPH[28:40]}。",
            f"{PARAGRAPH[:27]}。\n",
            id="a full line that ends a sentence",
        ),
        pytest.param(
            f"{HEAD}正文\n{BROKEN}\n{PARAGRAPH[:28]}\n\n{PARAGRAPH[28:40]}。",
            f"{PARAGRAPH[:28]}\n\n",
            id="an empty line",
        ),
    ],
)
def test_what_may_be_a_paragraph_of_its_own_stays_one(page: str, kept: str) -> None:
    assert kept in REPAIRER.repair(page).text


@pytest.mark.parametrize(
    "page",
    [
        pytest.param(
            HEAD + "\n".join([PARAGRAPH, PARAGRAPH[:60], PARAGRAPH[:31], PARAGRAPH]), id="paragraphs"
        ),
        pytest.param("\n".join(f"某某市某某区第{n}人民医院" for n in "一二三四五六七八"), id="a list"),
        pytest.param(
            "\n".join(f"{n}. 老旧小区改造项目及配套基础设施建设工程第三标段" for n in range(10, 30)),
            id="numbers",
        ),
        pytest.param(
            "\n".join("老旧小区 改造 12 34 56 78 90 1234 5678 9012" for _ in range(9)), id="a table"
        ),
        pytest.param("春眠不觉晓\n处处闻啼鸟\n夜来风雨声\n花落知多少", id="a verse"),
        pytest.param(HEAD + "\n".join(LINES[:3]), id="too few lines"),
        pytest.param("", id="nothing"),
    ],
)
def test_pages_that_were_not_broken_stay(page: str) -> None:
    assert REPAIRER.repair(page).text is page


def test_a_page_with_longer_lines_was_not_broken_at_that_width() -> None:
    page = "\n".join([HEAD, BROKEN, PARAGRAPH, PARAGRAPH])
    assert REPAIRER.repair(page).text is page


@given(st.integers(24, 50), st.integers(2, 5))
def test_most_planted_breaks_come_back_and_no_other_change_is_made(width: int, count: int) -> None:
    sound = "\n".join(["标题", "发布时间", "来源", *[f"　　{PARAGRAPH}"] * count])
    damaged = "\n".join(broken(line, width) for line in sound.split("\n"))
    repaired = REPAIRER.repair(damaged)
    assert len(repaired.text) - len(sound) <= 0.3 * (len(damaged) - len(sound))
    assert repaired.text.replace("\n", "") == sound.replace("\n", "")
    assert "标题\n发布时间\n来源\n　　为改善" in repaired.text
    assert repaired.original() == damaged


@given(
    st.lists(
        st.sampled_from([*LINES, LINES[0][:20], "　　" + LINES[1], "", "一、总则", "abc def"]), max_size=14
    )
)
def test_a_repaired_page_holds_nothing_more_to_repair(lines: list[str]) -> None:
    repaired = REPAIRER.repair("\n".join(lines))
    assert RULE.find(repaired.text) == ()


def test_planted_breaks_are_those_of_the_benchmark() -> None:
    edits = damage.wrapped(PARAGRAPH, random.Random(3))
    assert {edit.after for edit in edits} == {"\n"}
    assert RepairedText.of(PARAGRAPH, edits).original() == PARAGRAPH


@pytest.mark.parametrize(
    "page",
    [
        pytest.param("\n" * 500_000, id="empty lines"),
        pytest.param((LINES[0] + "\n") * 20_000, id="equal lines"),
        pytest.param("\n".join(PARAGRAPH[: 20 + n % 60] for n in range(20_000)), id="all widths"),
        pytest.param(PARAGRAPH * 5_000, id="one long line"),
    ],
)
def test_hostile_pages_take_linear_time(page: str) -> None:
    started = time.process_time()
    RULE.find(page)
    assert time.process_time() - started < 30

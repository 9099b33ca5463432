"""A hostile line costs no more than its length: each rule is shown lines that make a careless pattern slow.

A line of n code points takes a careless pattern n² / 2 steps (4.5 * 10**8 for the longest here, half a second
and more) or 2**n steps.
"""

import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator

import pytest

import index
from index.describe.breadcrumb import breadcrumb
from index.describe.kinds import is_furniture, is_notice, is_paragraph, is_related
from index.describe.lines import Line, lines_of
from index.describe.page import page_parts
from index.describe.stamp import stamp_of
from index.describe.times import find_dates, parse_published

LONGEST = 30_000
LENGTHS = (24, 48, 119, 1_000, LONGEST)
"""The first two show exponential time, the third is the longest that rules for short lines look at."""

FEWER = 4
"""One of so many heads begins the longest lines, which take nearly all of the time: what shows there is what
repeats."""

SECONDS = 2.0
"""Processor time that one pattern may take for one line: ten times what a busy machine needs, and a third of
what the patterns took that this test was written against (5 s at 48 code points, 4 to 15 s at 30,000)."""

HEADS = ("", "字号", "来源", "浏览", "位置", "2024年1月1日", "发布时间", "标题", "※", "创(")
UNITS = (
    *(" ", "字号 ", "字号大 ", "大 ", "打印 ", "分享到", "浏览1", "来源 ", "于 ", "(", ":", "9", "-", "- "),
    *(
        ">",
        " > ",
        "/",
        "\t",
        "2024",
        "2024-1-1 ",
        "本网不作",
        "凡注明",
        "标签:",
        "创(chuang)",
        "声明",
        "\\ud800",
    ),
)


def hostile_lines(length: int) -> Iterator[str]:
    """Lines of about this length whose last character fits no pattern."""
    for head in HEADS if length < LONGEST else HEADS[::FEWER]:
        for unit in UNITS:
            repeats = max(1, (length - len(head)) // len(unit))
            yield head + unit * repeats + "x"


def patterns() -> Iterator[tuple[str, "re.Pattern[str]"]]:
    """Every regular expression for text that a module of `index` holds, by one of its names."""
    seen: set[re.Pattern[str]] = set()
    for module in pkgutil.walk_packages(index.__path__, "index."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, re.Pattern) and isinstance(value.pattern, str) and value not in seen:
                seen.add(value)
                yield f"{module.name}.{name}", value


PATTERNS = dict(patterns())

ANCHORED = {
    "index.describe.kinds._NOTICE",
    "index.describe.kinds._RELATED",
    "index.describe.stamp._PUBLISHER",
    "index.text.rules.line_breaks._BEGINS_ANEW",
}
"""Patterns that begin with any characters and are only ever tried at the start of a line or a word."""


def assert_quick(rule: Callable[[str], object]) -> None:
    for length in LENGTHS:
        for line in hostile_lines(length):
            started = time.thread_time()
            rule(line)
            assert time.thread_time() - started < SECONDS, f"{length} code points: {line[:12]}..."


def test_the_patterns_of_all_folders_are_found() -> None:
    assert {name.split(".")[1] for name in PATTERNS} >= {"describe", "text"}
    assert len(PATTERNS) > 20


@pytest.mark.slow
@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
def test_a_pattern_at_the_start_of_a_line(pattern: "re.Pattern[str]") -> None:
    assert_quick(pattern.match)
    assert_quick(pattern.fullmatch)


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(PATTERNS.keys() - ANCHORED))
def test_a_pattern_anywhere_in_a_line(name: str) -> None:
    assert_quick(lambda line: list(PATTERNS[name].finditer(line)))


def _line(text: str) -> Line:
    return Line(0, text.strip())


def _refused(text: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        parse_published(text)


@pytest.mark.parametrize(
    "rule",
    [
        pytest.param(lambda text: breadcrumb(_line(text)), id="breadcrumb"),
        pytest.param(lambda text: is_furniture(_line(text)), id="furniture"),
        pytest.param(lambda text: is_notice(_line(text)), id="notice"),
        pytest.param(lambda text: is_related(_line(text)), id="related"),
        pytest.param(lambda text: is_paragraph(_line(text)), id="paragraph"),
        pytest.param(lambda text: stamp_of(_line(text)), id="stamp"),
        pytest.param(lambda text: list(find_dates(text)), id="dates"),
        pytest.param(_refused, id="published"),
        pytest.param(lambda text: lines_of(f"{text}\n{text}"), id="lines"),
    ],
)
def test_a_rule(rule: Callable[[str], object]) -> None:
    assert_quick(rule)


@pytest.mark.parametrize("line", ["字号大 ", "首页 > ", "标签:a ", "上一篇:", "2024-01-01 来源:a ", "a"])
def test_a_page_of_many_lines(line: str) -> None:
    started = time.perf_counter()
    page_parts("首页 > 新闻\n题目\n2024-01-01\n" + f"{line}\n" * 20_000)
    assert time.perf_counter() - started < 30

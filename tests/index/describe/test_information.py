"""The table of a government page that says what document it is."""

import pytest

from index.describe.information import find_information, pairs_of
from index.describe.lines import lines_of
from index.text.folding import Folding

FOLDING = Folding.load()


def pairs(line: str) -> list[tuple[str, str | None]] | None:
    (read,) = lines_of(FOLDING.fold(line))
    found = pairs_of(read)
    return [(pair.key, None if pair.value is None else pair.value.of(line)) for pair in found] or None


ROWS: dict[str, tuple[str, list[tuple[str, str | None]] | None]] = {
    "a key and its value": ("发文机关：某省人民政府", [("发文机关", "某省人民政府")]),
    "a key drawn out": ("索　引　号 ： 0001/2024", [("索引号", "0001/2024")]),
    "cells": (
        "索引号\t0001\t主题分类\t财政、金融",
        [("索引号", "0001"), ("主题分类", "财政、金融")],
    ),
    "cells with colons": ("成文日期：\t2024年4月1日", [("成文日期", "2024年4月1日")]),
    "several in a line": (
        "发文字号：某政发〔2024〕1号  有效性：有效",
        [("发文字号", "某政发〔2024〕1号"), ("有效性", "有效")],
    ),
    "another name of a key": ("文　　号：某政发〔2024〕1号", [("发文字号", "某政发〔2024〕1号")]),
    "traditional": ("發文機關：某市政府", [("发文机关", "某市政府")]),
    "in brackets": ("【索引号】：0001", [("索引号", "0001")]),
    "a value with a colon": ("主题分类：类别：财政", [("主题分类", "类别：财政")]),
    "no value": ("有效性：", [("有效性", None)]),
    "no value in a row": ("主题词：\t\t有效性：\t有效", [("关键词", None), ("有效性", "有效")]),
    "a key at the end of a row": ("索引号\t0001\t有效性", [("索引号", "0001"), ("有效性", None)]),
    "a word alone": ("主题分类", None),
    "a sentence that begins so": ("索引号是政府信息的唯一标识。", None),
    "cells of which one is no key": ("序号\t索引号", None),
    "a key, a value and more": ("索引号：\t0001\t某某\t公司", None),
    "no key": ("联系电话：12345", None),
    "a long line": ("索引号：" + "1" * 600, None),
}


@pytest.mark.parametrize(("line", "expected"), ROWS.values(), ids=ROWS)
def test_pairs(line: str, expected: list[tuple[str, str | None]] | None) -> None:
    assert pairs(line) == expected


BLOCKS = {
    "keys that others have too count beside a sure one": (
        ["名称：某办法", "索引号：1", "发布日期：2024-1-1", "某办法", "来源：某报"],
        {0: ["标题"], 1: ["索引号"], 2: ["发布日期"]},
    ),
    "alone they do not count": (["名称：某办法", "发布日期：2024-1-1"], {}),
    "through a row of their own kind they do": (
        ["索引号：1", "名称：某办法", "发布日期：2024-1-1"],
        {0: ["索引号"], 1: ["标题"], 2: ["发布日期"]},
    ),
    "values below their keys": (
        ["索引号：", "0001", "发文机关：", "某局", "某办法"],
        {0: ["索引号"], 1: [], 2: ["发文机关"], 3: []},
    ),
    "one key without a value takes no line": (["索引号：", "某市推进改革"], {0: ["索引号"]}),
}


@pytest.mark.parametrize(("lines", "expected"), BLOCKS.values(), ids=BLOCKS)
def test_blocks(lines: list[str], expected: dict[int, list[str]]) -> None:
    found = find_information(lines_of(FOLDING.fold("\n".join(lines))), range(len(lines)))
    assert {index: [pair.key for pair in row] for index, row in found.items()} == expected


def test_a_value_below_its_key_is_found_on_the_page() -> None:
    page = "索引号：\n 0001 \n發文機關：\n某局"
    found = find_information(lines_of(FOLDING.fold(page)), range(4))
    values = [pair.value for index in (0, 2) for pair in found[index]]
    assert [value.of(page) for value in values if value is not None] == ["0001", "某局"]


def test_only_the_lines_asked_for_are_looked_at() -> None:
    lines = lines_of("索引号:1\n文号:2")
    assert find_information(lines, [1]).keys() == {1}

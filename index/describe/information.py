"""The table of a government page that says what document it is: 索引号, 发文机关, 成文日期 …"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from index.describe.document_number import NUMBER_LABELS
from index.describe.lines import Line, Span, trimmed

_LONGEST: Final = 600
"""Code points of the longest line that can be a row."""

_LONGEST_VALUE: Final = 120
"""Code points of a value that stands on a line of its own."""

NUMBER: Final = "发文字号"
AGENCY: Final = "发文机关"
PUBLISHER: Final = "发布机构"
SIGNED: Final = "成文日期"
EFFECTIVE: Final = "实施日期"
PUBLISHED: Final = "发布日期"


def _by_name(names: Mapping[str, str]) -> Mapping[str, str]:
    """Keys by each of their names, which are parted by white space."""
    return {name: key for key, line in names.items() for name in line.split()}


_SURE: Final = _by_name(
    {
        NUMBER: " ".join(NUMBER_LABELS),
        AGENCY: "发文机关 发文机构 发文单位 制发机关 制定机关",
        PUBLISHER: "发布机构 发布机关",
        SIGNED: "成文日期 成文时间 发文日期 生成日期 签发日期 印发日期",
        PUBLISHED: "公布日期 公开日期",
        "失效日期": "废止日期",
        "索引号": "索引号 文件索引号 信息索引号",
        "主题分类": "主题分类 所属主题 主题类别",
        "有效性": "有效性 是否有效 时效性 效力状态 有效状态",
        "公文种类": "公文种类 体裁分类",
        "公开方式": "公开方式",
        "公开范围": "公开范围",
        "公开类别": "公开类别",
        "公开属性": "公开属性",
        "公开形式": "公开形式",
        "信息分类": "信息分类",
        "组配分类": "组配分类",
    }
)
"""What only such a table has, by what it is called here (most is from the national rules for lists of open
government information)."""

_WEAK: Final = _by_name(
    {
        SIGNED: "签署日期 签署时间",
        EFFECTIVE: "实施日期 施行日期 生效日期 实施时间 施行时间 生效时间",
        PUBLISHED: "发布日期 发布时间",
        "失效日期": "失效日期",
        "标题": "标题 名称 文件名称 信息名称",
        "来源": "来源 信息来源",
        "公文种类": "体裁 文种",
        "主题分类": "分类",
        "关键词": "关键词 主题词",
        "服务对象": "服务对象",
        "内容概述": "内容概述",
        "责任部门": "责任部门",
    }
)
"""What other lines have too: it counts beside a row with a sure one."""

_ALIASES: Final = {**_WEAK, **_SURE}
KEYS: Final = frozenset(_ALIASES.values())
"""Every key that a `Pair` can have."""

_KEYS = "|".join(r"\s{0,6}".join(key) for key in sorted(_ALIASES, key=len, reverse=True))
_KEY = re.compile(rf"[【\[(]?\s{{0,4}}(?P<key>{_KEYS})\s{{0,6}}[】\])]?\s{{0,6}}(?P<colon>:?)\s{{0,6}}")
_CELL_END = re.compile(rf"\t|(?<=\S)\s(?=\s{{0,6}}(?:{_KEYS})\s{{0,6}}:)")
_WHITE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Pair:
    """A key by its usual name, on folded text; `span` is all of it on the page, `value` what it says."""

    key: str
    is_sure: bool
    span: Span
    value: Span | None


def find_information(lines: Sequence[Line], looked_at: Collection[int]) -> Mapping[int, tuple[Pair, ...]]:
    """The rows of the table, by their indexes: lines that are nothing but keys and values.

    Only lines of these indexes are looked at. A row without a sure key counts beside one that has one. A
    value may stand on the line below its key where two keys in a row have theirs there; then that line is
    given as an empty row.
    """
    rows = {index: pairs for index in looked_at if (pairs := pairs_of(lines[index]))}
    rows |= _with_values_below(lines, rows, looked_at)
    return _with_neighbours(rows, {i: row for i, row in rows.items() if any(pair.is_sure for pair in row)})


def pairs_of(line: Line) -> tuple[Pair, ...]:
    """The pairs of a line that holds nothing else; () for any other line."""
    text = line.folded
    if len(text) > _LONGEST or not _KEY.match(text):
        return ()
    pairs: list[Pair] = []
    cells = [*_cells(text)]
    at = 0
    while at < len(cells):
        key = _KEY.match(text, cells[at].start, cells[at].end)
        if key is None:
            return ()
        value = Span(key.end(), cells[at].end)
        is_empty = value.start == value.end
        if is_empty and at + 1 < len(cells) and not _is_key(text, cells[at + 1]):
            at += 1
            value = cells[at]
        elif not key["colon"] and (len(cells) == 1 or not is_empty):
            return ()
        pairs.append(_pair(line, key, value))
        at += 1
    return tuple(pairs)


def _cells(text: str) -> Iterator[Span]:
    """The cells of a row, and in each what stands before the next key with a colon, without white space."""
    start = 0
    for end in (*(match.start() for match in _CELL_END.finditer(text)), len(text)):
        cell = trimmed(text, Span(start, end))
        if cell.start < cell.end:
            yield cell
        start = end


def _is_key(text: str, cell: Span) -> bool:
    key = _KEY.match(text, cell.start, cell.end)
    return key is not None and (key.end() == cell.end or bool(key["colon"]))


def _pair(line: Line, key: re.Match[str], value: Span) -> Pair:
    name = _WHITE.sub("", key["key"])
    return Pair(
        key=_ALIASES[name],
        is_sure=name in _SURE,
        span=line.part(key.start(), max(value.end, key.end())),
        value=line.part(value.start, value.end) if value.start < value.end else None,
    )


def _with_neighbours(
    rows: Mapping[int, tuple[Pair, ...]], sure: Mapping[int, tuple[Pair, ...]]
) -> dict[int, tuple[Pair, ...]]:
    """The sure rows, and those that stand in one block with one of them."""
    found = dict(sure)
    for index in sorted(rows):
        if index - 1 in found:
            found[index] = rows[index]
    for index in sorted(rows, reverse=True):
        if index + 1 in found:
            found[index] = rows[index]
    return found


def _with_values_below(
    lines: Sequence[Line], rows: Mapping[int, tuple[Pair, ...]], looked_at: Collection[int]
) -> dict[int, tuple[Pair, ...]]:
    """Rows in which every second line is the value of the key above it; that line becomes an empty row."""
    found: dict[int, tuple[Pair, ...]] = {}
    lonely = {
        index: pairs[0]
        for index, pairs in rows.items()
        if len(pairs) == 1 and pairs[0].value is None and _may_be_value(lines, index + 1, rows, looked_at)
    }
    for index, pair in lonely.items():
        if index - 2 in lonely or index + 2 in lonely:
            found[index] = (replace(pair, value=lines[index + 1].span),)
            found[index + 1] = ()
    return found


def _may_be_value(
    lines: Sequence[Line], index: int, rows: Mapping[int, tuple[Pair, ...]], looked_at: Collection[int]
) -> bool:
    return index in looked_at and index not in rows and len(lines[index].folded) <= _LONGEST_VALUE

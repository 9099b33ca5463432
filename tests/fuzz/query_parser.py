"""Any text is read as a query, and what is read of it can be told."""

from typing import Final

from index.text.folding import Folding
from search.errors import QueryTooComplex, QueryTooLong
from search.language.parser import ParseResult, parse
from search.language.query_text import query_text
from tests.fuzz.target import Target

_FOLDING: Final = Folding.load()

SEEDS: Final = (
    "科技 创新 OR -(改革 开放) NOT 公司",
    "title:(协同 “创新 发展”) 来源：湖北日报 年份:2020..2024",
    '"养老 托育"~5 科技* 鄂政发〔2024〕12号 标题：“通知”',
    "（东京 NOT 秘密） OR 悦科（湖北）数据 《办法》 ((a)",
    "level:省级 region:湖北 date:2024-03..2024-05 doctype:通知 -agency:省科技厅",
    "\u200b-\u202e湖\x00北 \ufeffO\u200bR ~3 *创* ..",
)


def read(q: str) -> ParseResult | None:
    """How a query is read; None where it is refused."""
    try:
        return parse(q, _FOLDING)
    except (QueryTooLong, QueryTooComplex):
        return None


def check(data: bytes) -> None:
    """Notices quote the query; what is repaired, and what is written back, is read as the same tree."""
    q = data.decode("utf-8", "replace")
    result = read(q)
    if result is None:
        return
    for notice in result.notices:
        start, length = notice.span
        assert notice.text == q[start : start + length], notice
    for part in result.read_as:
        start, length = part.span
        assert 0 <= start < start + length <= len(q), part
    if result.repaired is not None:
        repaired = read(result.repaired)
        assert repaired is not None
        assert repaired.query == result.query
        assert repaired.repaired is None
    try:
        written = query_text(result.query)
    except ValueError:
        return
    again = read(written)
    assert again is None or again.query == result.query, written


TARGET: Final = Target(check=check, seeds=tuple(seed.encode() for seed in SEEDS), longest=512)

"""The states of the pages (PAGE: States), each by a request that leads to it."""

from dataclasses import dataclass
from typing import Final

from tests.browser.records import DELETED

GARBLED: Final = "浙江".encode().decode("gbk")
"""A word whose UTF-8 bytes were read as GBK."""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """A page: whose it is ("real", "stopped", "empty" or "endless"), where, and what it answers and says."""

    path: str
    says: str
    status: int = 200
    site: str = "real"


STATES: Final = {
    "first visit": State(path="/", says="最新文章"),
    "results": State(path="/search?q=协同创新", says="条结果"),
    "repaired": State(path='/search?q="浙江 创新', says="引号不成对"),
    "damaged": State(path=f"/search?q={GARBLED}", says="您是不是要找"),
    "partial": State(path="/search?q=没有这样的词组 创新", says="以下文章含有其中一部分"),
    "nothing": State(path="/search?q=没有这样的词组 创新&match=all&source=无", says="没有找到相关文章"),
    "faulty": State(path="/search?q=创新&page=0&published_after=去年", says="page", status=400),
    "stopped": State(path="/search?q=创新", says="索引正在建立", status=503, site="stopped"),
    "cut": State(path="/search?page=1000", says="10,000", site="endless"),
    "empty": State(path="/", says="还没有文章", site="empty"),
    "gone": State(path=f"/articles/{DELETED}?q=轨道交通", says="轨道交通", status=410),
}
"""Eleven, in the order of the table."""

PAGES: Final = {
    "article": State(path="/articles/sample-001?q=协同创新", says="武汉都市圈"),
    "original": State(path="/articles/sample-001?text=original", says="武汉都市圈"),
    "regions": State(path="/regions?q=襄樊", says="襄阳市"),
    "region": State(path="/regions/420000", says="湖北省"),
    "facet": State(path="/facets?facet=region&q=创新", says="地区"),
    "filtered": State(path="/search?q=创新&region=湖北省&region=长三角&year=2024", says="湖北省"),
    "explained": State(path="/search?q=创新&explain=true&per_page=3", says="条结果"),
    "help": State(path="/help", says="查询语法"),
    "parameters": State(path="/help/parameters", says="per_page"),
    "problem": State(path="/problems/query-too-long", says="查询"),
    "about": State(path="/about", says="关于"),
    "docs": State(path="/api/v1/docs", says="/api/v1/search"),
    "saved": State(path="/saved", says="保存"),
    "not found": State(path="/nowhere", says="首页", status=404),
}
"""The pages beside them."""


def in_language(path: str, language: str) -> str:
    """The same page in another language of its interface."""
    return f"{path}{'&' if '?' in path else '?'}lang={language}"

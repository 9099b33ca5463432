"""Queries that someone might send who means harm, and the doors that they are sent to."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random
from typing import Final
from urllib.parse import quote_plus

from search.request import MAX_QUERY
from tests.security.worst_queries import NAUGHTY, WORST

WORDS: Final = (
    *("科技", "创新", "的", "是", "发展", "政策", "湖北", "武汉", "人民政府", "2024年"),
    *("百分之五", "100亿元", "kejichuangxin", "GDP", "5G", "𠮷", "臺灣", "鄂", "发改委", "A股"),
)
OPERATORS: Final = (
    *("AND", "OR", "NOT", "-", "－", "(", ")", "（", "）", '"', "“", "”", "《", "》", "「"),
    *("」", "*", "＊", "?", "~", "～", "~5", "~1000", "~99999999999", ":", "：", "..", "title:"),
    *("标题：", "来源：", "地区:", "year:", "date:", "level:", "number:", "nosuch:", "[", "]"),
    *("{", "}", "^2", "/", "\\", "&&", "||", "!", "+", "&lt;", "%", "〔2024〕", "号"),
)
SPACES: Final = ("", "", "", " ", " ", "\u3000", "\t", "\u200b", "\x00", "\n")


def queries(random: Random) -> Iterator[str]:
    """Queries without end, nearly all different: pieces put together, known ones changed."""
    known = (*WORST.values(), *NAUGHTY)
    makers = (_pieces, _pieces, _repeated, _characters)
    while True:
        if random.random() < 0.25:
            yield _changed(random.choice(known)[: 2 * MAX_QUERY], random)
        else:
            yield random.choice(makers)(random)


def _pieces(random: Random) -> str:
    count = random.choice((1, 2, 3, 5, 8, 20, 60, 200))
    written = "".join(
        random.choice(random.choice((WORDS, OPERATORS, NAUGHTY))) + random.choice(SPACES)
        for _ in range(count)
    )
    return written[: random.choice((MAX_QUERY, MAX_QUERY, MAX_QUERY, 2 * MAX_QUERY))]


def _repeated(random: Random) -> str:
    piece = "".join(random.choice((*WORDS, *OPERATORS, *SPACES)) for _ in range(random.randint(1, 4)))
    return (piece * MAX_QUERY)[: random.randint(1, MAX_QUERY + 1)]


def _characters(random: Random) -> str:
    low, high = random.choice(
        (
            (0x20, 0x7F),
            (0x4E00, 0x9FFF),
            (0x4E00, 0x4F00),
            (0x3400, 0x4DBF),
            (0x20000, 0x2A6DF),
            (0, 0x10FFFF),
        )
    )
    return "".join(chr(random.randint(low, high)) for _ in range(random.choice((1, 4, 40, 300, MAX_QUERY))))


def _changed(q: str, random: Random) -> str:
    at = random.randint(0, len(q))
    match random.randrange(4):
        case 0:
            return q[:at] + random.choice((*OPERATORS, *NAUGHTY)) + q[at:]
        case 1:
            return q[at:] + q[:at]
        case 2:
            return q[:at]
        case _:
            return "".join(random.sample(q, len(q)))


@dataclass(frozen=True, slots=True)
class Door:
    """A place that takes queries; `parameters` stand beside the query, which is called `name`."""

    path: str
    parameters: str = ""
    name: str = "q"

    def address(self, q: str) -> str:
        """What is asked for. A surrogate is sent as the bytes that a careless program makes of it."""
        return f"{self.path}?{self.name}={quote_plus(q, errors='surrogatepass')}{self.parameters}"


def doors(article_id: str) -> tuple[Door, ...]:
    """Every kind of place that a query can be sent to; `article_id` is an article that there is."""
    return (
        Door("/search"),
        Door("/search", "&match=any&sort=newest&page=3"),
        Door("/api/v1/search", "&facets=source,region,topic,year&explain=true"),
        Door("/api/v1/search", "&match=all&per_page=100&snippets=5&snippet_length=500"),
        Door("/api/v1/search", "&match=any&explain=true"),
        Door("/api/v1/search", "&match=exact&highlight=html"),
        Door("/api/v1/search", "&repair=false&collapse=none"),
        Door("/api/v1/search", "&match=any&page=100&per_page=100"),
        Door("/api/v1/search", "&cursor=*&per_page=100&sort=added"),
        Door("/api/v1/search", "&in=title&synonyms=false"),
        Door("/api/v1/search.atom"),
        Door("/api/v1/search.csv", "&per_page=100"),
        Door("/api/v1/facets", "&facet=source&limit=100"),
        Door("/api/v1/facets", "&facet=source", "prefix"),
        Door("/api/v1/timeline", "&interval=month"),
        Door("/api/v1/suggest"),
        Door("/api/v1/analyze", "&as=index", "text"),
        Door("/api/v1/analyze", "&as=query", "text"),
        Door("/api/v1/regions"),
        Door("/api/v1/search", "&q=科技", "source"),
        Door(f"/api/v1/articles/{article_id}", "&highlight=html"),
        Door(f"/articles/{article_id}", "&match=any"),
        Door("/facets", "&facet=topic"),
        Door("/facets", "&facet=region", "find"),
        Door("/regions"),
    )

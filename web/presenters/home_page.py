"""The first page: what is here, what to try, what is new."""

from dataclasses import dataclass

from index.article_reader import CorpusStats
from index.regions.tree import Regions
from search.results import SearchResult
from web.parameters.query_string import Pair
from web.presenters.dates import ShownTime, shown_time
from web.presenters.links import search_href
from web.presenters.result_item import ResultItem, result_item

EXAMPLES: tuple[tuple[Pair, ...], ...] = (
    (("q", "科技创新"),),
    (("q", "“营商环境”"),),
    (("q", "乡村振兴"), ("published_after", "2024")),
)
"""A word, a quoted phrase, a word within a time."""


@dataclass(frozen=True, slots=True)
class Example:
    """A search to try; `since` is the year that it starts at, empty if it takes all."""

    q: str
    since: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Everything that the first page shows."""

    articles: int
    count: str
    newest: ShownTime | None
    examples: tuple[Example, ...]
    items: tuple[ResultItem, ...]
    generation: str


def home_page(stats: CorpusStats, latest: SearchResult, regions: Regions) -> HomePage:
    """The first page of this corpus; `latest` holds its newest articles."""
    return HomePage(
        articles=stats.articles,
        count=f"{stats.articles:,}",
        newest=None if stats.newest is None else shown_time(stats.newest),
        examples=tuple(
            Example(dict(pairs)["q"], dict(pairs).get("published_after", ""), search_href(pairs))
            for pairs in EXAMPLES
        ),
        items=tuple(result_item(hit, (), regions) for hit in latest.hits),
        generation=latest.generation,
    )

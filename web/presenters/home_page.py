"""The first page: what is here, what to try, what is new."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from index.article_reader import CorpusStats
from index.describe.times import CHINA
from index.regions.tree import Regions, province_of
from search.results import Hit, Readiness, SearchResult
from web.parameters.query_string import Pair
from web.presenters.counted import CountedValue, counted_regions, counted_values
from web.presenters.dates import ShownTime, shown_time
from web.presenters.index_state import ShownIndex, shown_index
from web.presenters.links import search_href
from web.presenters.result_item import ResultItem, result_item
from web.texts.texts import Texts

WORDS: Final = "科技创新"
PHRASE: Final = "“营商环境”"
"""Queries to try: words, and a quoted phrase."""
SHOWN_VALUES: Final = 12
"""Regions and topics that are shown. Chosen by hand on 2026-11-28: two or three lines of each."""


@dataclass(frozen=True, slots=True)
class Example:
    """A search to try."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage:
    """Everything that the first page shows.

    `articles` counts what is stored. Where no index can be searched, `is_searchable` is False and there is
    nothing to try. `lag` is how many changes are not indexed yet, written out, "" where none is.
    `index` is None where there is none.
    """

    articles: int
    count: str
    newest: ShownTime | None
    is_searchable: bool
    lag: str
    examples: tuple[Example, ...]
    regions: tuple[CountedValue, ...]
    topics: tuple[CountedValue, ...]
    items: tuple[ResultItem, ...]
    index: ShownIndex | None


def home_page(
    stats: CorpusStats,
    readiness: Readiness,
    latest: SearchResult | None,
    regions: Regions,
    *,
    texts: Texts,
    kept: Sequence[Pair],
) -> HomePage:
    """The first page of this corpus.

    `latest` holds its newest articles with the facets `region` and `topic`; None where no index can be
    searched. `kept` is what links carry beside their own parameters.
    """
    facets = {} if latest is None else {facet.field: facet for facet in latest.facets}
    provinces = counted_regions(facets["region"], regions, kept) if "region" in facets else ()
    hits = () if latest is None else latest.hits
    return HomePage(
        articles=stats.articles,
        count=f"{stats.articles:,}",
        newest=None if stats.newest is None else shown_time(stats.newest, texts),
        is_searchable=latest is not None,
        lag=f"{readiness.lag:,}" if readiness.lag else "",
        examples=tuple(_examples(hits, regions, texts, kept)),
        regions=provinces[:SHOWN_VALUES],
        topics=counted_values(facets["topic"], kept) if "topic" in facets else (),
        items=tuple(result_item(hit, kept, regions, texts) for hit in hits),
        index=None if latest is None else shown_index(latest, texts),
    )


def _examples(hits: Sequence[Hit], regions: Regions, texts: Texts, kept: Sequence[Pair]) -> Iterator[Example]:
    """Words, a quoted phrase, and a province with a year that has an article: the newest one tells which."""
    for q in (WORDS, PHRASE):
        yield Example(q, search_href((("q", q), *kept)))
    for hit in hits:
        codes = (province_of(tag.code) for tag in hit.article.regions)
        code = next((code for code in codes if regions.find(code) is not None), None)
        if code is not None and hit.article.published is not None:
            region, year = regions.unit(code).name, hit.article.published.astimezone(CHINA).year
            pairs = (("region", code), ("year", str(year)), *kept)
            yield Example(texts.say("home.example_year", region=region, year=year), search_href(pairs))
            return

"""The page of an article that was deleted: what else there is about what the reader looked for."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.tree import Regions
from search.results import SearchResult
from web.parameters.query_string import Pair
from web.presenters.links import search_href
from web.presenters.result_item import ResultItem, result_item
from web.texts.texts import Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage:
    """Everything that the page shows; `heading` says what the `items` are, `more_href` leads to all."""

    heading: str
    items: tuple[ResultItem, ...]
    more_href: str


def gone_page(
    others: SearchResult, query: Sequence[Pair], kept: Sequence[Pair], regions: Regions, texts: Texts
) -> GonePage:
    """The page with these articles: what `query` finds, the latest ones where it is empty or finds none.

    `kept` is what links carry in either case.
    """
    asked = query if others.q else kept
    return GonePage(
        heading=texts.say("gone.similar", q=others.q) if others.q else texts.say("gone.latest"),
        items=tuple(result_item(hit, asked, regions, texts) for hit in others.hits),
        more_href=search_href(asked),
    )

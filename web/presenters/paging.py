"""Links from one page of results to the others."""

from collections.abc import Sequence
from dataclasses import dataclass

from search.request import MAX_WINDOW
from web.parameters.query_string import Pair
from web.presenters.links import at_page, search_href

NEIGHBOURS = 2
"""Numbers shown on each side of the current page. Chosen by hand on 2026-11-24."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A number to click; `gap` says that numbers before it are left out."""

    number: int
    href: str
    current: bool
    gap: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Paging:
    """The links below a list. `first_href` leads back from a page that lies behind the last."""

    links: tuple[PageLink, ...]
    previous_href: str | None
    next_href: str | None
    first_href: str


def last_page(hits: int, per_page: int) -> int:
    """Number of the last page that can be asked for, 1 where there is nothing to page through."""
    if per_page == 0:
        return 1
    return max(1, min(-(-hits // per_page), MAX_WINDOW // per_page))


def numbered_href(pairs: Sequence[Pair], number: int) -> str:
    return search_href(at_page(pairs, number))


def paging(pairs: Sequence[Pair], page: int, hits: int, per_page: int) -> Paging:
    """The links of this page: the first, the last and the ones near it."""
    last = last_page(hits, per_page)
    near = range(max(1, page - NEIGHBOURS), min(last, page + NEIGHBOURS) + 1)
    numbers = sorted({1, last, *near})
    links = tuple(
        PageLink(number, numbered_href(pairs, number), current=number == page, gap=number - before > 1)
        for before, number in zip([0, *numbers], numbers, strict=False)
    )
    return Paging(
        links=links if last > 1 else (),
        previous_href=numbered_href(pairs, page - 1) if 1 < page <= last else None,
        next_href=numbered_href(pairs, page + 1) if page < last else None,
        first_href=numbered_href(pairs, 1),
    )

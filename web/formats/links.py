"""The Link header of the answer to a search (RFC 8288): its pages, and the same in all other formats."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search.request import FIRST_CURSOR
from web.formats.format import Format
from web.http.limits import MAX_TARGET
from web.parameters.defined.exports import BOM
from web.parameters.defined.listing import CURSOR, MAX_PER_PAGE, PER_PAGE
from web.parameters.query_string import Pair, ascii_address, readable_pairs
from web.presenters.links import api_search_href, at_page, search_href, without
from web.presenters.paging import last_page

HTML = "text/html"


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Where an answer stands among the pages of its search. `pairs` lead to it; `hits` can be paged through.

    `suffix` is the end of its address, None where its format was chosen by the Accept header.
    """

    format: Format
    suffix: str | None
    pairs: Sequence[Pair]
    page: int
    per_page: int
    hits: int
    next_cursor: str | None


@dataclass(frozen=True, slots=True)
class Link:
    """A link to an address of ours, in ASCII; `media_type` is that of what is there."""

    relation: str
    href: str
    media_type: str | None = None


class _Addresses:
    """The addresses of one answer, in ASCII. Each pair is encoded once: most addresses share most of them."""

    def __init__(self) -> None:
        self._encoded: dict[Pair, str] = {}

    def page(self, pairs: Sequence[Pair]) -> str:
        """The search for people."""
        return self._with_query(search_href(()), pairs)

    def api(self, pairs: Sequence[Pair], suffix: str | None) -> str:
        """The search for programs, with the end that its address has."""
        return self._with_query(api_search_href((), "" if suffix is None else f".{suffix}"), pairs)

    def _with_query(self, path: str, pairs: Sequence[Pair]) -> str:
        return f"{path}?{'&'.join(map(self._pair, pairs))}" if pairs else path

    def _pair(self, pair: Pair) -> str:
        encoded = self._encoded.get(pair)
        if encoded is None:
            encoded = self._encoded[pair] = ascii_address(readable_pairs([pair]))
        return encoded


def links(listing: Listing) -> tuple[Link, ...]:
    """`self`, the pages around it, and the other formats.

    An address that a form was needed for, since it is too long to be asked for, is left out.
    """
    addresses = _Addresses()
    found = (*_pages(listing, addresses), *_alternates(listing, addresses))
    return tuple(link for link in found if len(link.href) <= MAX_TARGET)


def link_header(listing: Listing) -> dict[str, str]:
    """The header; none where there is nothing to link to."""
    written = ", ".join(
        f'<{link.href}>; rel="{link.relation}"'
        + ("" if link.media_type is None else f'; type="{link.media_type}"')
        for link in links(listing)
    )
    return {"Link": written} if written else {}


def _pages(listing: Listing, addresses: _Addresses) -> Iterator[Link]:
    def href(pairs: Sequence[Pair]) -> str:
        return addresses.api(pairs, listing.suffix)

    pairs = listing.pairs
    if any(name == CURSOR.name for name, _ in pairs):
        yield Link("self", href(pairs))
        yield Link("first", href(_at_cursor(pairs, FIRST_CURSOR)))
        if listing.next_cursor is not None:
            yield Link("next", href(_at_cursor(pairs, listing.next_cursor)))
        return
    page, last = listing.page, last_page(listing.hits, listing.per_page)
    yield Link("self", href(at_page(pairs, page)))
    yield Link("first", href(at_page(pairs, 1)))
    if 1 < page <= last:
        yield Link("prev", href(at_page(pairs, page - 1)))
    if page < last:
        yield Link("next", href(at_page(pairs, page + 1)))


def _at_cursor(pairs: Sequence[Pair], cursor: str) -> tuple[Pair, ...]:
    return tuple((name, cursor if name == CURSOR.name else value) for name, value in pairs)


def _alternates(listing: Listing, addresses: _Addresses) -> Iterator[Link]:
    """Without a cursor, which a page of results and a feed have no use for."""
    rest = without(listing.pairs, CURSOR.name, BOM.name)
    pairs = few = at_page(rest, listing.page)
    if listing.per_page > MAX_PER_PAGE:
        few = without(rest, PER_PAGE.name)
    yield Link("alternate", addresses.page(few), HTML)
    for format_ in Format:
        if format_ is not listing.format:
            href = addresses.api(pairs if format_.is_export else few, format_.value)
            yield Link("alternate", href, format_.media_type)

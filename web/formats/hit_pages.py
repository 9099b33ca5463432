"""The hits of an export, a page at a time: no more than one page of them is held."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from search.request import SearchRequest
from search.results import SearchResult
from web.parameters.defined.listing import MAX_PER_PAGE
from web.serving.searching import Searching

PAGE: Final = MAX_PER_PAGE
"""Hits that are read at once: so many are in memory for any page of results too."""


def hit_pages(service: Searching, request: SearchRequest) -> Iterator[SearchResult]:
    """At least one page; together they have the `limit` hits that the request asks for, all of one state.

    What a page of results can hold is found as for one. More than that is a walk, in the order that words
    give. With a cursor the state is the one that it names, and the last page has the next cursor.

    Raises what `search` raises, each page in its own time.
    """
    if request.cursor is not None:
        yield from _along_cursor(service, request, request.cursor)
    elif request.limit <= PAGE:
        yield service.search(request)
    else:
        yield from _walk(service, request)


def _walk(service: Searching, request: SearchRequest) -> Iterator[SearchResult]:
    left = request.limit
    for page in service.walk(replace(request, limit=PAGE)):
        yield page if left >= PAGE else replace(page, hits=page.hits[:left])
        left -= PAGE
        if left <= 0:
            return


def _along_cursor(service: Searching, request: SearchRequest, first: str) -> Iterator[SearchResult]:
    cursor: str | None = first
    left = request.limit
    while cursor is not None and left > 0:
        page = service.search(replace(request, cursor=cursor, limit=min(left, PAGE)))
        yield page
        left -= PAGE
        cursor = page.next_cursor

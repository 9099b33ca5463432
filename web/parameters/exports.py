"""The pairs of a request for a file of hits, or for a feed of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from index.regions.resolve import RegionResolver
from search.request import Sort
from web.parameters.defined.exports import BOM, EXPORT_PER_PAGE
from web.parameters.defined.listing import PER_PAGE, SORT
from web.parameters.defined.query import YES
from web.parameters.query_string import Pair
from web.parameters.requests import SearchParameters, read_listing, read_search, reader_of
from web.parameters.table import CSV_PARAMETERS, EXPORT_PARAMETERS

FEED_ENTRIES: Final = 20
"""Entries of a feed that does not ask for another number (API contract)."""


@dataclass(frozen=True, slots=True)
class CsvParameters:
    """A search, and whether its file begins with a byte order mark."""

    search: SearchParameters
    begins_with_mark: bool


def read_export(pairs: Sequence[Pair], regions: RegionResolver) -> SearchParameters:
    """The search whose hits are wanted as a file. Raises BadParameters with every fault."""
    return read_listing(reader_of(pairs, EXPORT_PARAMETERS), EXPORT_PARAMETERS, EXPORT_PER_PAGE, regions)


def read_csv(pairs: Sequence[Pair], regions: RegionResolver) -> CsvParameters:
    """The search whose hits are wanted as a table. Raises BadParameters with every fault."""
    reader = reader_of(pairs, CSV_PARAMETERS)
    begins_with_mark = reader.choice(BOM) == YES
    return CsvParameters(
        read_listing(reader, CSV_PARAMETERS, EXPORT_PER_PAGE, regions), begins_with_mark=begins_with_mark
    )


def read_feed(pairs: Sequence[Pair], regions: RegionResolver) -> SearchParameters:
    """The search whose hits are wanted as a feed: the newest ones, unless another order is asked for.

    Raises BadParameters with every fault.
    """
    given = {name for name, value in pairs if value}
    implied = {SORT.name: Sort.NEWEST.value, PER_PAGE.name: str(FEED_ENTRIES)}
    return read_search((*pairs, *(pair for pair in implied.items() if pair[0] not in given)), regions)

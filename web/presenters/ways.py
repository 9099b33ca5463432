"""The same search in other forms: to subscribe to, to export, to read by program, to save."""

from collections.abc import Sequence
from dataclasses import dataclass

from web.parameters.defined.exports import BOM, EXPORT_PER_PAGE
from web.parameters.defined.query import YES
from web.parameters.query_string import Pair
from web.presenters.links import api_search_href, saving_href, without


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """Where the same search is found as a feed, a table, lines of JSON, and this very page as JSON; `saving`
    is where it can be saved."""

    atom: str
    csv: str
    ndjson: str
    json: str
    saving: str


def ways_of(pairs: Sequence[Pair]) -> Ways:
    """The forms of a search. A file has as many hits as it may; a table is for spreadsheet programs, which
    need the mark."""
    rest = without(pairs, EXPORT_PER_PAGE.name)
    whole = (*rest, (EXPORT_PER_PAGE.name, str(EXPORT_PER_PAGE.high)))
    return Ways(
        atom=api_search_href(rest, ".atom"),
        csv=api_search_href((*whole, (BOM.name, YES)), ".csv"),
        ndjson=api_search_href(whole, ".ndjson"),
        json=api_search_href(pairs),
        saving=saving_href(rest),
    )

"""Addresses of our own as pages have them, and which addresses of others may be linked to.

They are written for HTML: Chinese stays as it is. Whatever else they stand in wants them in ASCII
(`ascii_address`), absolute ones are so already (`SiteAddress.absolute`).
"""

from collections.abc import Sequence
from urllib.parse import quote, urlsplit

from web.parameters.defined.language import LANG
from web.parameters.query_string import Pair, readable_pairs


def _with_query(path: str, pairs: Sequence[Pair]) -> str:
    return f"{path}?{readable_pairs(pairs)}" if pairs else path


def search_href(pairs: Sequence[Pair]) -> str:
    return _with_query("/search", pairs)


def api_search_href(pairs: Sequence[Pair], suffix: str = "") -> str:
    """The search for programs; a `suffix` such as `.csv` chooses the format of the answer."""
    return _with_query(f"/api/v1/search{suffix}", pairs)


def saving_href(pairs: Sequence[Pair]) -> str:
    """The page where this search can be saved, which takes it as one value."""
    search = ("query", readable_pairs(without(pairs, LANG.name)))
    return _with_query("/saved", (search, *(pair for pair in pairs if pair[0] == LANG.name)))


def facets_href(field: str, pairs: Sequence[Pair]) -> str:
    """The page with all values of a field under this search."""
    return _with_query("/facets", (("facet", field), *without(pairs)))


def article_href(article_id: str, pairs: Sequence[Pair] = ()) -> str:
    return _with_query(f"/articles/{quote(article_id, safe=':')}", pairs)


def api_article_href(article_id: str, pairs: Sequence[Pair] = ()) -> str:
    return _with_query(f"/api/v1/articles/{quote(article_id, safe=':')}", pairs)


def region_href(code: str, pairs: Sequence[Pair] = ()) -> str:
    """The page of a region, by its code."""
    return _with_query(f"/regions/{code}", pairs)


def regions_href(pairs: Sequence[Pair]) -> str:
    """The page of all regions, where `q` looks for a name."""
    return _with_query("/regions", pairs)


def ris_href(article_id: str) -> str:
    """The citation of an article as a file."""
    return f"{article_href(article_id)}/citation.ris"


def page_href(path: str, pairs: Sequence[Pair]) -> str:
    """The page at this path if it is one that people come to with a query, else the first page."""
    known = path == "/search" or path.startswith("/articles/")
    return _with_query(quote(path), pairs) if known else "/"


def without(pairs: Sequence[Pair], *names: str) -> tuple[Pair, ...]:
    """The pairs of other names; the page is always left out, since another list starts at its first page."""
    return tuple(pair for pair in pairs if pair[0] not in names and pair[0] != "page")


def without_pair(pairs: Sequence[Pair], dropped: Pair) -> tuple[Pair, ...]:
    """The pairs but this one, from their first page on."""
    return tuple(pair for pair in without(pairs) if pair != dropped)


def at_page(pairs: Sequence[Pair], number: int) -> tuple[Pair, ...]:
    """The pairs of the same search at another page of its list."""
    rest = without(pairs)
    return rest if number == 1 else (*rest, ("page", str(number)))


def outside_href(url: str | None) -> str | None:
    """The address if a page may link to it: http or https with a host; else None."""
    if url is None:
        return None
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return url if parts.scheme in {"http", "https"} and parts.netloc else None

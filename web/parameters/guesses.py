"""Names that people try because other interfaces have them, and that no likeness of spelling leads from."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

FORMAT: Final = "format"
"""Tried often, and no parameter: the end of the address chooses the format."""

MEANT: Mapping[str, str] = MappingProxyType(
    {
        "query": "q",
        "keyword": "q",
        "keywords": "q",
        "province": "region",
        "city": "region",
        "from": "published_after",
        "since": "published_after",
        "until": "published_before",
        "order": "sort",
        "limit": "per_page",
        "size": "per_page",
        "dedupe": "collapse",
        "duplicates": "collapse",
        "reposts": "collapse",
    }
)
"""The parameter that each of these means, where a request can have it."""

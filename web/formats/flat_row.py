"""A hit as one row of a table of texts."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any

SEPARATOR = "|"
"""Parts the values of a cell that has several."""
PATH_SEPARATOR = "/"
"""Parts the names of a region, from the province down."""

FOUND_COLUMNS = ("score", "matched", "copies", "earliest", "repaired", "pinned")
"""What is known of a hit beside the fields of its article."""

Hit = Mapping[str, Any]
"""A hit as the JSON answer has it."""


def columns(fields: Sequence[str]) -> tuple[str, ...]:
    """The names of the columns where hits have these fields."""
    named = (column for field in fields for column, _ in _of_article(field))
    return (*named, *FOUND_COLUMNS)


def row(hit: Hit, fields: Sequence[str]) -> tuple[str, ...]:
    """The cells of a hit with these fields, in the order of the columns."""
    cells = (cell(hit[field]) for field in fields for _, cell in _of_article(field))
    return (*cells, *(_plain(hit[column]) for column in FOUND_COLUMNS))


def _plain(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list() | tuple():
            return SEPARATOR.join(map(str, value))
        case _:
            return str(value)


def _region_names(regions: Sequence[Hit]) -> str:
    return SEPARATOR.join(PATH_SEPARATOR.join(path) for path in _by_code(regions).values())


def _region_codes(regions: Sequence[Hit]) -> str:
    return SEPARATOR.join(_by_code(regions))


def _by_code(regions: Sequence[Hit]) -> Mapping[str, Sequence[str]]:
    """The paths of the regions; one that an article is both of and about is there once."""
    return {region["code"]: region["path"] for region in regions}


def _topic_names(topics: Sequence[Hit]) -> str:
    return SEPARATOR.join(topic["name"] for topic in topics)


Column = tuple[str, Callable[[Any], str]]

_STRUCTURED: Mapping[str, tuple[Column, ...]] = MappingProxyType(
    {
        "region": (("region", _region_names), ("region_code", _region_codes)),
        "topic": (("topic", _topic_names),),
    }
)
"""The columns of the fields whose values are no plain ones."""


def _of_article(field: str) -> tuple[Column, ...]:
    return _STRUCTURED.get(field, ((field, _plain),))

"""The texts of a row's cells to a record."""

import re
from collections.abc import Mapping
from typing import Final

from index.decoding import Converter
from index.readers.record import Record, checked

LISTS: Final = ("tags", "category", "related")

_PARTS: Final = {
    "tags": re.compile(r"[、,，;；|\n]|(?<=[\u4e00-\u9fff])\s+(?=[\u4e00-\u9fff])"),
    "category": re.compile(r"[>＞›»/\n]"),
    "related": re.compile(r"\n"),
}
"""What parts the entries of a list that one cell holds: `创新、数据`, `科技 创新`, `首页 > 政策`."""

_RECORD: Final = Converter(Record)


def record_of(values: Mapping[str, str]) -> Record:
    """The record whose keys have these texts; an empty one says nothing. Raises RefusedRecord."""
    given: dict[str, object] = {key: text for key, text in values.items() if text.strip()}
    for key in LISTS:
        if key in given:
            given[key] = entries(key, values[key])
    return checked(_RECORD.convert(given))


def entries(key: str, text: str) -> tuple[str, ...]:
    """The entries of a list that is written as one text."""
    return tuple(filter(None, (entry.strip() for entry in _PARTS[key].split(text))))

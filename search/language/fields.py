"""The fields that a query can name: `title:科技`, `来源：浙江日报`, `date:2024-03..2024-05`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from index.article import Part
from index.documents import PUBLISHED


@dataclass(frozen=True, slots=True)
class TextField:
    """A part of an article; `name` is the one that answers give, `others` are read alike."""

    name: str
    others: tuple[str, ...]
    part: Part


@dataclass(frozen=True, slots=True)
class ValueField:
    """A field of exact values; `keyword` is its name in `index.documents.KEYWORD_FIELDS`."""

    name: str
    others: tuple[str, ...]
    keyword: str


@dataclass(frozen=True, slots=True)
class DateField:
    """A field of dates; `date` is its name in `index.documents.DATE_FIELDS`."""

    name: str
    others: tuple[str, ...]
    date: str


Field = TextField | ValueField | DateField

REGION: Final = ValueField("region", ("地区", "地區"), "region")
LEVEL: Final = ValueField("level", (), "level")
DOCUMENT_NUMBER: Final = ValueField("document_number", ("number",), "document_number")
DOCUMENT_TYPE: Final = ValueField("document_type", ("doctype",), "document_type")

FIELDS: Final[tuple[Field, ...]] = (
    TextField("title", ("标题", "標題"), Part.TITLE),
    TextField("lead", (), Part.LEAD),
    TextField("body", (), Part.BODY),
    TextField("tags", ("tag",), Part.TAGS),
    ValueField("source", ("来源", "來源"), "source"),
    REGION,
    ValueField("topic", ("专题", "專題"), "topic"),
    DOCUMENT_NUMBER,
    DOCUMENT_TYPE,
    ValueField("agency", (), "agency"),
    LEVEL,
    DateField("date", ("year", "年份", "published"), PUBLISHED),
    DateField("signed", (), "signed"),
    DateField("effective", (), "effective"),
)
"""Chinese names are those of the API contract, in both scripts: other Chinese before a colon is text."""

BY_NAME: Final[Mapping[str, Field]] = MappingProxyType(
    {name: field for field in FIELDS for name in (field.name, *field.others)}
)
"""Every name, in small letters."""

FIELD: Final = re.compile(f"(?P<name>{'|'.join(BY_NAME)})[:：]", re.IGNORECASE | re.ASCII)
"""The name of a field with its colon."""


LONGEST_NAME: Final = max(map(len, BY_NAME))
"""Code points."""


def field_of_part(part: Part) -> TextField:
    """The field that is this part."""
    return next(field for field in FIELDS if isinstance(field, TextField) and field.part is part)

"""What stands behind a field's name: exact values as they are stored, and stretches of time."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Final

from index.article import Level
from index.describe.document_number import normalised
from index.describe.document_types import DOCUMENT_TYPES
from index.text.characters import compact
from index.text.folding import Folding
from search.language.fields import ValueField
from search.language.periods import Period, read_period

LEVELS: Final[Mapping[str, Level]] = MappingProxyType(
    {level.value: level for level in Level}
    | {
        "国家级": Level.NATIONAL,
        "中央": Level.NATIONAL,
        "省级": Level.PROVINCIAL,
        "地市级": Level.PREFECTURAL,
        "市级": Level.PREFECTURAL,
        "县级": Level.COUNTY,
        "区县级": Level.COUNTY,
        "乡镇级": Level.TOWNSHIP,
    }
)
"""The levels of government by what people call them, folded."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Time from `low` on, before `high`; None leaves that end open, never both."""

    low: datetime | None
    high: datetime | None


def stored_values(field: ValueField, text: str, folding: Folding) -> tuple[str, ...] | None:
    """The values of the field that a text stands for; None where the field can have no such value.

    A region is given back as it was named: only the tables of regions know which ones those are.
    """
    match field.keyword:
        case "level":
            level = LEVELS.get(folding.fold(text).strip())
            return None if level is None else (level.value,)
        case "document_type":
            return (text,) if folding.fold(text).strip() in DOCUMENT_TYPES else None
        case "document_number":
            number = normalised(folding.fold(text))
            return None if number is None else (number,)
        case _:
            return (text,)


def read_stretch(text: str) -> Stretch | None:
    """The time that `2024-03`, `2020..2023`, `2020..` or `..2023` says, both ends included; None for other
    text, and where the first end is the later one."""
    first, dots, last = compact(text).partition("..")
    if not dots:
        period = read_period(first)
        return None if period is None else Stretch(period.start, period.end)
    ends = [read_period(end) for end in (first, last) if end]
    if not ends or None in ends:
        return None
    low, high = _start(read_period(first)), _end(read_period(last))
    return Stretch(low, high) if low is None or high is None or low < high else None


def _start(period: Period | None) -> datetime | None:
    return None if period is None else period.start


def _end(period: Period | None) -> datetime | None:
    return None if period is None else period.end

"""From the filters of a request to the conditions of a plan: one table of the fields that have filters."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from index.analysis.analyzer import Analyzer
from index.documents import DATE_FIELDS
from search.errors import FilterInvalid
from search.language.field_values import stored_values
from search.language.fields import BY_NAME, ValueField
from search.language.periods import read_year
from search.plan import DateRange, Keyword, Missing, Node, Not, Or
from search.planning.clause_plans import seconds
from search.request import Filters

VALUE_FILTERS: Final = (
    "source",
    "origin",
    "region",
    "topic",
    "tag",
    "category",
    "document_number",
    "document_type",
    "agency",
    "level",
    "year",
)
"""The keyword fields that can be filtered by. Each is an attribute of Filters, and one more that begins with
EXCLUDE."""

EXCLUDE: Final = "exclude_"

MISSING: Final = "_missing"
"""As a value of any of them: the article has none (API contract)."""

ONLY_UNIT: Final = "!"
"""Behind the code of a region: only articles of that very unit, not those of the units below it (API
contract)."""

_YEARS: Final = ".."


@dataclass(frozen=True, slots=True)
class PlannedFilter:
    """A condition. `chosen` is the keyword field that it chooses values of; None where it leaves values out,
    or is about dates."""

    node: Node
    chosen: str | None


def planned_filters(filters: Filters, analyzer: Analyzer) -> tuple[PlannedFilter, ...]:
    """The conditions, all of which have to hold. Raises FilterInvalid."""
    return (*_by_value(filters, analyzer), *_by_date(filters))


def plan_filters(filters: Filters, analyzer: Analyzer) -> tuple[Node, ...]:
    """The unscored plan of the filters; all of them have to match. Raises FilterInvalid."""
    return tuple(planned.node for planned in planned_filters(filters, analyzer))


def chosen_values(filters: Filters, field: str, analyzer: Analyzer) -> tuple[str, ...]:
    """The values of a keyword field that a filter chooses, as they are indexed. Raises FilterInvalid."""
    if field not in VALUE_FILTERS:
        return ()
    given = [text for text in _given(filters, field) if text != MISSING]
    return tuple(value for text in given for value in _stored(field, text.removesuffix(ONLY_UNIT), analyzer))


def is_missing_chosen(filters: Filters, field: str) -> bool:
    """Whether a filter chooses the articles without a value of this keyword field."""
    return field in VALUE_FILTERS and MISSING in _given(filters, field)


def read_years(text: str) -> range | None:
    """The years that `2024` or `2019..2022` names; None for other text."""
    first, dots, last = text.partition(_YEARS)
    low, high = read_year(first), read_year(last if dots else first)
    return None if low is None or high is None or low > high else range(low, high + 1)


def _by_value(filters: Filters, analyzer: Analyzer) -> Iterator[PlannedFilter]:
    for field in VALUE_FILTERS:
        if chosen := _given(filters, field):
            yield PlannedFilter(_having(field, chosen, analyzer), field)
        if unwanted := _given(filters, EXCLUDE + field):
            yield PlannedFilter(Not(_having(field, unwanted, analyzer)), None)


def _by_date(filters: Filters) -> Iterator[PlannedFilter]:
    for field in DATE_FIELDS:
        low, high = _bound(filters, f"{field}_after"), _bound(filters, f"{field}_before")
        if low is not None or high is not None:
            yield PlannedFilter(DateRange(field, seconds(low), seconds(high)), None)


def _having(field: str, texts: Sequence[str], analyzer: Analyzer) -> Node:
    """Articles that have one of the values."""
    named = [text for text in texts if text != MISSING]
    units = [text.removesuffix(ONLY_UNIT) for text in named if _is_unit(field, text)]
    values = [
        value for text in named if not _is_unit(field, text) for value in _stored(field, text, analyzer)
    ]
    nodes: list[Node] = []
    if values:
        nodes.append(Keyword(field, tuple(values)))
    if units:
        nodes.append(Keyword("unit", tuple(units)))
    if MISSING in texts:
        nodes.append(Missing(field))
    return nodes[0] if len(nodes) == 1 else Or(tuple(nodes))


def _is_unit(field: str, text: str) -> bool:
    return field == "region" and text.endswith(ONLY_UNIT)


def _stored(field: str, text: str, analyzer: Analyzer) -> tuple[str, ...]:
    """The values of a field, as they are indexed, that a text stands for. Raises FilterInvalid."""
    known = BY_NAME.get(field)
    values: tuple[str, ...] | None = (text,)
    if field == "year":
        years = read_years(text)
        values = None if years is None else tuple(map(str, years))
    elif isinstance(known, ValueField):
        values = stored_values(known, text, analyzer.folding)
    if values is None:
        raise FilterInvalid(field, text)
    return tuple(map(analyzer.keyword, values))


def _given(filters: Filters, name: str) -> tuple[str, ...]:
    given: tuple[str, ...] = getattr(filters, name)
    return given


def _bound(filters: Filters, name: str) -> datetime | None:
    bound: datetime | None = getattr(filters, name)
    return bound

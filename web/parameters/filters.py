"""Reads the filters of a request, each value checked against what its field can have."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from index.describe.document_types import DOCUMENT_TYPES
from index.regions.resolve import RegionResolver
from index.text.folding import Folding
from search.language.field_values import LEVELS, stored_values
from search.language.fields import BY_NAME, ValueField
from search.planning.filters import MISSING, read_years
from search.request import Filters
from web.errors import Fault, FaultKind
from web.parameters.defined.filters import DATE_FILTERS, VALUE_FILTERS
from web.parameters.kinds import DateParameter, ValueParameter
from web.parameters.reader import ParameterReader, echo, nearest
from web.parameters.regions import MAX_REFUSED, read_regions
from web.texts.text import Message

_KNOWN_VALUES: Mapping[str, Sequence[str]] = MappingProxyType(
    {"level": tuple(LEVELS), "document_type": tuple(sorted(DOCUMENT_TYPES))}
)
"""The fields that have a list of values, with those that a wrong one may have meant."""


@dataclass(frozen=True, slots=True)
class FiltersRead:
    """The filters that a request asks for, and what is wrong with their values."""

    filters: Filters
    faults: tuple[Fault, ...]


def read_filters(reader: ParameterReader, regions: RegionResolver) -> FiltersRead:
    """The filters, regions by their codes. What is no date is among the faults of the reader."""
    # The names of the parameters are those of the fields.
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    for parameter in VALUE_FILTERS:
        given = reader.texts(parameter)
        if not given:
            continue
        if parameter.field == "region":
            read = read_regions(parameter.name, given, regions)
            values[parameter.name] = read.codes
            faults.extend(read.faults)
        else:
            values[parameter.name] = given
            faults.extend(_faults_of_values(parameter, given, regions.folding))
    for after, before in DATE_FILTERS:
        first, last = reader.period(after), reader.period(before)
        if first is not None:
            values[after.name] = first.start
        if last is not None:
            values[before.name] = last.end
        if first is not None and last is not None and first.start >= last.end:
            faults.extend(_faults_of_dates(reader, after, before))
    return FiltersRead(Filters(**values), tuple(faults))


def invalid_value(parameter: str, field: str, value: str) -> Fault:
    """That a field cannot have this value, with the one that was probably meant."""
    return Fault(
        kind=FaultKind.INVALID,
        parameter=parameter,
        detail=Message(
            "fault.year" if field == "year" else "fault.value", {"name": parameter, "value": echo(value)}
        ),
        suggestion=nearest(value, _KNOWN_VALUES.get(field, ())),
        value=value,
    )


def _faults_of_values(parameter: ValueParameter, given: Sequence[str], folding: Folding) -> Iterator[Fault]:
    wrong = [value for value in given if not _can_have(parameter.field, value, folding)]
    return (invalid_value(parameter.name, parameter.field, value) for value in wrong[:MAX_REFUSED])


def _can_have(field: str, value: str, folding: Folding) -> bool:
    if value == MISSING:
        return True
    if field == "year":
        return read_years(value) is not None
    known = BY_NAME.get(field)
    return not isinstance(known, ValueField) or stored_values(known, value, folding) is not None


def _faults_of_dates(
    reader: ParameterReader, after: DateParameter, before: DateParameter
) -> tuple[Fault, ...]:
    (written_after,) = reader.given(after)
    (written_before,) = reader.given(before)
    detail = Message("fault.conflict", {"after": written_after, "before": written_before})
    return tuple(
        Fault(kind=FaultKind.CONFLICTING, parameter=end.name, detail=detail) for end in (after, before)
    )

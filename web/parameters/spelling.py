"""The pairs that lead back to what a request asks for, each parameter spelled in one way."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from web.parameters.kinds import (
    DecimalParameter,
    IntegerParameter,
    LimitsParameter,
    NamesParameter,
    Parameter,
    ValueParameter,
    default,
)
from web.parameters.query_string import Pair
from web.parameters.reader import ParameterReader

NOTHING_SPELLED: Mapping[str, tuple[str, ...]] = MappingProxyType({})


def kept_pairs(
    reader: ParameterReader,
    parameters: Iterable[Parameter],
    spelled: Mapping[str, tuple[str, ...]] = NOTHING_SPELLED,
) -> tuple[Pair, ...]:
    """The pairs of these parameters, without those at their defaults; those of a faultless request.

    `spelled` has the values of those whose spelling depends on others, by name.
    """
    pairs: list[Pair] = []
    for parameter in parameters:
        given = reader.given(parameter)
        if not given:
            continue
        values = spelled.get(parameter.name)
        if values is None:
            values = _spelled(reader, parameter, given)
        if values != (default(parameter),):
            pairs.extend((parameter.name, value) for value in values)
    return tuple(pairs)


def _spelled(reader: ParameterReader, parameter: Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    match parameter:
        case ValueParameter():
            return reader.texts(parameter)
        case IntegerParameter():
            return (str(reader.integer(parameter)),)
        case DecimalParameter():
            return (str(reader.decimal(parameter)),)
        case NamesParameter():
            return (",".join(reader.names(parameter)),)
        case LimitsParameter(default_limit=usual):
            limits = reader.limits(parameter)
            return (
                ",".join(name if limit == usual else f"{name}:{limit}" for name, limit in limits.items()),
            )
        case _:
            return given

"""Reads the regions that a request names: texts to the codes of units."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.resolve import Ambiguous, Found, RegionResolver, Unknown
from search.planning.filters import MISSING, ONLY_UNIT
from web.errors import Alternative, Fault, FaultKind
from web.parameters.reader import echo
from web.texts.text import Message

MAX_REFUSED = 5
"""Values of one parameter that are refused with their own advice, which takes some milliseconds each; those
behind them are not looked up, since the request is refused anyhow. Chosen by hand on 2026-11-24."""

_WIDE_ONLY_UNIT = "！"
"""What a Chinese keyboard types for `!`."""


@dataclass(frozen=True, slots=True)
class RegionsRead:
    """The codes that the values of a parameter name, each once, and what is wrong with the values.

    A code has `!` behind it where units below are not meant; `_missing` stands among them as it was given.
    """

    codes: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_regions(parameter: str, values: Sequence[str], resolver: RegionResolver) -> RegionsRead:
    """The units that the values of a filter name; an area stands for its members."""
    codes: dict[str, None] = {}
    faults: list[Fault] = []
    for value in values:
        if len(faults) == MAX_REFUSED:
            break
        if value == MISSING:
            codes[value] = None
            continue
        name, mark = _parted(value)
        match resolver.resolve(name):
            case Found(found):
                codes.update(dict.fromkeys(f"{code}{mark}" for code in found))
            case Ambiguous() as ambiguous:
                faults.append(_ambiguous(parameter, value, ambiguous, mark))
            case Unknown() as unknown:
                faults.append(_unknown(parameter, value, unknown, mark))
    return RegionsRead(tuple(codes), tuple(faults))


def read_region(parameter: str, value: str, resolver: RegionResolver) -> RegionsRead:
    """The one unit that the value names; an area of several is as ambiguous as a name of several."""
    match resolver.resolve(value):
        case Found((code,)):
            return RegionsRead((code,), ())
        case Found(found):
            candidates = tuple(Alternative(code, resolver.regions.unit(code).name) for code in found)
            return RegionsRead((), (_several(parameter, value, candidates),))
        case Ambiguous() as ambiguous:
            return RegionsRead((), (_ambiguous(parameter, value, ambiguous, ""),))
        case Unknown() as unknown:
            return RegionsRead((), (_unknown(parameter, value, unknown, ""),))


def region_name(path: Sequence[str]) -> str:
    """The name of a unit with those of the units above it, which a request can give as the region."""
    return "".join(path)


def _parted(value: str) -> tuple[str, str]:
    """The region, and `!` where only the unit itself is meant."""
    stripped = value.strip()
    for mark in (ONLY_UNIT, _WIDE_ONLY_UNIT):
        if stripped.endswith(mark):
            return stripped.removesuffix(mark), ONLY_UNIT
    return value, ""


def _unknown(parameter: str, value: str, unknown: Unknown, mark: str) -> Fault:
    nearest = tuple(f"{name}{mark}" for name in unknown.nearest)
    return Fault(
        kind=FaultKind.UNKNOWN_REGION,
        parameter=parameter,
        detail=Message("fault.unknown_region", {"value": echo(value)}),
        suggestion=nearest[0] if nearest else None,
        value=value,
        alternatives=tuple(Alternative(name, name) for name in nearest),
    )


def _ambiguous(parameter: str, value: str, ambiguous: Ambiguous, mark: str) -> Fault:
    candidates = tuple(
        Alternative(f"{candidate.code}{mark}", f"{region_name(candidate.path)}{mark}")
        for candidate in ambiguous.candidates
    )
    return _several(parameter, value, candidates)


def _several(parameter: str, value: str, candidates: tuple[Alternative, ...]) -> Fault:
    return Fault(
        kind=FaultKind.AMBIGUOUS_REGION,
        parameter=parameter,
        detail=Message("fault.ambiguous_region", {"value": echo(value)}),
        value=value,
        alternatives=candidates,
    )

"""Reads the regions that a request names: texts to the codes of units."""

from collections.abc import Sequence
from dataclasses import dataclass

from index.regions.resolve import Ambiguous, Found, RegionResolver, Unknown
from web.errors import Alternative, Fault, FaultKind
from web.parameters.reader import echo
from web.texts import say

MAX_REFUSED = 5
"""Values of one parameter that are refused with their own advice, which takes some milliseconds each; those
behind them are not looked up, since the request is refused anyhow. Chosen by hand on 2026-11-24."""


@dataclass(frozen=True, slots=True)
class RegionsRead:
    """The codes that the values of a parameter name, each once, and what is wrong with the values."""

    codes: tuple[str, ...]
    faults: tuple[Fault, ...]


def read_regions(parameter: str, values: Sequence[str], resolver: RegionResolver) -> RegionsRead:
    """The units that the values of a parameter name; an area stands for its members."""
    codes: dict[str, None] = {}
    faults: list[Fault] = []
    for value in values:
        if len(faults) == MAX_REFUSED:
            break
        match resolver.resolve(value):
            case Found(found):
                codes.update(dict.fromkeys(found))
            case Ambiguous() as ambiguous:
                faults.append(_ambiguous(parameter, value, ambiguous))
            case Unknown() as unknown:
                faults.append(_unknown(parameter, value, unknown))
    return RegionsRead(tuple(codes), tuple(faults))


def region_name(path: Sequence[str]) -> str:
    """The name of a unit with those of the units above it, which a request can give as the region."""
    return "".join(path)


def _unknown(parameter: str, value: str, unknown: Unknown) -> Fault:
    return Fault(
        kind=FaultKind.UNKNOWN_REGION,
        parameter=parameter,
        detail=say("fault.unknown_region", value=echo(value)),
        suggestion=unknown.nearest[0] if unknown.nearest else None,
        value=value,
        alternatives=tuple(Alternative(name, name) for name in unknown.nearest),
    )


def _ambiguous(parameter: str, value: str, ambiguous: Ambiguous) -> Fault:
    return Fault(
        kind=FaultKind.AMBIGUOUS_REGION,
        parameter=parameter,
        detail=say("fault.ambiguous_region", value=echo(value)),
        value=value,
        alternatives=tuple(
            Alternative(candidate.code, region_name(candidate.path)) for candidate in ambiguous.candidates
        ),
    )

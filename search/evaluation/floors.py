"""Floors: what a set has to reach, kept in a file beside it."""

import tomllib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

import msgspec

from index.decoding import Converter
from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.lines import read_text
from search.evaluation.measures import Measure
from search.evaluation.set_result import SetResult

Floors = Mapping[str, Mapping[Measure, float]]
"""By the name of the set."""

_Share = Annotated[float, msgspec.Meta(ge=0, le=1)]

_FLOORS: Final = Converter(dict[str, dict[Measure, _Share]])


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A measure of the set `name` that lies below its floor."""

    name: str
    measure: Measure
    floor: float
    mean: float


def read_floors(path: Path, measured: Collection[str]) -> Floors:
    """The floors of a TOML file: a table for each set, with `"nDCG@10" = 0.8` and so on.

    `measured` are the names of the sets that are measured. Raises OSError, and EvaluationInputInvalid also
    where a floor is for another set: one with a misspelt name would never fail.
    """
    try:
        floors = _FLOORS.convert(tomllib.loads(read_text(path)))
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise EvaluationInputInvalid(
            f"the floors {path} cannot be used: {error}; give a table for each set, and in it any of "
            f"{', '.join(measure.value for measure in Measure)} with a number from 0 to 1"
        ) from error
    if unknown := sorted(floors.keys() - set(measured)):
        raise EvaluationInputInvalid(
            f"{path} has floors for {', '.join(unknown)}, which is not measured; "
            f"measured: {', '.join(measured)}"
        )
    return floors


def shortfalls(floors: Floors, results: Sequence[SetResult]) -> tuple[Shortfall, ...]:
    """What lies below its floor, in the order of the results and of their measures."""
    return tuple(
        Shortfall(result.name, measure, floor, estimate.mean)
        for result in results
        for measure, estimate in result.means.items()
        if (floor := floors.get(result.name, {}).get(measure, 0.0)) > estimate.mean
    )

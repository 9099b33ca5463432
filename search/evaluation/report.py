"""All that an evaluation found, as JSON: for programs, and to be compared with later results."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import msgspec

from index.decoding import UNDECODABLE
from search.evaluation.comparison import SetComparison
from search.evaluation.errors import EvaluationInputInvalid
from search.evaluation.floors import Shortfall
from search.evaluation.measures import Measure
from search.evaluation.set_result import SetResult

FORMAT: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The sets that were measured; what was compared, and what lies below a floor, if that was asked for."""

    format: int = FORMAT
    sets: tuple[SetResult, ...]
    comparison: tuple[SetComparison, ...] = ()
    shortfalls: tuple[Shortfall, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What is read back of a report."""

    format: int
    sets: tuple[SetResult, ...]


_KEPT: Final = msgspec.json.Decoder(_Kept)


def encode_report(report: Report) -> bytes:
    """One line of JSON with a line end; the same report always gives the same bytes."""
    return msgspec.json.encode(report) + b"\n"


def read_sets_of_report(path: Path) -> tuple[SetResult, ...]:
    """The sets of a report that was kept. Raises OSError and EvaluationInputInvalid."""
    try:
        kept = _KEPT.decode(path.read_bytes())
    except UNDECODABLE as error:
        raise EvaluationInputInvalid(
            f"{path} holds no result of `policy-search evaluate --save`: {error}"
        ) from error
    if kept.format != FORMAT:
        raise EvaluationInputInvalid(
            f"{path} has the format {kept.format}, and this program reads {FORMAT}; measure once more"
        )
    for query in (query for one in kept.sets for query in one.queries):
        if query.values.keys() != set(Measure):
            raise EvaluationInputInvalid(f"{path}: the query {query.id} lacks a measure; measure once more")
    return kept.sets

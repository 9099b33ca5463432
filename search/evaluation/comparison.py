"""Two results on the same queries, one query beside the other."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean

from search.evaluation.bootstrap import Estimate, estimate
from search.evaluation.measures import Measure
from search.evaluation.set_result import QueryResult, SetResult
from search.evaluation.significance import p_value


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureChange:
    """How one measure moved: means before and after, their difference with its interval, and for how many
    queries it rose (`wins`), fell (`losses`) or stayed (`ties`). `p` is of the paired randomisation test."""

    measure: Measure
    before: float
    after: float
    difference: Estimate
    wins: int
    losses: int
    ties: int
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryChange:
    """A query whose nDCG@10 is another one than before."""

    id: str
    text: str
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class SetComparison:
    """One set before and after: `paired` queries with the same id and text are in both.

    `unpaired` counts those that are in one of the results only. Without paired queries nothing is compared.
    `changed` begins with the greatest loss and ends with the greatest gain.
    """

    name: str
    paired: int
    unpaired: int
    measures: tuple[MeasureChange, ...]
    changed: tuple[QueryChange, ...]


def compare(before: Sequence[SetResult], after: Sequence[SetResult]) -> tuple[SetComparison, ...]:
    """The sets of `after`, each beside the one of the same name before it."""
    earlier = {one.name: one.queries for one in before}
    return tuple(_compare_set(one.name, earlier.get(one.name, ()), one.queries) for one in after)


def _compare_set(name: str, before: Sequence[QueryResult], after: Sequence[QueryResult]) -> SetComparison:
    known = {(query.id, query.text): query for query in before}
    pairs = [(known[key], query) for query in after if (key := (query.id, query.text)) in known]
    return SetComparison(
        name=name,
        paired=len(pairs),
        unpaired=len(before) + len(after) - 2 * len(pairs),
        measures=tuple(_change(measure, pairs) for measure in Measure) if pairs else (),
        changed=_changed(pairs),
    )


def _change(measure: Measure, pairs: Sequence[tuple[QueryResult, QueryResult]]) -> MeasureChange:
    differences = [after.values[measure] - before.values[measure] for before, after in pairs]
    wins, losses = sum(one > 0 for one in differences), sum(one < 0 for one in differences)
    return MeasureChange(
        measure=measure,
        before=fmean(before.values[measure] for before, _ in pairs),
        after=fmean(after.values[measure] for _, after in pairs),
        difference=estimate(differences),
        wins=wins,
        losses=losses,
        ties=len(pairs) - wins - losses,
        p=p_value(differences),
    )


def _changed(pairs: Sequence[tuple[QueryResult, QueryResult]]) -> tuple[QueryChange, ...]:
    measure = Measure.NDCG_10
    changes = [
        QueryChange(id=after.id, text=after.text, before=before.values[measure], after=after.values[measure])
        for before, after in pairs
        if before.values[measure] != after.values[measure]
    ]
    return tuple(sorted(changes, key=lambda change: (change.after - change.before, change.id)))

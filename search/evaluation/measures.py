"""Measures of one ranking: article ids, best first, each at most once, beside the grades of a query."""

import math
from collections.abc import Iterable, Sequence
from enum import Enum
from itertools import islice
from typing import Final

from search.evaluation.judged_set import Grades

DEPTH: Final = 100
"""Hits that are asked for: as many as the deepest measure looks at."""


class Measure(Enum):
    """What is measured, from 0 to 1; the number is how many hits are looked at."""

    NDCG_10 = "nDCG@10"
    MRR_10 = "MRR@10"
    RECALL_100 = "Recall@100"


def value_of(measure: Measure, ranking: Sequence[str], grades: Grades) -> float:
    """The measure of one ranking; `grades` has to have a grade above 0."""
    match measure:
        case Measure.NDCG_10:
            return ndcg(ranking, grades, 10)
        case Measure.MRR_10:
            return reciprocal_rank(ranking, grades, 10)
        case Measure.RECALL_100:
            return recall(ranking, grades, 100)


def ndcg(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """Discounted cumulative gain over that of the best ranking there can be, both cut at `depth`.

    The gain is the grade, the discount log2(rank + 1): Järvelin and Kekäläinen, "Cumulated gain-based
    evaluation of IR techniques" (2002), in the form of trec_eval's `ndcg_cut`.
    """
    best = sorted((grade for grade in grades.values() if grade > 0), reverse=True)
    return _gain((max(grades.get(one, 0), 0) for one in ranking), depth) / _gain(best, depth)


def reciprocal_rank(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """1 / rank of the first relevant article among the first `depth`, 0 where there is none."""
    ranks = (rank for rank, one in enumerate(ranking[:depth], start=1) if grades.get(one, 0) > 0)
    return 1 / next(ranks, math.inf)


def recall(ranking: Sequence[str], grades: Grades, depth: int) -> float:
    """The share of the relevant articles that is among the first `depth`."""
    relevant = {article for article, grade in grades.items() if grade > 0}
    return len(relevant.intersection(ranking[:depth])) / len(relevant)


def _gain(gains: Iterable[int], depth: int) -> float:
    return math.fsum(gain / math.log2(rank + 1) for rank, gain in enumerate(islice(gains, depth), start=1))

"""How far a mean over queries can be trusted: percentile bootstrap."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean
from typing import Final

DRAWS: Final = 2_000
"""Resamples; with 2,000 the ends of the interval move by a few thousandths of its width from seed to seed."""

CONFIDENCE: Final = 0.95

_SEED: Final = 20261128


@dataclass(frozen=True, slots=True)
class Estimate:
    """A mean over queries, and the interval that holds the true one with CONFIDENCE."""

    mean: float
    low: float
    high: float


def estimate(values: Sequence[float]) -> Estimate:
    """The mean of at least one value, with its interval; the same values always give the same.

    Queries are drawn with replacement, as many as there are (Efron and Tibshirani, "An Introduction to the
    Bootstrap", 1993, chapter 13): it says how the mean would vary over other queries of this kind, and
    nothing about whether the judgements are right.
    """
    rng = random.Random(_SEED)  # noqa: S311  # statistics, not secrets
    means = sorted(fmean(rng.choices(values, k=len(values))) for _ in range(DRAWS))
    cut = round(DRAWS * (1 - CONFIDENCE) / 2)
    return Estimate(fmean(values), means[cut], means[-cut - 1])

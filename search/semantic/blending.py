"""One order of two: by words, and by meaning."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev
from typing import Final

from search.engine import ScoredId

ROUNDED: Final = 9
"""Digits behind the point that count: sums that differ by less are equal but for rounding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Blending:
    """The constants of the stage, in one setting for all; docs/semantic.md has the table.

    `window`: how many hits by words are put in a new order, as one list, so that paging through them is
    stable. `weight`: of meaning; words have 1. `brought_in`: how many articles meaning brings in at most, all
    of them among the `nearest`, and at least `nearer` standard deviations nearer the query than the mean of
    all articles: cosines themselves are high with one model and low with another.
    """

    window: int = 100
    weight: float = 1.5
    brought_in: int = 20
    nearest: int = 100
    nearer: float = 2.0

    def least(self, articles: int) -> float:
        """Of how many standard deviations an article that is brought in has to be nearer, of so many.

        Of few articles none lies far above the mean: no value of n lies more than sqrt(n - 1) standard
        deviations from it (Samuelson, "How deviant can you be?", 1968). Half of that has to do.
        """
        return min(self.nearer, sqrt(max(articles - 1, 0)) / 2)


def blended(
    hits: Sequence[ScoredId], scores: Sequence[float], nearness: Mapping[str, float], weight: float
) -> tuple[ScoredId, ...]:
    """The hits by the sum of two standard scores: that of the score by words (one for each hit), and
    `weight` times that of the nearness; of equals the one that came first.

    A standard score says how many standard deviations a value lies above the mean of the list (Montague and
    Aslam, "Relevance score normalization for metasearch", 2001). A hit whose nearness is not known has the
    mean one. Of few hits a standard score says little (of two it is always 1 and -1, however near they
    are), so the weight is less by its share of one hit; with a weight up to 2 the words decide between two.
    """
    known = {hit.id: nearness[hit.id] for hit in hits if hit.id in nearness}
    near = dict(zip(known, _standardised(list(known.values())), strict=True))
    trusted = weight * (1 - 1 / max(len(hits), 1))
    sums = {
        hit.id: score + trusted * near.get(hit.id, 0.0)
        for hit, score in zip(hits, _standardised(scores), strict=True)
    }
    return tuple(sorted(hits, key=lambda hit: -round(sums[hit.id], ROUNDED)))


def _standardised(values: Sequence[float]) -> list[float]:
    """0 for all where all are equal."""
    if not values:
        return []
    mean, deviation = fmean(values), pstdev(values)
    return [(value - mean) / deviation if deviation else 0.0 for value in values]

"""Whether two results differ by more than chance: a paired randomisation test."""

import random
from collections.abc import Iterable, Iterator, Sequence
from itertools import compress, product
from math import fsum
from typing import Final

DRAWS: Final = 10_000
"""Random assignments; a p of .05 is then known to about .004 (two standard errors)."""

_SEED: Final = 20261128
_EQUAL: Final = 1e-9
"""Sums that differ by less are the same sum, added in another order."""

_LOWEST_BIT: Final = bytes(value & 1 for value in range(256))


def p_value(differences: Sequence[float]) -> float:
    """How likely a mean difference as far from 0 is, either way, if both results were equally good.

    `differences`: of each query, the value after less the value before. Fisher's randomisation test, which
    Smucker, Allan and Carterette, "A Comparison of Statistical Significance Tests for Information
    Retrieval Evaluation" (2007) recommend: were both equally good, each difference could as well have the
    other sign. Where there are at most DRAWS ways to choose signs, all are tried and p is exact; else DRAWS
    are drawn, and p = (b + 1) / (DRAWS + 1), where b of them are as extreme (Phipson and Smyth,
    "Permutation P-values Should Never Be Zero", 2010). The same differences always give the same p.
    """
    changed = [difference for difference in differences if difference]
    observed = abs(fsum(changed)) - _EQUAL
    choices = 1 << len(changed)
    if choices <= DRAWS:
        return _extreme(changed, product((0, 1), repeat=len(changed)), observed) / choices
    return (_extreme(changed, _drawn(len(changed)), observed) + 1) / (DRAWS + 1)


def _extreme(changed: Sequence[float], flips: Iterable[Sequence[int]], observed: float) -> int:
    """How many of the choices of flipped signs give a sum at least as far from 0."""
    total = fsum(changed)
    return sum(abs(total - 2 * fsum(compress(changed, flipped))) >= observed for flipped in flips)


def _drawn(length: int) -> Iterator[Sequence[int]]:
    rng = random.Random(_SEED)  # noqa: S311  # statistics, not secrets
    for _ in range(DRAWS):
        yield rng.randbytes(length).translate(_LOWEST_BIT)

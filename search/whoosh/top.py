"""The best of many: selection by keys, the smaller the better, without a sort of all."""

from math import isqrt

import numpy as np
from numpy.typing import NDArray

from search.whoosh.ids import Ids
from search.whoosh.reading import Numbers

SAMPLED_FROM = 2_000
"""From so many keys on, a sample says roughly where the cut is. Below, looking at all keys costs no more."""

SORTED_UP_TO = 256
"""So many keys are sorted in less time than the best of them are selected."""

Keys = NDArray[np.float64] | NDArray[np.int64]


def split(keys: Keys, count: int) -> tuple[Numbers, Numbers]:
    """Indices, rising, of the keys that are among the `count` smallest for sure, and of those that tie for
    the places left. `count` is at least 1, and less than the number of keys."""
    candidates: Numbers | None = None
    if len(keys) > SAMPLED_FROM:
        candidates = up_to_about(keys, count)
        keys = keys[candidates]
    cut = np.partition(keys, count - 1)[count - 1]
    sure, tied = (keys < cut).nonzero()[0], (keys == cut).nonzero()[0]
    return (sure, tied) if candidates is None else (candidates[sure], candidates[tied])


def up_to_about(keys: Keys, count: int) -> Numbers:
    """Indices, rising, of all keys up to the `count`-th smallest, and of some more.

    The `count`-th smallest of a sample is not smaller than the `count`-th smallest of all. Taking each s-th
    key, n / s keys are looked at first and about count * s then: least with s = sqrt(n / count).
    """
    sample = keys[:: max(1, isqrt(len(keys) // count))]
    cut = np.partition(sample, count - 1)[count - 1]
    candidates: Numbers = (keys <= cut).nonzero()[0]
    return candidates


def best(documents: Numbers, keys: Keys | None, first: int, last: int, ids: Ids) -> Numbers:
    """The places `first` to before `last` in the order of keys, ties by id ascending: indices of `documents`.

    `documents` rise, and `keys` stand beside them; without keys all tie.
    """
    last = min(last, len(documents))
    if first >= last:
        return documents[:0]
    if keys is None:
        chosen = ids.first(documents, last)
        chosen = chosen[np.argsort(ids.ranks(chosen))][first:]
        return documents.searchsorted(chosen)
    if len(documents) <= SORTED_UP_TO:
        return _order(documents, keys, ids)[first:last]
    kept = np.arange(len(documents)) if last == len(documents) else _smallest(documents, keys, last, ids)
    if first:
        # What is on earlier pages for sure need not be ordered.
        keys_kept = keys[kept]
        later = keys_kept >= np.partition(keys_kept, first)[first]
        first -= len(kept)
        kept = kept[later]
        first += len(kept)
    return kept[_order(documents[kept], keys[kept], ids)][max(first, 0) :]


def _smallest(documents: Numbers, keys: Keys, count: int, ids: Ids) -> Numbers:
    sure, tied = split(keys, count)
    left = count - len(sure)
    if len(tied) > left:
        tied = documents.searchsorted(ids.first(documents[tied], left))
    return np.concatenate([sure, tied])


def _order(documents: Numbers, keys: Keys, ids: Ids) -> Numbers:
    order = np.argsort(keys, kind="stable")
    ordered = keys[order]
    same = ordered[1:] == ordered[:-1]
    if not same.any():
        return order
    tied = np.zeros(len(keys), dtype=np.bool_)
    tied[1:] |= same
    tied[:-1] |= same
    ranks = np.zeros(len(keys), dtype=np.int64)
    ranks[tied] = ids.ranks(documents[order[tied]])
    return order[np.lexsort((ranks, ordered))]

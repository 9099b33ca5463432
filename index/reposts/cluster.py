"""A cluster of copies: which came first, which is the best to show, and how like it the others are."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from index.errors import CorpusDamaged

COMPLETE: Final = 0.9
"""Shingles of a complete copy, as a part of those of the longest one: a copy that is cut has fewer, and what
a page adds is rarely more. Chosen by hand."""


@dataclass(frozen=True, slots=True)
class Copy:
    """One article of a cluster; `similarity` to the best copy is above 0, and 1 for the best copy itself.

    Where the two were compared it is the part of the shorter text's shingles that the longer one has, else
    the product of the similarities along the pairs that lead from the best copy to this one. An article is
    compared with few of its copies, so in a big cluster the product is the rule.
    """

    id: str
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cluster:
    """Articles that are copies of one text, at least two, in the order of publication.

    `id` is the id of the member that was stored first. It stays when copies come. It changes for the members
    of the younger of two clusters that a new copy joins, and where that member goes.
    """

    id: str
    copies: tuple[Copy, ...]
    earliest: str
    best: str


@dataclass(frozen=True, slots=True)
class CopyCount:
    """How many other articles are copies of one, and the id of the earliest of all, which may be its own.

    Copies whose id or time is damaged count, and are never the earliest.
    """

    others: int
    earliest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyFacts:
    """What decides which copy came first and which is best.

    `key` is the number that it is stored under: the smaller, the earlier. `size` counts its shingles;
    `is_damaged` says that damage was repaired in its text.
    """

    key: int
    id: str
    published: datetime | None
    has_source: bool
    is_damaged: bool
    size: int


def earliest_first(copies: Iterable[CopyFacts]) -> tuple[CopyFacts, ...]:
    """In the order of publication; those of one moment by id, those without a date last."""
    return tuple(sorted(copies, key=lambda copy: (copy.published is None, _seconds(copy.published), copy.id)))


def best_of(copies: Collection[CopyFacts]) -> CopyFacts:
    """The copy to show: one that is complete, then one that came in undamaged, names its source, has a date.

    Of several such the earliest, then the longest, then the one with the smallest id.
    """
    longest = max(copy.size for copy in copies)

    def rank(copy: CopyFacts) -> tuple[bool, bool, bool, bool, float, int, str]:
        return (
            copy.size < COMPLETE * longest,
            copy.is_damaged,
            not copy.has_source,
            copy.published is None,
            _seconds(copy.published),
            -copy.size,
            copy.id,
        )

    return min(copies, key=rank)


def cluster_of(copies: Collection[CopyFacts], pairs: Callable[[int], Mapping[int, float]]) -> Cluster:
    """The cluster of these copies; `pairs` gives the keys that one is a copy of, with the similarity.

    Raises CorpusDamaged where no way of pairs leads from one copy to another.
    """
    ordered = earliest_first(copies)
    best = best_of(copies)
    similar = _similarities(best.key, pairs)
    if any(copy.key not in similar for copy in copies):
        raise CorpusDamaged(
            f"the copies of article {best.id} do not hang together; run `policy-search check`"
        )
    return Cluster(
        id=min(copies, key=lambda copy: copy.key).id,
        copies=tuple(Copy(copy.id, similar[copy.key]) for copy in ordered),
        earliest=ordered[0].id,
        best=best.id,
    )


def _similarities(best: int, pairs: Callable[[int], Mapping[int, float]]) -> Mapping[int, float]:
    """The similarity of all that pairs lead to from the best copy, along the fewest steps."""
    found = {best: 1.0}
    border = dict(found)
    while border:
        reached: dict[int, float] = {}
        for copy, similar in border.items():
            for other, step in pairs(copy).items():
                if other not in found:
                    reached[other] = max(reached.get(other, 0.0), similar * step)
        found |= reached
        border = reached
    return found


def _seconds(published: datetime | None) -> float:
    return 0.0 if published is None else published.timestamp()
